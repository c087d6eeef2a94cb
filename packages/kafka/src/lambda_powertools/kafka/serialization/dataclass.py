"""Dataclasses."""

from __future__ import annotations

from typing import Any

from lambda_powertools.kafka.exceptions import KafkaConsumerOutputSerializerError
from lambda_powertools.kafka.serialization.base import OutputSerializerBase


class DataclassOutputSerializer(OutputSerializerBase):
    """Makes an object of a dataclass, whose fields are the keys of the data.

    Example:
        >>> from dataclasses import dataclass
        >>> from lambda_powertools.kafka.serialization.dataclass import DataclassOutputSerializer
        >>> @dataclass
        ... class Order:
        ...     id: int
        >>> DataclassOutputSerializer().serialize({"id": 7}, Order).id
        7
    """

    def serialize(self, data: Any, output: Any = None) -> Any:
        """Return an object of the dataclass.

        Raises:
            KafkaConsumerOutputSerializerError: the data is no dictionary, so it has no fields.
        """
        if output is None:
            return data
        if not isinstance(data, dict):
            raise KafkaConsumerOutputSerializerError(
                f"a {type(data).__name__} has no fields for the dataclass {output.__name__}: it takes a dictionary"
            )
        return output(**data)
