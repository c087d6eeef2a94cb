"""pydantic models, and types that have one in them."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.serialization.base import OutputSerializerBase

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_ADAPTERS = 128
"""How many type adapters are kept."""

_adapters: dict[int, tuple[Any, TypeAdapter[Any]]] = {}
_lock = threading.Lock()


class PydanticOutputSerializer(OutputSerializerBase):
    """Validates the data with pydantic.

    Example:
        >>> from pydantic import BaseModel
        >>> from lambda_powertools.kafka.serialization.pydantic import PydanticOutputSerializer
        >>> class Order(BaseModel):
        ...     id: int
        >>> PydanticOutputSerializer().serialize({"id": "7"}, Order)
        Order(id=7)
    """

    def serialize(self, data: Any, output: Any = None) -> Any:
        """Return an object of the model.

        Raises:
            pydantic.ValidationError: the data does not fit it.
        """
        return data if output is None else _adapter(output).validate_python(data)

    def serialize_text(self, text: str, output: Any) -> Any:
        """Return an object of the model, from JSON text.

        Raises:
            pydantic.ValidationError: the text is no JSON, or does not fit the model.
        """
        return _adapter(output).validate_json(text)


def has_model(output: Any) -> bool:
    """Return whether a type is a pydantic model, or has one in it."""
    pydantic = sys.modules.get("pydantic")
    if pydantic is None:  # without it there are no models
        return False
    if isinstance(output, type) and not hasattr(output, "__origin__"):
        return issubclass(output, pydantic.BaseModel)
    return any(has_model(argument) for argument in getattr(output, "__args__", ()))


def _adapter(output: Any) -> TypeAdapter[Any]:
    """Return the adapter of a type; by identity, as a union of annotated types may not be hashable."""
    found = _adapters.get(id(output))
    if found is not None and found[0] is output:
        return found[1]
    from pydantic import TypeAdapter

    adapter = TypeAdapter(output)
    with _lock:
        while len(_adapters) >= MAX_ADAPTERS:
            del _adapters[next(iter(_adapters))]
        _adapters[id(output)] = (output, adapter)
    return adapter
