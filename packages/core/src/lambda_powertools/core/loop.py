"""The event loop of the execution environment: one, made at the first need, for all that is asynchronous.

Since it outlives the invocation, so do module-level locks and HTTP clients, which belong to the loop they were used in.
"""

from __future__ import annotations

import contextvars
import os
import sys
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import Coroutine
    from typing import Any, TypeVar

    T = TypeVar("T")


if sys.version_info >= (3, 11):

    class _Runner:
        """A loop that is kept between calls: `asyncio.Runner`, with each call's own context."""

        def __init__(self) -> None:
            import asyncio

            self._runner = asyncio.Runner()
            self.loop = self._runner.get_loop()

        def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
            # The runner would use the context of the moment it was made; hooks need the invocation's.
            return self._runner.run(coroutine, context=contextvars.copy_context())

else:

    class _Runner:
        """A loop that is kept between calls, where there is no `asyncio.Runner` yet."""

        def __init__(self) -> None:
            import asyncio

            self.loop = asyncio.new_event_loop()

        def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
            import asyncio

            asyncio.set_event_loop(self.loop)
            return self.loop.run_until_complete(coroutine)


_busy = threading.Lock()
"""Held by the thread that runs the environment's loop."""

_creation = threading.Lock()
_runner: _Runner | None = None
_inherited: list[object] = []


class _ThreadRunner:
    """Holds a thread's own runner and closes it with the thread, whose locals alone refer to this.

    The runner itself is no good for that: the traceback of an exception may keep it for longer.
    """

    def __init__(self) -> None:
        self.runner = _Runner()

    def __del__(self) -> None:
        if not self.runner.loop.is_closed() and not sys.is_finalizing():
            self.runner.loop.close()


_thread = threading.local()


def is_loop_running() -> bool:
    """Return whether an event loop is running in this thread; does not import asyncio to find out."""
    running = getattr(sys.modules.get("asyncio"), "_get_running_loop", None)  # documented for frameworks
    return running is not None and running() is not None


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end on the environment's loop and return its result.

    The coroutine sees the caller's context variables. While another thread is using the environment's loop, a thread
    uses one of its own; a caller that is itself running inside a loop cannot wait on it, so the coroutine runs in a
    thread made for it.

    Example:
        >>> async def answer():
        ...     return 42
        >>> run(answer())
        42
    """
    failure = _Failure()
    try:
        return _run(failure.watch(coroutine))
    except BaseException as error:
        failure.restore(error)
        raise


def get_event_loop() -> asyncio.AbstractEventLoop:
    """Return the environment's loop, making it if there is none yet; to create clients that belong to it."""
    return _environment_runner().loop


def _environment_runner() -> _Runner:
    global _runner  # one loop for the environment, that is its purpose
    with _creation:
        if _runner is None or _runner.loop.is_closed():
            if _runner is None:
                import atexit

                atexit.register(_close)
            _runner = _Runner()
        return _runner


def _run(coroutine: Coroutine[Any, Any, T]) -> T:
    if is_loop_running():
        return _run_in_thread(coroutine)
    busy = _busy
    if busy.acquire(blocking=False):
        try:
            return _environment_runner().run(coroutine)
        finally:
            busy.release()
    if not hasattr(_thread, "own"):
        _thread.own = _ThreadRunner()
    runner: _Runner = _thread.own.runner
    return runner.run(coroutine)


def _run_in_thread(coroutine: Coroutine[Any, Any, T]) -> T:
    context = contextvars.copy_context()
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(context.run(_run, coroutine))
        except BaseException as error:  # noqa: BLE001  # carried over to the caller's thread
            errors.append(error)

    thread = threading.Thread(target=target, name="lambda-powertools-loop")
    thread.start()
    thread.join()
    if errors:
        raise errors.pop()
    return results.pop()


class _Failure:
    """Keeps the context of an exception, which a task overwrites when its result is asked for."""

    __slots__ = ("context", "error")

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.context: BaseException | None = None

    async def watch(self, coroutine: Coroutine[Any, Any, T]) -> T:
        try:
            return await coroutine
        except BaseException as error:
            self.error, self.context = error, error.__context__
            raise

    def restore(self, error: BaseException) -> None:
        if error is self.error and self.context is not None:
            error.__context__ = self.context
        self.error = self.context = None


def _close() -> None:
    # At exit, as a loop that is dropped open warns of it, and cannot be closed when its modules are gone.
    own = getattr(_thread, "own", None)
    for runner in (_runner, own and own.runner):
        if runner is not None and not runner.loop.is_closed() and not runner.loop.is_running():
            runner.loop.close()


def _forget() -> None:
    # A forked child shares the parent's selector: using the loop, or closing it as dropping the last reference would,
    # takes the parent's registrations away. Concurrent environments fork.
    global _runner, _busy, _creation, _thread
    _inherited.extend((_runner, getattr(_thread, "own", None)))
    _runner, _busy, _creation, _thread = None, threading.Lock(), threading.Lock(), threading.local()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
