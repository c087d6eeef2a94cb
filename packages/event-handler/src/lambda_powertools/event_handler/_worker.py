"""The thread in which the plain middlewares of one asynchronous request run.

One thread serves all of them: while a middleware waits for what is further in, its thread does the work of plain
middlewares that are further in. It is never one of a pool, which nested middlewares would exhaust.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from queue import SimpleQueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

_STOP: Any = object()


class Worker:
    """A thread beside the event loop of the task that makes this."""

    __slots__ = ("_cancelled", "_jobs", "_loop", "_started", "_tasks")

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs: SimpleQueue[Any] = SimpleQueue()
        self._started = False
        self._cancelled = False
        self._tasks: set[asyncio.Task[Any]] = set()

    async def call(self, function: Callable[[], Any]) -> Any:
        """Return what a function returns, called in the thread. Cancelling this lets the thread's waiting end."""
        outcome = _Outcome(self._loop.create_future(), self._loop)
        context = contextvars.copy_context()

        def job() -> None:
            if self._cancelled:
                outcome.fail(asyncio.CancelledError())
                return
            try:
                result = context.run(function)
            except BaseException as error:  # noqa: BLE001  # carried over to the task
                outcome.fail(error)
            else:
                outcome.succeed(result)

        if not self._started:
            self._started = True
            threading.Thread(target=self._work, name="lambda-powertools-middlewares", daemon=True).start()
        self._jobs.put(job)
        try:
            return await outcome.future
        except asyncio.CancelledError:
            if not outcome.failed:
                self.cancel()
            raise

    def wait_for(self, awaitable: Coroutine[Any, Any, Any]) -> Any:
        """Return what comes of an awaitable, awaited on the loop while this, the thread, does what else there is.

        Raises:
            asyncio.CancelledError: the request was cancelled.
        """
        if self._cancelled:
            close = getattr(awaitable, "close", None)
            if close is not None:
                close()
            raise asyncio.CancelledError
        waiting = _Waiting()
        context = contextvars.copy_context()

        def start() -> None:
            async def run() -> Any:
                return await awaitable

            task = context.run(self._loop.create_task, run())
            self._tasks.add(task)
            task.add_done_callback(done)
            if self._cancelled:
                task.cancel()

        def done(task: asyncio.Task[Any]) -> None:
            self._tasks.discard(task)
            waiting.finish(task)
            self._jobs.put(None)  # wakes the thread up

        self._loop.call_soon_threadsafe(start)
        while not waiting.done:
            job = self._jobs.get()
            if self._cancelled:
                raise asyncio.CancelledError
            if job is not None and job is not _STOP:
                job()
        return waiting.result()

    def cancel(self) -> None:
        """Let whatever the thread waits for end: with a cancellation inside the middlewares."""
        self._cancelled = True
        for task in list(self._tasks):
            task.cancel()
        self._jobs.put(None)

    def stop(self) -> None:
        """Let the thread end when it has nothing more to do."""
        self._jobs.put(_STOP)

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if job is _STOP:
                return
            if job is not None:
                job()


class _Outcome:
    """Hands a result from the thread to the task that awaits it."""

    __slots__ = ("_loop", "failed", "future")

    def __init__(self, future: asyncio.Future[Any], loop: asyncio.AbstractEventLoop) -> None:
        self.future = future
        self.failed = False
        self._loop = loop

    def succeed(self, result: Any) -> None:
        self._set(self.future.set_result, result)

    def fail(self, error: BaseException) -> None:
        self.failed = True
        if isinstance(error, StopIteration):  # a future refuses it
            error = RuntimeError("a middleware raised StopIteration")
        self._set(self.future.set_exception, error)

    def _set(self, setter: Callable[[Any], None], value: Any) -> None:
        def deliver() -> None:
            if not self.future.done():  # nobody waits any more
                setter(value)

        try:
            self._loop.call_soon_threadsafe(deliver)
        except RuntimeError:  # the loop is closed: nobody is left to be told
            return


class _Waiting:
    """What the thread waits for."""

    __slots__ = ("_task", "done")

    def __init__(self) -> None:
        self.done = False
        self._task: asyncio.Task[Any] | None = None

    def finish(self, task: asyncio.Task[Any]) -> None:
        self._task = task
        self.done = True

    def result(self) -> Any:
        assert self._task is not None  # noqa: S101  # it is done
        return self._task.result()
