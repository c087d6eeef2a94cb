"""One implementation for synchronous and asynchronous requests: a coroutine that waits only in the latter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from lambda_powertools.event_handler._state import RequestState

T = TypeVar("T")


def drive(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits to its end, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]  # what the coroutine returns
    coroutine.close()
    raise RuntimeError("a synchronous request was made to wait")


async def settle(state: RequestState, value: Any) -> Any:
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
