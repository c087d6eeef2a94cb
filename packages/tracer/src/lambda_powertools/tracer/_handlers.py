"""Records invocations: for `capture_lambda_handler` and for the plugin, which may both surround one handler."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import invocation_scope
from lambda_powertools.core.callables import display_name, is_coroutine_function, is_method_in_class_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.core import Invocation
    from lambda_powertools.tracer._capture import Capture
    from lambda_powertools.tracer._recording import Recording

STATE = "tracer"
"""Key of `Invocation.state`, whose value is a `State`."""


class State:
    """What is being recorded of one invocation.

    Attributes:
        names: names of the handlers whose subsegments are open.
        recording: the plugin's subsegment, None if there is none.
    """

    __slots__ = ("names", "recording")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.recording: Recording | None = None


def state_of(invocation: Invocation) -> State:
    """Return what is being recorded of an invocation."""
    state: State | None = invocation.state.get(STATE)
    if state is None:
        state = invocation.state[STATE] = State()
    return state


def begin(capture: Capture, invocation: Invocation) -> Recording | None:
    """Return a recording of the invocation to be opened, None if it is being recorded under this name already."""
    names = state_of(invocation).names
    if capture.name in names:
        return None
    recording = capture.record()
    if recording is not None:
        names.append(capture.name)
    return recording


def note_end(
    capture: Capture, recording: Recording, invocation: Invocation, response: Any, error: BaseException | None
) -> None:
    """Add all that is recorded of an invocation; the recording is to be closed next."""
    state_of(invocation).names.remove(capture.name)
    if error is None:
        capture.note_response(recording, response)
    else:
        capture.note_error(recording, error)
    capture.note_invocation(recording, invocation)


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
