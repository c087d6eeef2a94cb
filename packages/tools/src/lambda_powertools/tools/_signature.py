"""The parameters of a tool's function, and which of them it is given a context by."""

from __future__ import annotations

import inspect
import sys
import typing
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from lambda_powertools.core.callables import display_name
from lambda_powertools.tools.context import ToolContext
from lambda_powertools.tools.exceptions import ToolDefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNDECLARED: Any = inspect.Signature.empty


class Signature:
    """What a function takes and gives, its annotations resolved.

    Args:
        function: the function.
        local_names: names that its annotations may use beside those of its module.

    Attributes:
        parameters: those that are arguments of the tool, in order.
        context_names: those that are given the context.
        returns: the declared type of the result, `UNDECLARED` if there is none.

    Raises:
        ToolDefinitionError: a parameter that no argument could be meant for, or a name that does not exist.
    """

    def __init__(self, function: Callable[..., Any], local_names: Mapping[str, Any]) -> None:
        self._function = function
        hints = self._hints(local_names)
        self.parameters: list[inspect.Parameter] = []
        self.context_names: list[str] = []
        self._positional: list[str] = []
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
                raise self._refuse(f"has a parameter {parameter}: name every argument that the model may give")
            annotation = hints.get(parameter.name, parameter.annotation)
            if annotation is UNDECLARED:
                raise self._refuse(f"has a parameter {parameter.name!r} without an annotation")
            if parameter.kind is inspect.Parameter.POSITIONAL_ONLY:
                self._positional.append(parameter.name)
            if _is_context(annotation):
                self.context_names.append(parameter.name)
            else:
                self.parameters.append(parameter.replace(annotation=annotation))
        self.returns = hints.get("return", UNDECLARED)

    def call(self, values: Mapping[str, Any], context: ToolContext) -> Any:
        """Return what the function returns for these values."""
        named = {**values, **dict.fromkeys(self.context_names, context)}
        positional = [named.pop(name) for name in self._positional if name in named]
        return self._function(*positional, **named)

    def _hints(self, local_names: Mapping[str, Any]) -> dict[str, Any]:
        inner = inspect.unwrap(self._function)
        target = inner if inspect.isroutine(inner) else type(inner).__call__
        try:
            return typing.get_type_hints(target, localns=dict(local_names), include_extras=True)
        except NameError as error:
            raise self._refuse(f"has an annotation with the name {error.name!r}, which does not exist") from error

    def _refuse(self, reason: str) -> ToolDefinitionError:
        return ToolDefinitionError(f"{display_name(self._function)}() cannot be a tool: it {reason}")


def _is_context(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _is_context(get_args(annotation)[0])
    return annotation is ToolContext or ToolContext in get_args(annotation)


def names_around(depth: int) -> dict[str, Any]:
    """Return the local names where a tool is defined; nothing in a module, whose names functions know by themselves."""
    frame = sys._getframe(depth + 1)  # noqa: SLF001  # there is no other way to the frame that costs as little
    return {} if frame.f_code.co_name == "<module>" else dict(frame.f_locals)
