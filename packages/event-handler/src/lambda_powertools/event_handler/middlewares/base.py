"""What a middleware is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol

from lambda_powertools.event_handler.types import EventHandlerInstance

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from lambda_powertools.event_handler.response import Response


class NextMiddleware(Protocol):
    """What a middleware calls to go on: the next one, or the function of the route."""

    def __call__(self, app: Any) -> Response[Any]:
        """Return the response of what is further in."""


class AsyncNextMiddleware(Protocol):
    """What an `async` middleware calls and awaits to go on."""

    def __call__(self, app: Any) -> Awaitable[Response[Any]]:
        """Return what gives the response of what is further in."""


class BaseMiddlewareHandler(ABC, Generic[EventHandlerInstance]):
    """A middleware with a configuration of its own: an instance of a subclass is what is registered.

    Example:
        >>> from lambda_powertools.event_handler import APIGatewayRestResolver
        >>> from lambda_powertools.event_handler.middlewares import BaseMiddlewareHandler
        >>> class Stamp(BaseMiddlewareHandler):
        ...     def __init__(self, version):
        ...         self.version = version
        ...     def handler(self, app, next_middleware):
        ...         response = next_middleware(app)
        ...         response.headers["X-Version"] = self.version
        ...         return response
        >>> app = APIGatewayRestResolver()
        >>> app.use([Stamp("7")])
        >>> app.resolve({"path": "/", "httpMethod": "GET"}, None)["multiValueHeaders"]["X-Version"]
        ['7']
    """

    goes_both_ways = False
    """Whether `handler` never blocks and takes an awaitable from `next_middleware` as well as a response.

    In an asynchronous request it is called on the event loop then, instead of in a thread.
    """

    @abstractmethod
    def handler(self, app: EventHandlerInstance, next_middleware: NextMiddleware) -> Response[Any]:
        """Return a response: that of `next_middleware(app)`, changed or not, or another."""

    @property
    def __name__(self) -> str:  # what debug output and errors call a function by
        """The name of the class."""
        return type(self).__qualname__.rpartition(".")[2]

    def __call__(self, app: EventHandlerInstance, next_middleware: NextMiddleware, **kwargs: Any) -> Response[Any]:
        """Call `handler`."""
        return self.handler(app, next_middleware, **kwargs)
