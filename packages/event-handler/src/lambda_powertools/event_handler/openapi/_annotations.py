"""The parameters and the result of a function, with annotations that are text turned into what they name."""

from __future__ import annotations

import inspect
import re
import sys
import typing
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from lambda_powertools.event_handler._signature import underlying_function
from lambda_powertools.event_handler.openapi.exceptions import UnresolvedAnnotationError

if TYPE_CHECKING:
    from collections.abc import Callable

_PACKAGE = "lambda_powertools.event_handler."
_WORD = re.compile(r"[^\W\d]\w*")
_SKIPPED = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def name_of(function: Callable[..., Any]) -> str:
    """Return the name that messages and documents call a function by."""
    return getattr(function, "__name__", None) or type(function).__name__


class FunctionSignature(typing.NamedTuple):
    """What a function takes and gives.

    Attributes:
        parameters: by name, with resolved annotations; without `*args` and `**kwargs`.
        returns: resolved annotation of the result; `inspect.Signature.empty` if there is none.
    """

    parameters: dict[str, inspect.Parameter]
    returns: Any


def read_signature(function: Callable[..., Any]) -> FunctionSignature:
    """Return the signature of a function, through decorators that keep `__wrapped__`.

    Args:
        function: a function, a `functools.partial` or another callable object.

    Raises:
        UnresolvedAnnotationError: an annotation names something that does not exist; says what.
    """
    signature = inspect.signature(function)
    scope = _Scope(function)
    parameters = {
        parameter.name: parameter.replace(annotation=scope.resolve(parameter.name, parameter.annotation))
        for parameter in signature.parameters.values()
        if parameter.kind not in _SKIPPED
    }
    return FunctionSignature(parameters, scope.resolve("return", signature.return_annotation))


class _Scope:
    """The names that the annotations of one function may use."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        innermost = underlying_function(function)
        module = sys.modules.get(getattr(innermost, "__module__", None) or "")
        self.globals: dict[str, Any] = getattr(innermost, "__globals__", None) or getattr(module, "__dict__", {})
        self.locals = {**_local_names.get(innermost, {}), **_closure(innermost)}

    def resolve(self, name: str, annotation: Any) -> Any:
        if annotation is inspect.Parameter.empty or isinstance(annotation, type):
            return annotation
        holder = SimpleNamespace(__annotations__={name: annotation})
        try:
            return typing.get_type_hints(holder, self.globals, self.locals, include_extras=True)[name]
        except NameError as error:
            missing = getattr(error, "name", None) or str(error)
            raise UnresolvedAnnotationError(
                f"the annotation {annotation!r} of {name!r} in {name_of(self.function)}() names {missing!r}, "
                "which does not exist when the program runs: import it outside of `if TYPE_CHECKING`, and define "
                "models that annotations use at the module's top level"
            ) from error
        except TypeError:  # something that typing takes for no type, such as an object; pydantic may know better
            return annotation


def _closure(function: Any) -> dict[str, Any]:
    names = getattr(getattr(function, "__code__", None), "co_freevars", ())
    found = {}
    for name, cell in zip(names, getattr(function, "__closure__", None) or (), strict=False):
        with suppress(ValueError):  # not assigned yet
            found[name] = cell.cell_contents
    return found


_local_names: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def remember_local_names(function: Callable[..., Any]) -> None:
    """Keep the classes that the annotations of a local function name, as long as the function lives.

    A function annotated with text, whose body does not use the names of its annotations, has no closure over them; the
    frame that is registering it does. Nothing is read for functions at the top level of a module.
    """
    innermost = underlying_function(function)
    texts = [text for text in getattr(innermost, "__annotations__", {}).values() if isinstance(text, str)]
    if not texts or "<locals>" not in getattr(innermost, "__qualname__", ""):
        return
    frame = inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__", "")).startswith(_PACKAGE):
        frame = frame.f_back
    words = set(_WORD.findall(" ".join(texts)))
    while frame is not None and words and frame.f_code.co_name != "<module>":
        found = {word: frame.f_locals[word] for word in words if word in frame.f_locals}
        if found:
            _local_names.setdefault(innermost, {}).update(found)
            words -= set(found)
        frame = frame.f_back
