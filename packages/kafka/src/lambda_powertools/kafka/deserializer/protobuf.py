"""Protobuf: https://protobuf.dev/programming-guides/json/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka._wire_format import after_message_indexes, skip_varint
from lambda_powertools.kafka.deserializer.base import HeaderedDeserializer, failure, member
from lambda_powertools.kafka.exceptions import KafkaConsumerDeserializationError, KafkaConsumerMissingLibraryError
from lambda_powertools.kafka.schema_config import MAX_DECOMPRESSED_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_powertools.kafka.deserializer.base import Metadata

_LONGEST_NUMBER = 20


class ProtobufDeserializer(HeaderedDeserializer):
    """Decodes Protobuf messages of one class.

    Args:
        message_class: the generated class.
        field_metadata: what a schema registry says, for records that come without such metadata.
        wire_format: the header before the message; None if there is none.
        max_size: bytes that a compressed payload may become.

    Raises:
        KafkaConsumerMissingLibraryError: protobuf is not installed.

    Example:
        >>> from google.protobuf.wrappers_pb2 import StringValue
        >>> from lambda_powertools.kafka.deserializer.protobuf import ProtobufDeserializer
        >>> ProtobufDeserializer(StringValue).deserialize("CgJoaQ==")
        'hi'
    """

    format = "PROTOBUF"

    def __init__(
        self,
        message_class: Any,
        field_metadata: Metadata = None,
        wire_format: str | None = None,
        max_size: int = MAX_DECOMPRESSED_SIZE,
    ) -> None:
        try:
            from google.protobuf.json_format import MessageToDict
        except ImportError as error:
            raise KafkaConsumerMissingLibraryError(
                "PROTOBUF needs the protobuf library: pip install 'lambda-powertools-kafka[protobuf]'"
            ) from error
        self._to_dict = MessageToDict
        self._message_class = message_class
        super().__init__(field_metadata, wire_format, max_size)

    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> Any:
        """Return the message as a dictionary, as Protobuf maps it to JSON, with the field names of its definition.

        Integers of 64 bits are text, bytes are base64 text, enums are names, and fields that are not set are absent.

        Raises:
            KafkaConsumerDeserializationError: it is no message of this class.
            KafkaConsumerDeserializationFormatMismatch: the metadata names another format.
        """
        metadata = field_metadata or self.field_metadata
        error: Exception | None = None
        for payload in self._messages(self._payload(data, metadata), member(metadata, "schemaId")):
            message = self._message_class()
            try:
                message.ParseFromString(payload)
                return self._to_dict(message, preserving_proto_field_name=True)
            except Exception as reason:  # noqa: BLE001  # there may be another way to read it
                error = error or reason
        if error is None:
            raise KafkaConsumerDeserializationError("PROTOBUF: the message indexes before the message make no sense")
        raise failure("PROTOBUF", error) from error

    def _messages(self, data: bytes, schema_id: Any) -> Iterable[bytes]:
        """Return what may be the message: with Confluent's prefix there are two ways to read it."""
        if self._wire_format is not None:
            return (skip_varint(data),)
        if schema_id is None:
            return (data,)
        if len(str(schema_id)) > _LONGEST_NUMBER:  # a UUID of Glue, which leaves the index of the message
            return (data[1:],)
        return after_message_indexes(data)
