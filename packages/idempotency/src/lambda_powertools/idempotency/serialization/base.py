"""What a serializer is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class BaseIdempotencySerializer(ABC):
    """Turns results into what JSON can carry, and back."""

    @abstractmethod
    def to_dict(self, data: Any) -> Any:
        """Return the JSON-ready form of a result; called when it is stored. Never called with None."""

    @abstractmethod
    def from_dict(self, data: Any) -> Any:
        """Return the result of its stored form; called on each replay. Never called with None."""


class BaseIdempotencyModelSerializer(BaseIdempotencySerializer):
    """A serializer that is made for the return type of a function: pass the class itself as `output_serializer`."""

    @classmethod
    @abstractmethod
    def instantiate(cls, model_type: Any) -> BaseIdempotencySerializer:
        """Return a serializer for a return annotation, None standing for a missing one.

        Raises:
            IdempotencyNoSerializationModelError: there is no annotation.
            IdempotencyModelTypeError: it is not of the kind that this serializer handles.
        """
