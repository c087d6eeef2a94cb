"""What kind of type an annotation is: enough to know where a value comes from and how it is read."""

from __future__ import annotations

import types
import typing
from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, Union, get_args, get_origin

_TEXT = (str, bytes, bytearray, memoryview)
_NONE = type(None)


def split_annotated(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type inside of `Annotated` and of aliases of the `type` statement, and all metadata, inner first.

    Example:
        >>> from typing import Annotated
        >>> split_annotated(Annotated[Annotated[int, "a"], "b"])
        (<class 'int'>, ('a', 'b'))
    """
    metadata: tuple[Any, ...] = ()
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *outer = get_args(annotation)
            metadata = (*outer, *metadata)
        elif type(annotation).__name__ == "TypeAliasType" and get_origin(annotation) is None:
            annotation = annotation.__value__
        else:
            return annotation, metadata


def annotated(annotation: Any, metadata: list[Any]) -> Any:
    """Return the type with metadata, the type itself if there is none."""
    parts = (annotation, *metadata)
    return Annotated[parts] if metadata else annotation


def plain_type(annotation: Any) -> Any:
    """Return the type inside of `Annotated`, aliases and `NewType`."""
    inner, _ = split_annotated(annotation)
    while hasattr(inner, "__supertype__"):
        inner, _ = split_annotated(inner.__supertype__)
    return inner


def members(annotation: Any) -> list[Any]:
    """Return the types of a union, and of unions in it, or the one type if it is none; None is left out."""
    inner = plain_type(annotation)
    if get_origin(inner) in (Union, types.UnionType):
        return [member for argument in get_args(inner) for member in members(argument)]
    return [] if inner is _NONE or inner is None else [inner]


def is_optional(annotation: Any) -> bool:
    """Return whether None is one of the types."""
    inner = plain_type(annotation)
    if get_origin(inner) in (Union, types.UnionType):
        return any(is_optional(argument) for argument in get_args(inner))
    return inner is _NONE or inner is None


def is_model(annotation: Any) -> bool:
    """Return whether the one type is a pydantic model class with fields."""
    return isinstance(annotation, type) and hasattr(annotation, "model_fields") and not is_root_model(annotation)


def is_root_model(annotation: Any) -> bool:
    """Return whether the type is a pydantic model that stands for another type."""
    return isinstance(annotation, type) and bool(getattr(annotation, "__pydantic_root_model__", False))


def is_sequence(annotation: Any) -> bool:
    """Return whether the type, or one in the union, holds several values."""
    return any(
        _is_a(member, (Sequence, AbstractSet, deque)) or _is_root_sequence(member) for member in members(annotation)
    )


def is_only_sequence(annotation: Any) -> bool:
    """Return whether every type of the union but None holds several values."""
    found = members(annotation)
    return bool(found) and all(is_sequence(member) for member in found)


def _is_root_sequence(member: Any) -> bool:
    return is_root_model(member) and is_sequence(member.model_fields["root"].annotation)


def is_complex(annotation: Any) -> bool:
    """Return whether a parameter of the type comes from the body if nothing else is said."""
    return any(_is_complex(member) for member in members(annotation))


def _is_complex(member: Any) -> bool:
    origin = get_origin(member)
    kind = origin or member
    return (
        hasattr(kind, "model_fields")
        or hasattr(kind, "__dataclass_fields__")
        or typing.is_typeddict(kind)
        or type(kind).__name__ == "_TypedDictMeta"  # of typing_extensions
        or _is_a(member, (Mapping, Sequence, AbstractSet, deque))
        or (origin is not None and hasattr(origin, "__get_pydantic_core_schema__"))
    )


def _is_a(member: Any, kinds: tuple[type, ...]) -> bool:
    kind = get_origin(member) or member
    return isinstance(kind, type) and issubclass(kind, kinds) and not issubclass(kind, _TEXT)
