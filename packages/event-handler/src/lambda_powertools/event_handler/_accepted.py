"""What a function can be given by name, found without importing inspect."""

from __future__ import annotations

from lambda_powertools.core.callables import argument_names
from lambda_powertools.event_handler._signature import underlying_function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_CO_VARKEYWORDS = 8


class Accepted:
    """The parameters of a function: of what it wraps, if it is a decorator's.

    Example:
        >>> def tool(a, /, b): ...
        >>> Accepted(tool).arguments({"a": 1, "b": 2, "c": 3})
        ((1,), {'b': 2})
    """

    __slots__ = ("_any", "_names", "_positional")

    def __init__(self, function: Callable[..., Any]) -> None:
        code = getattr(underlying_function(function), "__code__", None)
        names = argument_names(function)
        bound = 0 if code is None else code.co_argcount + code.co_kwonlyargcount - len(names)
        self._positional: tuple[str, ...] = () if code is None else names[: max(code.co_posonlyargcount - bound, 0)]
        self._names = frozenset(names)
        self._any = code is None or bool(code.co_flags & _CO_VARKEYWORDS)

    def takes(self, name: str) -> bool:
        """Return whether a value of this name can be given."""
        return self._any or name in self._names

    def arguments(self, values: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments of a call: by position where there is no other way, by name what else is accepted."""
        positional = []
        for name in self._positional:
            if name not in values:
                break
            positional.append(values[name])
        taken = self._positional[: len(positional)]
        return tuple(positional), {
            name: value for name, value in values.items() if name not in taken and self.takes(name)
        }
