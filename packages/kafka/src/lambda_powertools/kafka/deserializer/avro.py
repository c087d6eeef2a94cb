"""Avro: https://avro.apache.org/docs/1.12.0/specification/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.deserializer.base import HeaderedDeserializer, failure
from lambda_powertools.kafka.exceptions import KafkaConsumerAvroSchemaParserError, KafkaConsumerMissingLibraryError
from lambda_powertools.kafka.schema_config import MAX_DECOMPRESSED_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.kafka.deserializer.base import Metadata


class AvroDeserializer(HeaderedDeserializer):
    """Decodes binary Avro with the schema that it was written with.

    Args:
        schema_str: the schema, as JSON text.
        field_metadata: what a schema registry says, for records that come without such metadata.
        wire_format: the header before the data; None if there is none.
        max_size: bytes that a compressed payload may become.

    Raises:
        KafkaConsumerAvroSchemaParserError: the schema is invalid.
        KafkaConsumerMissingLibraryError: avro is not installed.

    Example:
        >>> from lambda_powertools.kafka.deserializer.avro import AvroDeserializer
        >>> AvroDeserializer('{"type": "array", "items": "long"}').deserialize("BAIOAA==")
        [1, 7]
    """

    format = "AVRO"

    def __init__(
        self,
        schema_str: str,
        field_metadata: Metadata = None,
        wire_format: str | None = None,
        max_size: int = MAX_DECOMPRESSED_SIZE,
    ) -> None:
        super().__init__(field_metadata, wire_format, max_size)
        self._read = _reader(schema_str)

    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> Any:
        """Return the value: a dictionary for a record; logical types are `datetime`, `Decimal` and the like.

        Raises:
            KafkaConsumerDeserializationError: it is no Avro of this schema, or has not the header that it should have.
            KafkaConsumerDeserializationFormatMismatch: the metadata names another format.
        """
        payload = self._payload(data, field_metadata or self.field_metadata)
        try:
            return self._read(payload)
        except Exception as error:
            raise failure("AVRO", error) from error


def _reader(schema_text: str) -> Callable[[bytes], Any]:
    try:
        import avro.io
        import avro.schema
    except ImportError as error:
        raise KafkaConsumerMissingLibraryError(
            "AVRO needs the avro library: pip install 'lambda-powertools-kafka[avro]'"
        ) from error
    from io import BytesIO

    try:
        schema = avro.schema.parse(schema_text)
    except Exception as error:
        raise KafkaConsumerAvroSchemaParserError(f"invalid Avro schema: {type(error).__name__}: {error}") from error
    decoder = avro.io.BinaryDecoder
    # It keeps nothing between two reads, so threads may share it.
    read = avro.io.DatumReader(schema, schema).read

    def read_payload(payload: bytes) -> Any:
        return read(decoder(BytesIO(payload)))

    return read_payload
