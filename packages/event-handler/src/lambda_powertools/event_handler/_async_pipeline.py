"""Runs a route on an event loop. What is plain about it runs as it is: functions there, middlewares in a thread."""

from __future__ import annotations

from lambda_powertools.event_handler._injection import call_scoped
from lambda_powertools.event_handler._pipeline import response_of
from lambda_powertools.event_handler._worker import Worker
from lambda_powertools.event_handler.response import to_response

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.event_handler._pipeline import Frame, Prepared
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.response import Response


async def run_async(app: ApiGatewayResolver, state: RequestState, prepared: Prepared) -> Response[Any]:
    """Return the response of the request's route."""
    if prepared.before is not None:
        prepared.before(state)
    return await call_frame_async(app, state, prepared, 0)


class AsyncNext:
    """What a middleware is given to go on with: an `async` one awaits it, a plain one calls it from its thread."""

    __slots__ = ("_app", "_index", "_prepared", "_state", "_worker", "asynchronous")

    def __init__(self, app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int) -> None:
        self._app = app
        self._state = state
        self._prepared = prepared
        self._index = index
        self._worker = state.worker  # the request may be cancelled, and without it, when this is called
        self.asynchronous = False

    def __call__(self, app: Any = None) -> Any:  # noqa: ARG002  # the request has one app
        """Go on: returns an awaitable in a middleware that is awaited, a response in a thread."""
        if self.asynchronous:
            return call_frame_async(self._app, self._state, self._prepared, self._index)
        worker = self._worker
        if worker is None:
            raise RuntimeError("next_middleware was called outside of the middleware that it was given to")
        frames = self._prepared.frames
        if self._index < len(frames) and _is_plain(frames[self._index]):
            # The next one is plain too: it goes on in this thread, there is no need to ask the loop.
            frame = frames[self._index]
            _note(self._state, frame)
            following, result = _call_plain(self._app, self._state, self._prepared, self._index, {})
            if hasattr(result, "__await__"):
                _found_out(self._prepared, frame, following)
                result = worker.wait_for(result)
            return response_of(result, frame, self._state)
        return worker.wait_for(call_frame_async(self._app, self._state, self._prepared, self._index))


async def call_frame_async(
    app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int
) -> Response[Any]:
    """Return the response of the middleware of this index, or of the function behind the last."""
    if index == len(prepared.frames):
        return await _call_function(app, state, prepared)
    frame = prepared.frames[index]
    _note(state, frame)
    if frame.injection is None:
        result = await _call(app, state, prepared, index, {})
    else:
        result = await call_scoped(
            app,
            state,
            frame.function,
            frame.injection,
            lambda arguments: _call(app, state, prepared, index, arguments),
        )
    return response_of(result, frame, state)


async def _call(
    app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int, arguments: dict[str, Any]
) -> Any:
    """Call a middleware that is asynchronous, or is given more than the app and the next one."""
    frame = prepared.frames[index]
    if frame.asynchronous or frame.goes_both_ways:
        following = AsyncNext(app, state, prepared, index + 1)
        following.asynchronous = True
        result = frame.function(app, following, **arguments)
        return await result if hasattr(result, "__await__") else result
    following, result = await _in_thread(state, lambda: _call_plain(app, state, prepared, index, arguments))
    if hasattr(result, "__await__"):
        _found_out(prepared, frame, following)
        result = await result
    return result


def _note(state: RequestState, frame: Frame) -> None:
    if state.frames is not None:
        state.frames.append(frame.name)


def _is_plain(frame: Frame) -> bool:
    return not frame.asynchronous and not frame.goes_both_ways and frame.injection is None


def _call_plain(
    app: ApiGatewayResolver, state: RequestState, prepared: Prepared, index: int, arguments: dict[str, Any]
) -> tuple[AsyncNext, Any]:
    """Call a middleware in the thread; what it was given to go on with is needed if it turns out asynchronous."""
    following = AsyncNext(app, state, prepared, index + 1)
    return following, prepared.frames[index].function(app, following, **arguments)


def _found_out(prepared: Prepared, frame: Frame, following: AsyncNext) -> None:
    frame.asynchronous = prepared.asynchronous = following.asynchronous = True


async def _in_thread(state: RequestState, function: Any) -> Any:
    """Return what a function returns, called in the request's thread: begun for it, or waiting further out."""
    worker = state.worker
    if worker is not None:
        return await worker.call(function)
    worker = state.worker = Worker()
    try:
        return await worker.call(function)
    finally:
        state.worker = None
        worker.stop()


async def _call_function(app: ApiGatewayResolver, state: RequestState, prepared: Prepared) -> Response[Any]:
    route = state.route
    arguments = state.path_parameters if state.arguments is None else state.arguments

    async def call(injected: dict[str, Any]) -> Response[Any]:
        result = route.func(**{**arguments, **injected})
        if hasattr(result, "__await__"):
            result = await result
        response = to_response(result, route)
        return response if prepared.after is None else prepared.after(state, response)

    if prepared.injection is None:
        return await call({})
    response: Response[Any] = await call_scoped(app, state, route.func, prepared.injection, call)
    return response
