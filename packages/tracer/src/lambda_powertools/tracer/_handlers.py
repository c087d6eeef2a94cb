"""Records invocations: for `capture_lambda_handler` and for the plugin, which may both surround one handler."""

from __future__ import annotations

import functools
from contextvars import ContextVar

from lambda_powertools.core.callables import display_name, is_coroutine_function, is_method_in_class_body
from lambda_powertools.core.invocation import invocation_scope
from lambda_powertools.tracer.names import sanitize_xray_segment_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.core import Invocation
    from lambda_powertools.tracer._capture import Capture
    from lambda_powertools.tracer._recording import Recording

ROUTE_STATE = "event_handler"
"""Key of `Invocation.state` where whoever routes the request says where to: `{"route": …, "method": …}`."""

# Names and contexts of the handlers whose subsegments are open. A decorator outside of `@powertools` and the plugin
# within see two `Invocation` objects, but one context.
_open: ContextVar[tuple[tuple[str, Any], ...]] = ContextVar("lambda_powertools.tracer.handlers", default=())


def begin(capture: Capture, invocation: Invocation) -> Recording | None:
    """Return a recording of the invocation to be opened, None if it is being recorded under this name already."""
    opened = _open.get()
    for name, context in opened:
        if name == capture.name and context is invocation.context:
            return None
    recording = capture.record()
    if recording is not None:
        recording.around = opened
        _open.set((*opened, (capture.name, invocation.context)))
    return recording


def note_end(
    capture: Capture, recording: Recording, invocation: Invocation, response: Any, error: BaseException | None
) -> None:
    """Add all that is recorded of an invocation; the recording is to be closed next."""
    _open.set(recording.around)
    if error is None:
        capture.note_response(recording, response)
    else:
        capture.note_error(recording, error)
    matched = invocation.state.get(ROUTE_STATE)
    if matched is not None:
        _note_route(recording, matched)
    recording.note_invocation(cold_start=invocation.cold_start, service=capture.tracer.service)


def _note_route(recording: Recording, matched: Any) -> None:
    route = matched.get("route") if isinstance(matched, dict) else None
    if not isinstance(route, str) or not route:
        return
    recording.note_route(_route_name(matched.get("method"), route), route)


@functools.lru_cache(512)
def _route_name(method: str | None, route: str) -> str:
    # X-Ray's names have no braces: /users/{id} is called /users/:id.
    path = route.replace("{", ":").replace("}", "")
    return sanitize_xray_segment_name(f"## {method} {path}" if method else f"## {path}")


def wrap_handler(capture: Capture, handler: Callable[..., Any]) -> Callable[..., Any]:
    """Surround a handler, a coroutine function or not, with its recording."""
    first = 1 if is_method_in_class_body(handler) else 0
    wrapper = (_wrap_async if is_coroutine_function(handler) else _wrap_sync)(capture, handler, first)
    functools.update_wrapper(wrapper, handler)
    wrapper.__name__ = display_name(handler)
    return wrapper


def _wrap_sync(capture: Capture, handler: Callable[..., Any], first: int) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with invocation_scope(*_event_and_context(args[first:], kwargs), handler) as invocation:
            recording = begin(capture, invocation)
            if recording is None:
                return handler(*args, **kwargs)
            recording.open()
            try:
                response = handler(*args, **kwargs)
            except BaseException as error:
                note_end(capture, recording, invocation, None, error)
                recording.close(error)
                raise
            note_end(capture, recording, invocation, response, None)
            recording.close()
            return response

    return wrapper


def _wrap_async(capture: Capture, handler: Callable[..., Any], first: int) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with invocation_scope(*_event_and_context(args[first:], kwargs), handler) as invocation:
            recording = begin(capture, invocation)
            if recording is None:
                return await handler(*args, **kwargs)
            await recording.open_async()
            try:
                response = await handler(*args, **kwargs)
            except BaseException as error:
                note_end(capture, recording, invocation, None, error)
                await recording.close_async(error)
                raise
            note_end(capture, recording, invocation, response, None)
            await recording.close_async()
            return response

    return wrapper


def _event_and_context(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    event = args[0] if args else kwargs.get("event")
    context = args[1] if len(args) > 1 else kwargs.get("context")
    return event, context
