"""What AppSync's apps and their routers have in common."""

from __future__ import annotations

from contextvars import ContextVar

from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.event_handler._state import STATE_KEY, SharedContext, drive, request_numbers
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from typing import Any, TypeVar

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
    ItemT = TypeVar("ItemT")
    T = TypeVar("T")


class Call:
    """One invocation of one app; a coroutine ends one that is `detached`."""

    event: Any = None
    batch: list[Any] | None = None
    lambda_context: Any
    context: dict[str, Any]
    number: int

    active = True
    detached = asynchronous = owns_context = False
    outer: Call | None = None
    note: dict[str, Any] | None = None
    outer_note: dict[str, Any] | None = None


class Calls(SharedContext):
    """The invocations of one app: of a thread or task the one in progress, else the last."""

    def __init__(self) -> None:
        super().__init__()
        self.variable: ContextVar[Call | None] = ContextVar("appsync_call", default=None)

    def enter(self, lambda_context: Any) -> Call:
        """Begin one, until `leave`."""
        call = Call()
        call.number = next(request_numbers)
        call.lambda_context = lambda_context
        variable = self.variable
        outer = variable.get()
        if outer is not None and outer.active:
            call.outer = outer
        self.begin(call)
        variable.set(call)
        return call

    def leave(self, call: Call) -> None:
        """End one, if it has not ended; its event is left for who asks for the last."""
        if not call.active:
            return
        call.active = False
        self.end(call)
        if call.outer is not None:
            outer, call.outer = call.outer, None
            if outer.active and self.variable.get() is call:
                self.variable.set(outer)
        note = call.note
        if note is not None:
            note["status_code"] = None
            invocation = current_invocation()
            if call.outer_note is not None and invocation is not None and invocation.state.get(STATE_KEY) is note:
                invocation.state[STATE_KEY] = call.outer_note


class SharesCalls:
    """An app, or a router included in it."""

    def __init__(self) -> None:
        self.own_calls = Calls()
        self.app_calls: list[Calls] = []

    @property
    def _calls(self) -> Calls:
        """Those of the app that this is included in; of several the one called last and not done."""
        others = self.app_calls
        if len(others) < 2:  # noqa: PLR2004  # there is no choice
            return others[0] if others else self.own_calls
        return max(reversed(others), key=_latest)

    def _call_in_progress(self) -> Call | None:
        call = self._calls.variable.get()
        return call if call is not None and call.active else None

    @property
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of an invocation shares; emptied when that is done."""
        call = self._call_in_progress()
        return self._calls.outside() if call is None else call.context

    @property
    def lambda_context(self) -> Any:
        """What the runtime handed over with the event; None before the first."""
        return getattr(self._calls.variable.get(), "lambda_context", None)

    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context of the invocation in progress, else of the next."""
        call = self._call_in_progress()
        if call is None:
            self._calls.append(additional_context)
        else:
            call.context.update(additional_context)

    def clear_context(self) -> None:
        """Empty the context."""
        call = self._call_in_progress()
        if call is None:
            self._calls.forget()
        else:
            call.context.clear()


class AppSyncApp(SharesCalls):
    """An app."""

    def __init__(self, *, max_concurrency: int | None = None) -> None:
        super().__init__()
        limit: Any = max_concurrency
        if limit is not None and (type(limit) is not int or limit < 1):
            raise ValueError(f"max_concurrency is a whole number from 1 on, or None for no limit; not {limit!r:.80}")
        self.limit = max_concurrency
        self.exception_handler_manager = ExceptionHandlerManager()

    def exception_handler(
        self, exc_class: type[Exception] | Iterable[type[Exception]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that answers exceptions of a class, or of several."""
        return self.exception_handler_manager.exception_handler(exc_class)

    def _take_over(self, router: SharesCalls) -> None:
        """Let a router see the invocations of this app, and share its context."""
        if self.own_calls not in router.app_calls:
            self.append_context(**router.context)
            router.own_calls.forget()
            router.app_calls.append(self.own_calls)


class Registered:
    """A function and how it is called."""

    __slots__ = ("aggregate", "asynchronous", "function", "path", "raise_on_error")

    def __init__(
        self, function: Callable[..., Any], *, aggregate: bool, is_async: bool, path: str = "", raises: bool = False
    ) -> None:
        self.function = function
        self.aggregate = aggregate
        self.asynchronous = is_async or is_coroutine_function(function)
        self.path = path
        self.raise_on_error = raises

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return display_name(self.function)


def _latest(calls: Calls) -> tuple[bool, int]:
    call = calls.variable.get()
    return (False, -1) if call is None else (call.active, call.number)


def note_route(call: Call, route: tuple[str, ...] | None, method: str | None = None) -> None:
    """Tell other plugins what was matched, as they know the routes of HTTP."""
    invocation = current_invocation()
    if invocation is not None:
        previous = invocation.state.get(STATE_KEY)
        if previous is not None and "status_code" not in previous:
            call.outer_note = previous  # an app around this one, which is not done
        call.note = invocation.state[STATE_KEY] = {"route": route and ".".join(route), "method": method}


def run(call: Call, coroutine: Coroutine[Any, Any, T], *, asynchronous: bool) -> T:
    """Return what comes of a coroutine, without a loop if it never waits."""
    if not asynchronous:
        return drive(coroutine)
    from lambda_powertools.core import loop

    call.asynchronous = True
    try:
        return loop.run(coroutine)
    finally:
        call.asynchronous = False


async def gather(
    function: Callable[[ItemT], Coroutine[Any, Any, T]], items: Sequence[ItemT], limit: int | None
) -> list[T]:
    """Return the results for all items, or raise the first exception when the other tasks are cancelled and done."""
    import asyncio

    free = asyncio.Semaphore(limit or 1)

    async def work(item: ItemT) -> T:
        try:
            async with free:
                return await function(item)
        except BaseException:
            cancel()  # before one that waits can begin
            raise

    def cancel() -> None:
        for task in tasks:
            task.cancel()

    start = function if limit is None else work
    create = asyncio.get_running_loop().create_task
    tasks = [create(start(item)) for item in items]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def choose(plain: Registered | None, asynchronous: Registered | None) -> Registered | None:
    """Return the function that runs; warn if there are two."""
    if plain is None or asynchronous is None:
        return plain or asynchronous
    warn(
        "Both synchronous and asynchronous resolvers found for the same event and field. "
        f"The synchronous one is executed: {plain.name}",
        stacklevel=5,
    )
    return plain


def warn(message: str, stacklevel: int = 4) -> None:
    """Tell the user what should be mended."""
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(message, PowertoolsUserWarning, stacklevel=stacklevel)
