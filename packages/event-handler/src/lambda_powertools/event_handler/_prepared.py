"""What is found out about a route once: its middlewares, its validation, what its function wants."""

from __future__ import annotations

from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import display_name, innermost_function, is_coroutine_function
from lambda_powertools.event_handler._signature import wants_injection

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.event_handler._injection import Injection
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.response import Response

_MIDDLEWARE_ARGUMENTS = 2  # the app and the next middleware


class Frame:
    """One middleware of a route.

    Attributes:
        function: what is called.
        name: for messages.
        asynchronous: whether it returns awaitables, as far as is known.
        goes_both_ways: whether it may be called on the loop, as it goes on without blocking.
        injection: what it is given beside the app and the next middleware.
    """

    __slots__ = ("asynchronous", "function", "goes_both_ways", "injection", "name")

    def __init__(self, middleware: Callable[..., Any]) -> None:
        self.name = display_name(middleware)
        self.function = _method_of(middleware)
        self.asynchronous = is_coroutine_function(self.function)
        self.goes_both_ways: bool = getattr(middleware, "goes_both_ways", False) is True
        self.injection: Injection | None = None
        if wants_injection(self.function, _MIDDLEWARE_ARGUMENTS):
            from lambda_powertools.event_handler._injection import injection_of

            self.injection = injection_of(self.function, skip=_MIDDLEWARE_ARGUMENTS)


class Prepared:
    """A route, ready to be run.

    Attributes:
        version: which middlewares of the app are in it.
        frames: the middlewares, outermost first.
        before: validates the request.
        after: validates the response.
        injection: what the function is given beside the arguments of the request.
        asynchronous: whether something in it needs an event loop.
        cors: what the CORS headers say, None for none.
        is_simple: whether there is nothing but the function.
    """

    __slots__ = ("after", "asynchronous", "before", "cors", "frames", "injection", "is_simple", "version")

    def __init__(self, app: ApiGatewayResolver, route: Route, *, validated: bool) -> None:
        self.version = app.middleware_version
        self.frames = tuple(map(Frame, (*app.middlewares, *route.options.middlewares)))
        self.before: Callable[[RequestState], None] | None = None
        self.after: Callable[[RequestState, Response[Any]], Response[Any]] | None = None
        if validated:
            from lambda_powertools.event_handler.middlewares import openapi_validation

            self.before = openapi_validation.OpenAPIRequestValidationMiddleware(app, route).before
            self.after = openapi_validation.OpenAPIResponseValidationMiddleware(app, route).after
        self.injection: Injection | None = None
        if wants_injection(route.func):
            from lambda_powertools.event_handler._injection import injection_of

            self.injection = injection_of(route.func)
        self.asynchronous = is_coroutine_function(route.func) or any(
            frame.asynchronous or (frame.injection is not None and frame.injection.asynchronous)
            for frame in self.frames
        )
        if self.injection is not None and self.injection.asynchronous:
            self.asynchronous = True
        self.cors = app.cors_of(route)
        self.is_simple = not self.frames and self.before is None and self.injection is None


def _method_of(middleware: Callable[..., Any]) -> Callable[..., Any]:
    """Return the `handler` of a class middleware, whose signature is the one that counts."""
    if not isinstance(middleware, (FunctionType, partial)):
        from lambda_powertools.event_handler.middlewares.base import BaseMiddlewareHandler

        if isinstance(middleware, BaseMiddlewareHandler) and (
            innermost_function(middleware) is BaseMiddlewareHandler.__call__
        ):
            return middleware.handler
    return middleware
