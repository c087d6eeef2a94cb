"""What every output serializer is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class OutputSerializerBase(ABC):
    """Converts decoded data to what a handler wants.

    Example:
        >>> from lambda_powertools.kafka.serialization.base import OutputSerializerBase
        >>> class Keys(OutputSerializerBase):
        ...     def serialize(self, data, output=None):
        ...         return sorted(data)
        >>> Keys().serialize({"b": 1, "a": 2})
        ['a', 'b']
    """

    @abstractmethod
    def serialize(self, data: Any, output: Any = None) -> Any:
        """Return the data as what `output` says; the data itself where that is None."""
