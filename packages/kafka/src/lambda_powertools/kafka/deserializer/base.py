"""What every deserializer is."""

from __future__ import annotations

import binascii
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.kafka._wire_format import strip_header
from lambda_powertools.kafka.exceptions import (
    KafkaConsumerDeserializationError,
    KafkaConsumerDeserializationFormatMismatch,
)
from lambda_powertools.kafka.schema_config import MAX_DECOMPRESSED_SIZE

if TYPE_CHECKING:
    Metadata = Mapping[str, Any] | None


class DeserializerBase(ABC):
    """Turns the bytes of a key or value into data. One serves many records, in several threads.

    Example:
        >>> from lambda_powertools.kafka.deserializer.base import DeserializerBase
        >>> class Reversed(DeserializerBase):
        ...     def deserialize(self, data, field_metadata=None):
        ...         return self._decode_input(data)[::-1]
        >>> Reversed().deserialize("YWI=")
        b'ba'
    """

    @abstractmethod
    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> Any:
        """Return the data.

        Args:
            data: base64, as text, as in an event, or as ASCII bytes.
            field_metadata: what a schema registry says of this record: `dataFormat` and `schemaId`.

        Raises:
            KafkaConsumerDeserializationError: it cannot be decoded.
        """

    def _decode_input(self, data: bytes | str) -> bytes:
        """Return the bytes that base64 stands for.

        Raises:
            KafkaConsumerDeserializationError: it is no base64.
        """
        try:
            return binascii.a2b_base64(data)
        except (ValueError, TypeError) as error:
            raise failure("base64", error) from error


class HeaderedDeserializer(DeserializerBase):
    """A format of which a schema registry may tell, and before which a header may stand.

    Args:
        field_metadata: what a schema registry says, for records that come without such metadata.
        wire_format: the header before the payload; None if there is none.
        max_size: bytes that a compressed payload may become.
    """

    format: ClassVar[str]
    """Name of the format, as in the metadata."""

    def __init__(
        self, field_metadata: Metadata = None, wire_format: str | None = None, max_size: int = MAX_DECOMPRESSED_SIZE
    ) -> None:
        self.field_metadata = field_metadata
        self._wire_format = wire_format
        self._max_size = max_size

    def _payload(self, data: bytes | str, metadata: Metadata) -> bytes:
        """Return what is behind the header.

        Raises:
            KafkaConsumerDeserializationError: there is not the header that there should be.
            KafkaConsumerDeserializationFormatMismatch: the metadata names another format.
        """
        declared = member(metadata, "dataFormat")
        if declared is not None and declared != self.format:
            raise KafkaConsumerDeserializationFormatMismatch(f"expected {self.format} but got {declared}")
        payload = self._decode_input(data)
        return payload if self._wire_format is None else strip_header(payload, self._wire_format, self._max_size)


def failure(what: str, error: Exception) -> KafkaConsumerDeserializationError:
    """Return the error about a payload, which names the error of the library."""
    return KafkaConsumerDeserializationError(f"{what}: {type(error).__name__}: {error}")


def member(metadata: Metadata, name: str) -> Any:
    """Return a member of a record's metadata, None where it is absent, null or empty."""
    return (metadata.get(name) or None) if isinstance(metadata, Mapping) else None
