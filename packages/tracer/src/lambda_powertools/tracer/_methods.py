"""Records the calls of functions, each kind in its own way: what a call is differs between them."""

from __future__ import annotations

import contextlib
import functools

from lambda_powertools.core.callables import innermost_function, is_coroutine_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.tracer._capture import Capture

_CO_GENERATOR, _CO_ASYNC_GENERATOR = 0x20, 0x200

# All that contextlib's decorators return run the same code, and nothing else does. To follow `__wrapped__` to a
# generator function would take any decorated generator function for a context manager.
_CONTEXT_MANAGER, _ASYNC_CONTEXT_MANAGER = (
    decorate(abs).__code__ for decorate in (contextlib.contextmanager, contextlib.asynccontextmanager)
)


def wrap_method(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    """Surround each call of a function with its recording; the function keeps its kind."""
    wrapper = _wrapper_for(method)(capture, method)
    functools.update_wrapper(wrapper, method)
    return wrapper


def _wrapper_for(method: Callable[..., Any]) -> Callable[[Capture, Callable[..., Any]], Callable[..., Any]]:
    code = getattr(innermost_function(method), "__code__", None)
    flags = getattr(code, "co_flags", 0)
    is_manager = code is _CONTEXT_MANAGER or code is _ASYNC_CONTEXT_MANAGER
    if not is_manager and not flags & (_CO_GENERATOR | _CO_ASYNC_GENERATOR):
        return _wrap_coroutine_function if is_coroutine_function(method) else _wrap_function
    from lambda_powertools.tracer import _generators

    if code is _CONTEXT_MANAGER:
        return _generators.wrap_context_manager
    if code is _ASYNC_CONTEXT_MANAGER:
        return _generators.wrap_async_context_manager
    if flags & _CO_ASYNC_GENERATOR:
        return _generators.wrap_async_generator
    return _wrap_coroutine_function if is_coroutine_function(method) else _generators.wrap_generator


def _wrap_function(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        recording = capture.record()
        if recording is None:
            return method(*args, **kwargs)
        recording.open()
        try:
            response = method(*args, **kwargs)
        except BaseException as error:
            capture.note_error(recording, error)
            recording.close(error)
            raise
        capture.note_response(recording, response)
        recording.close()
        return response

    return wrapper


def _wrap_coroutine_function(capture: Capture, method: Callable[..., Any]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        recording = capture.record()
        if recording is None:
            return await method(*args, **kwargs)
        await recording.open_async()
        try:
            response = await method(*args, **kwargs)
        except BaseException as error:
            capture.note_error(recording, error)
            await recording.close_async(error)
            raise
        capture.note_response(recording, response)
        await recording.close_async()
        return response

    return wrapper
