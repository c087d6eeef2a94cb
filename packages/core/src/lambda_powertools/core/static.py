"""Stand-ins, at run time, for names of `typing` that a type checker needs and a running function does not.

Importing `typing` takes about as long as importing a whole utility, and the client of the Lambda runtime does without
it. A module on the path of the cold start imports from `typing` where only a type checker looks, and from here else.

Example:
    >>> TYPE_CHECKING = False
    >>> if TYPE_CHECKING:
    ...     from typing import Generic, TypeVar
    ... else:
    ...     from lambda_powertools.core.static import Generic, TypeVar
    >>> T = TypeVar("T")
    >>> class Box(Generic[T]):
    ...     def __init__(self, content):
    ...         self.content = content
    >>> Box[int](7).content
    7
"""

from __future__ import annotations

import sys
from types import GenericAlias

Any = object
"""In the place of `typing.Any`, where a type is an object at run time: in an alias, a base class, an argument."""

if sys.version_info >= (3, 11):
    _Alias = GenericAlias
else:

    class _Alias(GenericAlias):
        """Is no `type`, as those of `typing` and of later Pythons; the plain one says that it is."""

        def __getattribute__(self, name: str) -> Any:
            return _Alias if name == "__class__" else super().__getattribute__(name)


class Generic:
    """In the place of `typing.Generic`: a class with it among its bases can be subscripted."""

    __slots__ = ()

    def __class_getitem__(cls, parameters: Any) -> Any:
        return _Alias(cls, parameters)


def TypeVar(name: str, *_: Any, **__: Any) -> str:  # noqa: N802  # the name it stands for
    """In the place of `typing.TypeVar`: its name."""
    return name


def cast(_: Any, value: Any) -> Any:
    """In the place of `typing.cast`: the value."""
    return value


def overload(function: Any) -> Any:
    """In the place of `typing.overload`: what follows replaces the function anyway."""
    return function


__all__ = ["Any", "Generic", "TypeVar", "cast", "overload"]
