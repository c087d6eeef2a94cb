"""Models, objects and enums as the plain data inside them."""

from __future__ import annotations

import sys
from typing import Any

_SCALARS = (str, int, float, bool, type(None), bytes)


def to_plain(data: Any) -> Any:
    """Return the data with every model, object and enum member in it converted, all containers new.

    An object that contains itself stays as it is where it is met again on the way down.
    """
    return _convert(data, set())


def _convert(value: Any, path: set[int]) -> Any:
    kind = type(value)
    if kind in _SCALARS:
        return value
    if id(value) in path:
        return value
    path.add(id(value))
    try:
        if kind is dict:
            return {_key(key, path): _convert(item, path) for key, item in value.items()}
        if kind is list:
            return [_convert(item, path) for item in value]
        return _convert_other(value, path)
    finally:
        path.discard(id(value))


def _convert_other(value: Any, path: set[int]) -> Any:
    if isinstance(value, type):
        return value
    if isinstance(value, sys.modules["enum"].Enum if "enum" in sys.modules else ()):
        return _convert(value.value, path)
    if isinstance(value, dict):
        return _like(value, {_key(key, path): _convert(item, path) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return _sequence_like(value, [_convert(item, path) for item in value])
    if isinstance(value, (set, frozenset)):
        members = [_convert(item, path) for item in value]
        # A set of models has no members that could be in a set.
        return members if any(isinstance(member, (dict, list)) for member in members) else type(value)(members)
    return _convert_object(value, path)


def _convert_object(value: Any, path: set[int]) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        fields = sys.modules["dataclasses"].fields(value)  # imported, or there would be no dataclass
        return {field.name: _convert(getattr(value, field.name), path) for field in fields}
    for name in ("model_dump", "dict"):
        dump = getattr(value, name, None)
        if callable(dump):
            return _convert(dump(), path)
    if isinstance(getattr(value, "raw_event", None), dict):  # an event source data class
        return _convert(value.raw_event, path)
    if hasattr(value, "get_secret_value"):  # its attributes are the very thing it hides
        return value
    attributes = getattr(value, "__dict__", None)
    return value if attributes is None else _convert(dict(attributes), path)


def _key(key: Any, path: set[int]) -> Any:
    if type(key) in _SCALARS:
        return key
    converted = _convert(key, path)
    return key if isinstance(converted, (dict, list, set)) else converted


def _like(value: dict[Any, Any], items: dict[Any, Any]) -> dict[Any, Any]:
    import copy

    twin = copy.copy(value)  # keeps what else belongs to it, such as the factory of a defaultdict
    twin.clear()
    twin.update(items)
    return twin


def _sequence_like(value: Any, items: list[Any]) -> Any:
    make = getattr(value, "_make", type(value))  # a named tuple has another constructor
    return make(items)
