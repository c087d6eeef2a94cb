"""Annotations of functions, evaluated one by one: a name that is there for type checkers only must not spoil all."""

from __future__ import annotations

import functools
import sys
from types import FunctionType, MethodType
from weakref import WeakKeyDictionary

from lambda_powertools.core.callables import display_name
from lambda_powertools.event_handler.depends import Depends
from lambda_powertools.event_handler.exceptions import DependencyResolutionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import Any

_PLAIN = frozenset({"str", "int", "float", "bool", "dict", "list", "bytes", "Any", "None"})


def underlying_function(function: Any) -> Any:
    """Return the function whose signature counts: inside decorators, partials, methods and callable objects."""
    while not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
        if isinstance(function, functools.partial):
            function = function.func
        elif isinstance(function, MethodType):
            function = function.__func__
        elif hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        elif isinstance(function, type):
            function = function.__init__  # type: ignore[misc]  # a class used as a factory
            if not isinstance(function, FunctionType):
                return function
        else:
            call = getattr(type(function), "__call__", None)  # noqa: B004  # what its type defines is what runs
            if not isinstance(call, FunctionType):
                return function
            function = call
    return function


def check_defaults(function: Callable[..., Any]) -> None:
    """Refuse a dependency that is given as a default value, where it would never be resolved.

    Raises:
        DependencyResolutionError: there is one.
    """
    inner = underlying_function(function)
    defaults = getattr(inner, "__defaults__", None)
    keyword_defaults = getattr(inner, "__kwdefaults__", None)
    if defaults is None and keyword_defaults is None:
        return
    for value in (*(defaults or ()), *(keyword_defaults or {}).values()):
        if isinstance(value, Depends):
            raise DependencyResolutionError(
                f"{display_name(function)} has Depends(...) as a default value: "
                "write the parameter as `name: Annotated[Type, Depends(...)]`"
            )


def wants_injection(function: Callable[..., Any], skip: int = 0) -> bool:
    """Return whether a function may have a parameter that is injected; cheap, and True in case of doubt."""
    inner = underlying_function(function)
    annotations = getattr(inner, "__annotations__", None)
    if not annotations:
        return False
    if skip and isinstance(inner, FunctionType):
        code = inner.__code__
        positional = code.co_argcount - (code.co_varnames[:1] == ("self",))
        if positional <= skip and not code.co_kwonlyargcount:
            return False
    return any(name != "return" and not _is_plain(annotation) for name, annotation in annotations.items())


_PLAIN_TYPES = (str, int, float, bool, dict, list, bytes, None)


def _is_plain(annotation: Any) -> bool:
    if isinstance(annotation, str):
        return annotation in _PLAIN
    typing = sys.modules.get("typing")  # imported, where an annotation is of it
    return annotation in _PLAIN_TYPES or (typing is not None and annotation is typing.Any)


def annotated_parameters(
    function: Callable[..., Any], skip: int = 0, *, tolerant: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield name and annotation of each parameter, evaluated; one that cannot be evaluated is left out.

    Args:
        function: the function.
        skip: how many of the first parameters are none of the question.
        tolerant: whether to leave out one that names `Depends`, too, as what it names may be defined later.

    Raises:
        DependencyResolutionError: an annotation that names `Depends` cannot be evaluated.
    """
    inner = underlying_function(function)
    remember_local_names(inner)
    annotations = getattr(inner, "__annotations__", None) or {}
    code = getattr(inner, "__code__", None)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code is not None else tuple(annotations)
    bound = 1 if names[:1] in {("self",), ("cls",)} else 0
    for name in names[bound + skip :]:
        if name not in annotations:
            continue
        annotation = annotations[name]
        if isinstance(annotation, str):
            if annotation in _PLAIN:
                continue
            try:
                annotation = _evaluate(annotation, inner)
            except Exception as error:  # an annotation may be any expression
                if "Depends" in annotation and not tolerant:
                    raise DependencyResolutionError(
                        f"the annotation of parameter {name} of {display_name(function)} cannot be evaluated: {error}. "
                        "What it names has to be there at run time, not for type checkers only"
                    ) from error
                continue
        yield name, annotation


def parameter_defaults(function: Callable[..., Any]) -> frozenset[str]:
    """Return the names of the parameters that have a default value."""
    inner = underlying_function(function)
    code = getattr(inner, "__code__", None)
    if code is None:
        return frozenset()
    positional = code.co_varnames[: code.co_argcount]
    count = len(inner.__defaults__ or ())
    return frozenset({*positional[len(positional) - count :], *(inner.__kwdefaults__ or ())})


def _evaluate(annotation: str, function: Any) -> Any:
    names = {**getattr(function, "__globals__", {}), **local_names(function)}
    return eval(annotation, names)  # noqa: S307  # it is the function's own source


_remembered: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def local_names(inner: Any) -> dict[str, Any]:
    """Return the names that annotations of a function may use because it is inside of another."""
    names = dict(_remembered.get(inner, ()))
    code = getattr(inner, "__code__", None)
    for name, cell in zip(code.co_freevars if code else (), getattr(inner, "__closure__", None) or (), strict=False):
        try:
            names[name] = cell.cell_contents
        except ValueError:  # noqa: PERF203  # not yet assigned
            continue
    return names


def remember_local_names(function: Callable[..., Any]) -> None:
    """Keep what the annotations of a local function name, as long as the function lives.

    A function annotated with text, whose body does not use the names of its annotations, has no closure over them; the
    function around it, which is running when it is registered, has them. Nothing is done for other functions.
    """
    inner = underlying_function(function)
    texts = [text for text in getattr(inner, "__annotations__", {}).values() if isinstance(text, str)]
    if not texts or "<locals>" not in getattr(inner, "__qualname__", ""):
        return
    import re

    words = set(re.findall(r"[^\W\d]\w*", " ".join(texts)))
    around = inner.__qualname__.split(".")
    known = _remembered.setdefault(inner, {})
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  # inspect does the same, and takes long to import
    while frame is not None:
        if frame.f_globals is inner.__globals__ and frame.f_code.co_name in around:
            found = {word: frame.f_locals[word] for word in words - known.keys() if word in frame.f_locals}
            known.update(found)
        frame = frame.f_back
