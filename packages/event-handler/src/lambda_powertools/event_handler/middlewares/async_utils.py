"""Helpers for chains of middlewares that run on an event loop."""

from __future__ import annotations

from lambda_powertools.core.callables import display_name, is_coroutine_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any


def wrap_middleware_async(
    middleware: Callable[..., Any], next_handler: Callable[[Any], Any]
) -> Callable[[Any], Awaitable[Any]]:
    """Return a middleware and what it calls as one coroutine function that takes the app.

    A plain middleware runs in a thread of its own; what it calls is awaited on the loop meanwhile.

    Args:
        middleware: an `async` middleware, or a plain one.
        next_handler: what it goes on to; may be a coroutine function.

    Example:
        >>> import asyncio
        >>> from lambda_powertools.event_handler.middlewares.async_utils import wrap_middleware_async
        >>> def shout(app, next_middleware):
        ...     return next_middleware(app).upper()
        >>> async def greet(app):
        ...     return "hello"
        >>> asyncio.run(wrap_middleware_async(shout, greet)(None))
        'HELLO'
    """
    asynchronous = is_coroutine_function(middleware) or is_coroutine_function(getattr(middleware, "handler", None))

    async def go_on(app: Any) -> Any:
        result = next_handler(app)
        return await result if hasattr(result, "__await__") else result

    async def run(app: Any) -> Any:
        if asynchronous:
            return await middleware(app, go_on)
        from lambda_powertools.event_handler._worker import Worker

        worker = Worker()
        try:
            result = await worker.call(lambda: middleware(app, lambda given: worker.wait_for(go_on(given))))
        finally:
            worker.stop()
        return await result if hasattr(result, "__await__") else result

    return run


class AsyncMiddlewareFrame:
    """One middleware of a chain, with what it goes on to.

    Args:
        current_middleware: the middleware, `async` or plain.
        next_middleware: what it goes on to.
    """

    def __init__(self, current_middleware: Callable[..., Any], next_middleware: Callable[[Any], Any]) -> None:
        self.current_middleware = current_middleware
        self.next_middleware = next_middleware
        self._run = wrap_middleware_async(current_middleware, next_middleware)

    @property
    def __name__(self) -> str:
        """The name of the middleware."""
        return display_name(self.current_middleware)

    async def __call__(self, app: Any) -> Any:
        """Return what the middleware returns."""
        return await self._run(app)

    def __str__(self) -> str:
        """Say what is called with what."""
        return f"[{self.__name__}] next call chain is {self.__name__} -> {display_name(self.next_middleware)}"
