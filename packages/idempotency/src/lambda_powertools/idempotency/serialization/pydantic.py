"""Results that are pydantic models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.exceptions import IdempotencyModelTypeError
from lambda_powertools.idempotency.serialization._annotations import model_of
from lambda_powertools.idempotency.serialization.base import BaseIdempotencyModelSerializer, BaseIdempotencySerializer

if TYPE_CHECKING:
    from pydantic import BaseModel


class PydanticSerializer(BaseIdempotencyModelSerializer):
    """Stores a pydantic model as its dump in JSON mode, and validates it back.

    Example:
        >>> from pydantic import BaseModel
        >>> class Order(BaseModel):
        ...     id: int
        >>> serializer = PydanticSerializer(Order)
        >>> serializer.from_dict(serializer.to_dict(Order(id=7)))
        Order(id=7)
    """

    def __init__(self, model: type[BaseModel]) -> None:
        self._model = model

    @classmethod
    def instantiate(cls, model_type: Any) -> BaseIdempotencySerializer:
        """Return a serializer for a function that is annotated to return `model_type`."""
        model = model_of(model_type)
        if not callable(getattr(model, "model_validate", None)):
            raise IdempotencyModelTypeError(f"The function returns {model!r}, which is not a pydantic model")
        return cls(model)

    def to_dict(self, data: Any) -> Any:
        """Return the dump of a model."""
        return data.model_dump(mode="json")

    def from_dict(self, data: Any) -> Any:
        """Return the model of a dump."""
        return self._model.model_validate(data)
