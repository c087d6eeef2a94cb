"""What kind of type an annotation is: enough to know where a value comes from and how it is read."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

__all__ = [
    "ModelField",
    "annotated",
    "config_of",
    "fields_of",
    "is_complex",
    "is_model",
    "is_only_sequence",
    "is_optional",
    "is_root_model",
    "is_sequence",
    "members",
    "model_of",
    "plain_type",
    "populates_by_name",
    "sees_unknown",
    "split_annotated",
    "structure_of",
]

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


class ModelField:
    """One field of a model, as a request names it.

    Attributes:
        name: its name in the model.
        keys: names under which its value may be sent.
        is_sequence: whether it holds several values.
        takes_text: whether a single value is also fine.
        info: what pydantic knows of it; None if it is the field of another kind of class.
    """

    __slots__ = ("info", "is_sequence", "keys", "name", "takes_text")

    def __init__(self, name: str, keys: list[str], annotation: Any, info: FieldInfo | None) -> None:
        self.name = name
        self.keys = keys
        self.info = info
        self.is_sequence = is_sequence(annotation) or any(_is_indexed(info, key) for key in keys)
        self.takes_text = self.is_sequence and not is_only_sequence(annotation)


def model_of(annotation: Any) -> Any | None:
    """Return the pydantic model that a type consists of, None and `Annotated` aside; None if it is something else."""
    found = members(annotation)
    return found[0] if len(found) == 1 and is_model(found[0]) else None


def structure_of(annotation: Any) -> Any | None:
    """Return the model, dataclass or typed dictionary that a type consists of; None if it is something else."""
    found = members(annotation)
    if len(found) != 1:
        return None
    member = found[0]
    known = is_model(member) or hasattr(member, "__dataclass_fields__") or typing.is_typeddict(member)
    return member if known else None


def fields_of(structure: Any) -> list[ModelField]:
    """Return the fields of a model, dataclass or typed dictionary."""
    infos = getattr(structure, "model_fields", None) or getattr(structure, "__pydantic_fields__", None)
    if infos:
        by_name = populates_by_name(structure)
        return [
            ModelField(name, list(_keys(name, info, by_name=by_name)), _whole(info), info)
            for name, info in infos.items()
        ]
    hints = typing.get_type_hints(structure, include_extras=True)
    if dataclasses.is_dataclass(structure):
        hints = {field.name: hints[field.name] for field in dataclasses.fields(structure)}
    return [ModelField(name, [name], annotation, None) for name, annotation in hints.items()]


def config_of(structure: Any) -> dict[str, Any]:
    """Return the configuration of a model."""
    return getattr(structure, "model_config", None) or getattr(structure, "__pydantic_config__", None) or {}


def populates_by_name(structure: Any) -> bool:
    """Return whether a model takes its fields by name as well as by alias."""
    config = config_of(structure)
    return bool(config.get("populate_by_name") or config.get("validate_by_name"))


def sees_unknown(structure: Any) -> bool:
    """Return whether a model does something with names that are none of its fields."""
    return config_of(structure).get("extra") in ("forbid", "allow")


def _whole(info: FieldInfo) -> Any:
    return info.annotation


def _keys(name: str, info: FieldInfo, *, by_name: bool) -> Iterator[str]:
    alias = info.validation_alias if info.validation_alias is not None else info.alias
    for choice in getattr(alias, "choices", None) or ([alias] if alias is not None else []):
        if isinstance(choice, str):
            yield choice
        else:  # a path: its first part is what the request names
            yield str(choice.path[0])
    if alias is None or by_name:
        yield name


def _is_indexed(info: FieldInfo | None, key: str) -> bool:
    """Return whether the field is one of several values of its parameter: `AliasPath("point", 0)`."""
    alias = getattr(info, "validation_alias", None)
    choices = getattr(alias, "choices", None) or [alias]
    return any(getattr(choice, "path", [None])[0] == key for choice in choices)
