"""One request: everything that belongs to it, the dictionary that its code shares, and how it waits.

The dictionary is the same object for one request after the other, as code may hold on to it, and another one for a
request that runs beside or inside another. What is appended before a request is for the next one: of the same thread or
task, where there are several.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from itertools import count

from lambda_powertools.core.loop import is_loop_running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from contextvars import Token
    from typing import Any, Protocol, TypeVar

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._worker import Worker
    from lambda_powertools.event_handler.request import Request

    class HasContext(Protocol):
        """A request, or an invocation of AppSync."""

        context: dict[str, Any]
        owns_context: bool

    class Waits(Protocol):
        """The same, in which is waited."""

        asynchronous: bool

    T = TypeVar("T")

STATE_KEY = "event_handler"
"""Where an invocation's state holds what other plugins may know of the request: route, method and status code."""


class RequestState:
    """One request of one app. What is rarely needed has its default on the class, as making one is on every request.

    Attributes:
        event: the event as its data class.
        raw: the event itself.
        lambda_context: what the runtime handed over.
        context: the dictionary that the code of a request shares.
        method: the method, in upper case.
        path: the path that was matched, without the prefixes that are stripped.
        route: the route that matched, or one that stands for none.
        path_parameters: the dynamic parts of the path, as texts.
        arguments: the validated arguments of the function; None without validation.
        dependency_arguments: validated arguments of dependencies, by callable.
        dependency_values: results of dependencies, by callable.
        frames: names of the middlewares entered, in debug mode.
        note: what other plugins may know of the request.
        worker: the thread of plain middlewares in an asynchronous request.
        refusal: why the request is answered without its route being asked.
        asynchronous: whether it runs on an event loop.
        answers_head: whether a GET route answers a HEAD request.
        number: tells which of two requests of different apps began later.
    """

    event: BaseProxyEvent
    raw: dict[str, Any]
    lambda_context: Any
    context: dict[str, Any]
    method: str
    path: str
    route: Route
    path_parameters: dict[str, str]
    token: Token[Any]
    number: int

    arguments: dict[str, Any] | None = None
    dependency_arguments: dict[Callable[..., Any], dict[str, Any]] | None = None
    dependency_values: dict[Callable[..., Any], Any] | None = None
    frames: list[str] | None = None
    note: dict[str, Any] | None = None
    outer_note: dict[str, Any] | None = None
    request: Request | None = None
    worker: Worker | None = None
    refusal: Exception | None = None
    asynchronous: bool = False
    answers_head: bool = False
    owns_context: bool = False

    def current_request(self) -> Request:
        """Return the view that code of the request is given, the same each time."""
        if self.request is None:
            from lambda_powertools.event_handler.request import Request

            self.request = Request(self.route.openapi_path, self.path_parameters, self.event, self.context)
        return self.request


request_numbers = count()


class SharedContext:
    """The context of one app.

    Args:
        copies: whether each request has a copy of what was appended at first, instead of the first one having it.
    """

    __slots__ = ("_busy", "_copies", "_owner", "_pending", "base")

    def __init__(self, *, copies: bool = False) -> None:
        self._copies = copies
        self.base: dict[str, Any] = {}
        self._busy = threading.Lock()
        self._owner = threading.get_ident()
        self._pending: ContextVar[dict[str, Any] | None] = ContextVar("pending_context", default=None)

    def begin(self, state: HasContext) -> None:
        """Give a request its dictionary."""
        if self._copies:
            state.context = dict(self.base)
        elif self._busy.acquire(False):  # noqa: FBT003  # by its name it takes twice as long
            state.owns_context = True
            state.context = self.base
        else:
            state.context = {}
        pending = self._pending.get()
        if pending:
            state.context.update(pending)
            self._pending.set(None)

    def end(self, state: HasContext) -> None:
        """Empty the dictionary of a request."""
        state.context.clear()
        if state.owns_context:
            state.owns_context = False
            self._busy.release()

    def outside(self) -> dict[str, Any]:
        """Return the dictionary of the next request."""
        pending = self._pending.get()
        return self.base if pending is None else pending

    def forget(self) -> None:
        """Empty the dictionary of the next request; that of one in progress is not touched."""
        self._pending.set(None)
        if self._busy.acquire(blocking=False):
            try:
                self.base.clear()
            finally:
                self._busy.release()

    def append(self, values: dict[str, Any]) -> None:
        """Put values into the dictionary of the next request."""
        if threading.get_ident() == self._owner and not self._busy.locked() and not is_loop_running():
            self.base.update(values)
        else:
            self._pending.set({**(self._pending.get() or {}), **values})


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits to its end, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]  # what the coroutine returns
    coroutine.close()
    raise RuntimeError("a synchronous request was made to wait")


async def settle(state: Waits, value: Any) -> Any:
    """Return a value, or what comes of it if it is awaitable: on the environment's loop in a synchronous request."""
    if not hasattr(value, "__await__"):
        return value
    if state.asynchronous:
        return await value
    return run_awaitable(value)


def run_awaitable(value: Any) -> Any:
    """Return what comes of an awaitable, from where nothing can be awaited."""
    from lambda_powertools.core import loop

    async def wait() -> Any:
        return await value

    return loop.run(wait())
