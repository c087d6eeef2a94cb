"""Results that are dataclass objects."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from lambda_powertools.idempotency.exceptions import IdempotencyModelTypeError
from lambda_powertools.idempotency.serialization._annotations import model_of
from lambda_powertools.idempotency.serialization.base import BaseIdempotencyModelSerializer, BaseIdempotencySerializer


class DataclassSerializer(BaseIdempotencyModelSerializer):
    """Stores a dataclass object as a dict, and rebuilds it, dataclasses in its fields included.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Order:
        ...     id: int
        >>> serializer = DataclassSerializer(Order)
        >>> serializer.from_dict(serializer.to_dict(Order(7)))
        Order(id=7)
    """

    def __init__(self, model: type) -> None:
        self._model = model

    @classmethod
    def instantiate(cls, model_type: Any) -> BaseIdempotencySerializer:
        """Return a serializer for a function that is annotated to return `model_type`."""
        model = model_of(model_type)
        if not (isinstance(model, type) and dataclasses.is_dataclass(model)):
            raise IdempotencyModelTypeError(f"The function returns {model!r}, which is not a dataclass")
        return cls(model)

    def to_dict(self, data: Any) -> Any:
        """Return the fields of a dataclass object."""
        return dataclasses.asdict(data)

    def from_dict(self, data: Any) -> Any:
        """Return the dataclass object with these fields."""
        return _build(self._model, data)


def _build(kind: Any, data: Any) -> Any:
    """Make a dataclass object of a dict, wherever the type has one; any other data stays as it is."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        if not isinstance(data, dict):
            return data
        hints = _hints(kind)
        return kind(**{name: _build(hints.get(name), value) for name, value in data.items()})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is list and isinstance(data, list):
        return [_build(arguments[0], item) for item in data]
    if origin is dict and isinstance(data, dict):
        return {key: _build(arguments[1], value) for key, value in data.items()}
    if len(models := [one for one in arguments if dataclasses.is_dataclass(one)]) == 1 and isinstance(data, dict):
        return _build(models[0], data)  # Optional
    return data


def _hints(model: type) -> dict[str, Any]:
    try:
        return typing.get_type_hints(model)
    except NameError:  # a name for type checkers only: the fields come back as JSON has them
        return {}
