"""What kind of callable a handler is, found without importing inspect, which costs more than the answer is worth."""

from __future__ import annotations

import functools
import sys
from types import MethodType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_CO_VARARGS, _CO_VARKEYWORDS, _CO_COROUTINE, _CO_ITERABLE_COROUTINE = 0x04, 0x08, 0x80, 0x100


def innermost_function(handler: Any) -> Any:
    """Return the function that runs when `handler` is called: of a method, a partial or an object with `__call__`."""
    while True:
        if isinstance(handler, functools.partial):
            handler = handler.func
        elif isinstance(handler, MethodType):
            handler = handler.__func__
        elif not hasattr(handler, "__code__") and hasattr(type(handler), "__call__"):  # noqa: B004  # its type's, not any
            call = type(handler).__call__
            if not hasattr(call, "__code__"):
                return handler
            handler = call
        else:
            return handler


def is_coroutine_function(handler: Any) -> bool:
    """Return whether calling `handler` gives a coroutine: as `inspect.iscoroutinefunction`, and for objects too."""
    function = innermost_function(handler)
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    if flags & (_CO_COROUTINE | _CO_ITERABLE_COROUTINE):
        return True
    # The marks that inspect.markcoroutinefunction (3.12) and asyncio.coroutines (before) leave on plain functions.
    return any(hasattr(candidate, mark) for candidate in (handler, function) for mark in _MARKS)


_MARKS = ("_is_coroutine_mark", "_is_coroutine_marker", "_is_coroutine")


def argument_names(function: Any) -> tuple[str, ...] | None:
    """Return the names of the parameters of a function or method without `self`; None if it takes any keyword."""
    code = getattr(innermost_function(function), "__code__", None)
    if code is None or code.co_flags & _CO_VARKEYWORDS:
        return None
    found: tuple[str, ...] = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return found[1:] if found[:1] == ("self",) else found


def is_method_in_class_body(handler: Any) -> bool:
    """Return whether `handler` is a function that will be bound: defined in a class body, with room for `self`."""
    code = getattr(handler, "__code__", None)
    scope = getattr(handler, "__qualname__", "").rpartition(".")[0]
    if code is None or not scope or scope.endswith("<locals>") or isinstance(handler, MethodType):
        return False
    return code.co_argcount >= 3 or code.co_varnames[:1] in {("self",), ("cls",)}  # noqa: PLR2004  # self, event, context


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
