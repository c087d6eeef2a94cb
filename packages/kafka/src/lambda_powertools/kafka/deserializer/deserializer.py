"""Which deserializer reads a format."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.exceptions import KafkaConsumerSchemaConfigError
from lambda_powertools.kafka.schema_config import MAX_DECOMPRESSED_SIZE

if TYPE_CHECKING:
    from lambda_powertools.kafka.deserializer.base import DeserializerBase, Metadata

MAX_DESERIALIZERS = 128
"""How many deserializers are kept, each with its parsed schema."""


def get_deserializer(
    schema_type: str | None, schema_value: Any, field_metadata: Metadata = None, wire_format: str | None = None
) -> DeserializerBase:
    """Return the deserializer of a format and schema.

    Args:
        schema_type: `AVRO`, `PROTOBUF`, `JSON`, or None for text.
        schema_value: the Avro schema, or the Protobuf message class.
        field_metadata: what a schema registry says of the records. Without it the deserializer is one that is shared,
            and is to be given the metadata of each record.
        wire_format: the header before the payload; None if there is none.

    Raises:
        KafkaConsumerAvroSchemaParserError: the Avro schema is invalid.
        KafkaConsumerMissingLibraryError: the library of the format is not installed.
        KafkaConsumerSchemaConfigError: there is no such format.

    Example:
        >>> from lambda_powertools.kafka.deserializer.deserializer import get_deserializer
        >>> get_deserializer("JSON", None).deserialize("WzFd")
        [1]
    """
    if field_metadata:
        return _make(schema_type, schema_value, wire_format, MAX_DECOMPRESSED_SIZE, field_metadata)
    return shared_deserializer(schema_type, schema_value, wire_format, MAX_DECOMPRESSED_SIZE)


@lru_cache(maxsize=MAX_DESERIALIZERS)
def shared_deserializer(
    schema_type: str | None, schema: Any, wire_format: str | None, max_size: int
) -> DeserializerBase:
    """Return the one deserializer of a format and schema."""
    return _make(schema_type, schema, wire_format, max_size, None)


def _make(
    schema_type: str | None, schema: Any, wire_format: str | None, max_size: int, metadata: Metadata
) -> DeserializerBase:
    if schema_type is None:
        from lambda_powertools.kafka.deserializer.default import DefaultDeserializer

        return DefaultDeserializer()
    if schema_type == "JSON":
        from lambda_powertools.kafka.deserializer.json import JsonDeserializer

        return JsonDeserializer(metadata, wire_format, max_size)
    if schema_type == "AVRO":
        from lambda_powertools.kafka.deserializer.avro import AvroDeserializer

        return AvroDeserializer(schema, metadata, wire_format, max_size)
    if schema_type == "PROTOBUF":
        from lambda_powertools.kafka.deserializer.protobuf import ProtobufDeserializer

        return ProtobufDeserializer(schema, metadata, wire_format, max_size)
    raise KafkaConsumerSchemaConfigError(
        f"schema type {schema_type!r:.80} is not known; allowed are AVRO, PROTOBUF, JSON and None"
    )
