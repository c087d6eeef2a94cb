"""Runs a route: validation, middlewares from the outside in, the function; in the order in which they nest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler._driving import drive, run_awaitable
from lambda_powertools.event_handler.content_types import APPLICATION_JSON
from lambda_powertools.event_handler.response import Response, to_response

if TYPE_CHECKING:
    from lambda_powertools.event_handler._prepared import Frame, Prepared
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._state import RequestState

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
    return to_response(result, state.route.options.status_code)


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
        response = to_response(result, state.route.options.status_code)
    return response if prepared.after is None else prepared.after(state, response)
