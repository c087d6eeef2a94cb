"""The execution environment: the function's process, and the threads that run its handler.

Lambda gives each environment one request at a time, and so does this by default. More at a time run in as many threads
of the same process, which is what Lambda does on Managed Instances. Threads that are kept have the benefit that what
the handler's module made at import (connections of sqlite3, for instance) is used where it was made. A thread cannot
be ended: one whose function has timed out is left to itself, and another takes its place.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import os
import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._function import (
    _NoHandlerError,
    describe_error,
    find_handler,
    is_configuration_error,
    to_json,
    unusable_response,
)
from lambda_powertools.cli._serve import observer
from lambda_powertools.cli.exceptions import CliUsageError
from lambda_powertools.core import loop
from lambda_powertools.testing import make_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.cli._serve.job import ServeJob


@dataclass(frozen=True)
class Outcome:
    """What came of an invocation.

    Attributes:
        payload: what the handler returned, as JSON; None if it failed.
        error: the error's `type`, `message` and `stack`, None if there was none.
        cold_start: whether it was the first of the environment.
        route: the route that the event handler took, None if none was told.
    """

    payload: str | None
    error: dict[str, Any] | None = None
    cold_start: bool = False
    route: str | None = None


class Task:
    """One invocation on its way through the environment.

    Attributes:
        started: done when a thread has taken it up.
        finished: done when the handler has returned or raised.
    """

    def __init__(self, run: Callable[[], Outcome]) -> None:
        self._run = run
        self._abandoned = threading.Event()
        self.started: Future[None] = Future()
        self.finished: Future[Outcome] = Future()

    def run(self) -> bool:
        """Run it; return whether the thread is still wanted."""
        self.started.set_result(None)
        self.finished.set_result(self._run())
        return not self._abandoned.is_set()

    def abandon(self) -> None:
        """Tell its thread to end once the handler returns, if ever."""
        self._abandoned.set()


class Environment:
    """Runs the handler of a function."""

    def __init__(self, job: ServeJob, *, tolerant: bool = False) -> None:
        """Begin.

        Args:
            job: what is served.
            tolerant: whether a wrong path or plugin is an error of the function instead of an exception.
        """
        self._job = job
        self._tolerant = tolerant
        self._handler: Callable[..., Any] | None = None
        self._init_error: dict[str, Any] | None = None
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()

    def start(self) -> dict[str, Any] | None:
        """Import the handler and start the threads; return the error of the import if there was one.

        Raises:
            CliUsageError: the path leads to no handler, or its plugins or settings are not what they should be.
        """
        imported: Future[None] = Future()
        self._start_thread(imported)
        imported.result()
        for _ in range(self._job.concurrency - 1):
            self._start_thread()
        return self._init_error

    def submit(self, event: dict[str, Any], trace_header: str) -> Task:
        """Have the handler called with an event as soon as a thread is free."""
        task = Task(lambda: self._invoke(event, trace_header))
        self._tasks.put(task)
        return task

    def replace_thread_of(self, task: Task) -> None:
        """Start another thread for one that a handler does not leave."""
        task.abandon()
        self._start_thread()

    def _start_thread(self, imported: Future[None] | None = None) -> None:
        threading.Thread(target=self._work, args=(imported,), name="powertools-function", daemon=True).start()

    def _work(self, imported: Future[None] | None) -> None:
        if imported is not None:
            try:
                self._initialise()
            except BaseException as error:  # noqa: BLE001  # carried over to the thread that waits
                imported.set_exception(error)
                return
            imported.set_result(None)
        while self._tasks.get().run():
            pass

    def _initialise(self) -> None:
        observer.install()
        try:
            self._handler = find_handler(self._job.module, self._job.attribute)
        except Exception as error:
            is_usage = isinstance(error, _NoHandlerError) or is_configuration_error(error)
            if is_usage and not self._tolerant:
                raise CliUsageError(str(error)) from error
            self._init_error = describe_error(error, __file__)
            if is_usage:
                self._init_error |= {"type": "Runtime.ImportModuleError", "stack": []}

    def _invoke(self, event: dict[str, Any], trace_header: str) -> Outcome:
        if self._handler is None:
            return Outcome(None, self._init_error)
        job = self._job
        if job.concurrency == 1:
            os.environ["_X_AMZN_TRACE_ID"] = trace_header  # the process has one value, and here one request
        context = make_context(function_name=job.function_name, memory_limit_in_mb=job.memory, timeout=job.timeout)
        with observer.observe(event, context, trace_header) as sighting:
            payload: str | None = None
            try:
                response = self._handler(event, context)
                if hasattr(response, "__await__"):
                    response = loop.run(_awaited(response))
            except BaseException as error:  # noqa: BLE001  # the function's own failure, sys.exit included
                failure: dict[str, Any] | None = describe_error(error, __file__)
                if not isinstance(error, Exception):
                    failure = {**describe_error(error, __file__), "type": "Runtime.ExitError"}
            else:
                payload, failure = _encode(response)
        return Outcome(payload, failure, sighting.cold_start, sighting.route)


async def _awaited(response: Any) -> Any:
    return await response


def _encode(response: Any) -> tuple[str | None, dict[str, Any] | None]:
    try:
        return to_json(response), None
    except (TypeError, ValueError) as problem:
        return None, unusable_response(response, problem)


def now_ms(start: float) -> float:
    """Return the milliseconds since a moment of `time.perf_counter()`."""
    return (time.perf_counter() - start) * 1000
