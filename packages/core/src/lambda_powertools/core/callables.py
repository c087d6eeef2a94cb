"""What kind of callable a handler is, found without importing inspect, which costs more than the answer is worth."""

from __future__ import annotations

import functools
import sys
from types import CodeType, FunctionType, MethodType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_CO_VARARGS, _CO_VARKEYWORDS, _CO_GENERATOR = 4, 8, 32
_CO_COROUTINE, _CO_ITERABLE_COROUTINE, _CO_ASYNC_GENERATOR = 128, 256, 512

_SELF = {("self",), ("cls",)}

# The marks of plain functions that return coroutines: module and name of the mark, attribute of the function. Python
# 3.12 has the first, which inspect.markcoroutinefunction leaves, 3.13 renamed it; asyncio knows the last.
_MARKS = (
    ("inspect", "_is_coroutine_marker", "_is_coroutine_marker"),
    ("inspect", "_is_coroutine_mark", "_is_coroutine_marker"),
    ("asyncio.coroutines", "_is_coroutine", "_is_coroutine"),
)


def innermost_function(handler: Any) -> Any:
    """Return the function that runs when `handler` is called: of a method, a partial or an object with `__call__`."""
    while _own_code(handler) is None:
        if isinstance(handler, functools.partial):
            handler = handler.func
        elif isinstance(handler, MethodType):
            handler = handler.__func__
        else:
            call = getattr(type(handler), "__call__", None)  # noqa: B004  # what its type defines is what runs
            return handler if _own_code(call) is None else call
    return handler


def is_coroutine_function(handler: Any) -> bool:
    """Return whether calling `handler` gives a coroutine: as `inspect.iscoroutinefunction`, and for objects too."""
    function = innermost_function(handler)
    return _has_flag(function, _CO_COROUTINE | _CO_ITERABLE_COROUTINE) or _is_marked(handler) or _is_marked(function)


def is_generator_function(function: Any) -> bool:
    """Return whether calling `function` gives a generator, asynchronous ones included."""
    return _has_flag(innermost_function(function), _CO_GENERATOR | _CO_ASYNC_GENERATOR)


def argument_names(function: Any) -> tuple[str, ...]:
    """Return the names of the parameters that `function` can be given by name, without a bound `self`."""
    code = _own_code(innermost_function(_undecorated(function)))
    return () if code is None else _unbound(function, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])


def positional_names(function: Any) -> tuple[str, ...]:
    """Return the names of the parameters that `function` can be given by position, without a bound `self`."""
    code = _own_code(innermost_function(_undecorated(function)))
    return () if code is None else _unbound(function, code.co_varnames[: code.co_argcount])


def required_names(function: Any) -> tuple[str, ...]:
    """Return the names of the parameters that `function` must be given, without a bound `self`."""
    innermost, positional = innermost_function(_undecorated(function)), positional_names(function)
    defaults = len(getattr(innermost, "__defaults__", None) or ())
    optional = {*positional[len(positional) - defaults :], *(getattr(innermost, "__kwdefaults__", None) or ())}
    return tuple(name for name in argument_names(function) if name not in optional)


def takes_any_keyword(function: Any) -> bool:
    """Return whether `function` has a parameter `**`, or is none of which that could be known."""
    code = _own_code(innermost_function(function))
    return code is None or bool(code.co_flags & _CO_VARKEYWORDS)


def is_method_in_class_body(handler: Any) -> bool:
    """Return whether `handler` is a function that will be bound: defined in a class body, with room for `self`."""
    function = _undecorated(handler)
    if isinstance(handler, MethodType) or not isinstance(function, FunctionType):
        return False
    scope = function.__qualname__.rpartition(".")[0]
    if not scope or scope.endswith("<locals>"):
        return False
    code = function.__code__
    required = code.co_argcount - len(function.__defaults__ or ())
    return code.co_varnames[:1] in _SELF or required >= 3  # noqa: PLR2004  # an instance, the event, the context


def display_name(handler: Any) -> str:
    """Return a name for messages and segments: its own, else that of what it wraps, else of its class."""
    while isinstance(handler, functools.partial):
        handler = handler.func
    name = getattr(handler, "__name__", None)
    return name if isinstance(name, str) else type(handler).__name__


def flag_coroutine_function(wrapper: Callable[..., Any]) -> Callable[..., Any]:
    """Make a plain function that returns a coroutine known as a coroutine function.

    From Python 3.12 on it is marked; before, only a true `async def` counts for `inspect.iscoroutinefunction`, so the
    function is wrapped in one.
    """
    if sys.version_info >= (3, 12):
        import inspect

        return inspect.markcoroutinefunction(wrapper)

    @functools.wraps(wrapper)
    async def run(*args: Any, **kwargs: Any) -> Any:
        result = wrapper(*args, **kwargs)
        return await result if hasattr(result, "__await__") else result

    return run


def _unbound(function: Any, names: tuple[str, ...]) -> tuple[str, ...]:
    return names[1:] if isinstance(function, MethodType) or names[:1] in _SELF else names


def _own_code(function: Any) -> CodeType | None:
    # The exact type: an object that answers to every name, such as a mock, is no function for having a `__code__`.
    code = getattr(function, "__code__", None)
    return code if type(code) is CodeType else None


def _has_flag(function: Any, flag: int) -> bool:
    code = _own_code(function)
    return code is not None and bool(code.co_flags & flag)


def _is_marked(function: Any) -> bool:
    for module, name, attribute in _MARKS:
        mark = getattr(sys.modules.get(module), name, None)  # a module that is not loaded has marked nothing
        if mark is not None and getattr(function, attribute, None) is mark:
            return True
    return False


def _undecorated(handler: Any) -> Any:
    """Return the function inside decorators whose `def wrapper(*args)` tells nothing of its parameters."""
    while True:
        if isinstance(handler, MethodType):
            handler = handler.__func__
        elif "__wrapped__" in getattr(handler, "__dict__", ()) and _has_flag(handler, _CO_VARARGS):
            handler = handler.__dict__["__wrapped__"]
        else:
            return handler
