"""The parameters and the result of a function, with annotations that are text turned into what they name."""

from __future__ import annotations

import inspect
import sys
import typing
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler._signature import local_names, underlying_function
from lambda_powertools.event_handler.openapi.exceptions import UnresolvedAnnotationError

if TYPE_CHECKING:
    from collections.abc import Callable

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
        self.locals = local_names(innermost)

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
