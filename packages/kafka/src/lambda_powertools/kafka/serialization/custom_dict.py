"""Functions."""

from __future__ import annotations

from typing import Any

from lambda_powertools.kafka.serialization.base import OutputSerializerBase


class CustomDictOutputSerializer(OutputSerializerBase):
    """Calls a function, or a class, with the data.

    Example:
        >>> from lambda_powertools.kafka.serialization.custom_dict import CustomDictOutputSerializer
        >>> CustomDictOutputSerializer().serialize({"id": 7}, lambda data: data["id"])
        7
    """

    def serialize(self, data: Any, output: Any = None) -> Any:
        """Return what the function makes of the data."""
        return data if output is None else output(data)
