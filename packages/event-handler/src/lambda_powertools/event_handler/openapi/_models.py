"""Parameters that are models: each field of one is a parameter of its own."""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler.openapi import _kinds as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


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
        self.is_sequence = kinds.is_sequence(annotation) or any(_is_indexed(info, key) for key in keys)
        self.takes_text = self.is_sequence and not kinds.is_only_sequence(annotation)


def model_of(annotation: Any) -> Any | None:
    """Return the pydantic model that a type consists of, None and `Annotated` aside; None if it is something else."""
    members = kinds.members(annotation)
    return members[0] if len(members) == 1 and kinds.is_model(members[0]) else None


def structure_of(annotation: Any) -> Any | None:
    """Return the model, dataclass or typed dictionary that a type consists of; None if it is something else."""
    members = kinds.members(annotation)
    if len(members) != 1:
        return None
    member = members[0]
    known = kinds.is_model(member) or hasattr(member, "__dataclass_fields__") or typing.is_typeddict(member)
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
