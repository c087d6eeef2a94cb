"""What is prepared of a route once, and the way of a request through middlewares and function."""

from __future__ import annotations

from functools import partial
from types import FunctionType

from lambda_powertools.core.callables import display_name, innermost_function, is_coroutine_function
from lambda_powertools.event_handler._signature import wants_injection
from lambda_powertools.event_handler._state import drive, run_awaitable
from lambda_powertools.event_handler.content_types import APPLICATION_JSON
from lambda_powertools.event_handler.response import Response, to_response

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler._injection import Injection
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._state import RequestState

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
        injections = [frame.injection for frame in self.frames if frame.injection is not None]
        if validated or (app.enable_validation and injections):
            from lambda_powertools.event_handler.middlewares import openapi_validation

            self.before = openapi_validation.OpenAPIRequestValidationMiddleware(app, route).before
            if validated:
                self.after = openapi_validation.OpenAPIResponseValidationMiddleware(app, route).after
        self.injection: Injection | None = None
        if wants_injection(route.func):
            from lambda_powertools.event_handler._injection import injection_of

            self.injection = injection_of(route.func)
        self.asynchronous = is_coroutine_function(route.func) or any(frame.asynchronous for frame in self.frames)
        if self.injection is not None:
            injections.append(self.injection)
        if any(injection.asynchronous for injection in injections):
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


_DATA = frozenset({dict, list, str, int, float, bool, type(None)})
"""Types of results that need no second look."""


def run(app: ApiGatewayResolver, state: RequestState, prepared: Prepared) -> Response[Any]:
    """Return the response of the request's route; synchronous, whatever comes back is waited for."""
    if prepared.before is not None:
        prepared.before(state)
    if prepared.frames:
        return call_frame(app, state, prepared, 0)
    return call_function(app, state, prepared)


class Next:
    """What a middleware is given to go on with.

    A middleware that turns out to be asynchronous is given an awaitable by the very object that it got when it was
    taken for a plain one: nothing of it has run before it is awaited.
    """

    __slots__ = ("_app", "_index", "_prepared", "_state", "asynchronous")

    def __init__(self, app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int) -> None:
        self._app = app
        self._state = state
        self._prepared = prepared
        self._index = index
        self.asynchronous = False

    def __call__(self, app: Any = None) -> Any:  # noqa: ARG002  # the request has one app
        """Go on; the app that is given is always the one of the request."""
        if self.asynchronous:
            from lambda_powertools.event_handler._async_pipeline import call_frame_async

            return call_frame_async(self._app, self._state, self._prepared, self._index)
        return call_frame(self._app, self._state, self._prepared, self._index)


def call_frame(app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int) -> Response[Any]:
    """Return the response of the middleware of this index, or of the function behind the last."""
    if index == len(prepared.frames):
        return call_function(app, state, prepared)
    frame = prepared.frames[index]
    if state.frames is not None:
        state.frames.append(frame.name)
    following = Next(app, state, prepared, index + 1)
    if frame.injection is None:
        result = frame.function(app, following)
    else:
        from lambda_powertools.event_handler._injection import call_scoped

        result = drive(
            call_scoped(
                app,
                state,
                frame.function,
                frame.injection,
                lambda arguments: frame.function(app, following, **arguments),
            )
        )
    if result.__class__ is Response:
        response: Response[Any] = result
        return response
    if hasattr(result, "__await__"):
        frame.asynchronous = prepared.asynchronous = following.asynchronous = True
        state.asynchronous = True
        try:
            result = run_awaitable(result)
        finally:
            state.asynchronous = False
    return response_of(result, frame, state)


def response_of(result: Any, frame: Frame, state: RequestState) -> Response[Any]:
    """Return what a middleware returned as a response.

    Raises:
        TypeError: it returned nothing.
    """
    if result is None:
        raise TypeError(f"middleware {frame.name} returned None: return what next_middleware(app) gives, or a response")
    return to_response(result, state.route)


def call_function(app: ApiGatewayResolver, state: RequestState, prepared: Prepared) -> Response[Any]:
    """Return the response of the function itself."""
    route = state.route
    arguments = state.path_parameters if state.arguments is None else state.arguments
    if prepared.injection is not None:
        from lambda_powertools.event_handler._injection import call_scoped

        def call(injected: dict[str, Any]) -> Any:
            return finish_call(state, prepared, route.func(**{**arguments, **injected}))

        response: Response[Any] = drive(call_scoped(app, state, route.func, prepared.injection, call))
        return response
    return finish_call(state, prepared, route.func(**arguments))


def finish_call(state: RequestState, prepared: Prepared, result: Any) -> Response[Any]:
    """Return the function's result as a response, validated where the route asks for it."""
    if result.__class__ in _DATA:
        response: Response[Any] = Response(state.route.options.status_code, APPLICATION_JSON, result)
    else:
        if hasattr(result, "__await__"):
            prepared.asynchronous = True
            result = run_awaitable(result)
        response = to_response(result, state.route)
    return response if prepared.after is None else prepared.after(state, response)
