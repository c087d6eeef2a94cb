"""What every deserializer is."""

from __future__ import annotations

import binascii
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.exceptions import (
    KafkaConsumerDeserializationError,
    KafkaConsumerDeserializationFormatMismatch,
)

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
            data: the bytes, or their base64 text, as in an event.
            field_metadata: what a schema registry says of this record: `dataFormat` and `schemaId`.

        Raises:
            KafkaConsumerDeserializationError: it cannot be decoded.
        """

    def _decode_input(self, data: bytes | str) -> bytes:
        """Return the bytes.

        Raises:
            KafkaConsumerDeserializationError: the text is no base64, or it is neither text nor bytes.
        """
        if isinstance(data, bytes):
            return data
        if not isinstance(data, str):
            raise KafkaConsumerDeserializationError(f"base64: a {type(data).__name__} is neither text nor bytes")
        try:
            return binascii.a2b_base64(data)
        except ValueError as error:
            raise failure("base64", error) from error


def failure(what: str, error: Exception) -> KafkaConsumerDeserializationError:
    """Return the error about a payload, which names the error of the library."""
    return KafkaConsumerDeserializationError(f"{what}: {type(error).__name__}: {error}")


def member(metadata: Metadata, name: str) -> Any:
    """Return a member of a record's metadata, None where it is absent, null or empty."""
    return (metadata.get(name) or None) if isinstance(metadata, Mapping) else None


def check_format(expected: str, metadata: Metadata) -> None:
    """Compare the format with what the schema registry says.

    Raises:
        KafkaConsumerDeserializationFormatMismatch: it says another.
    """
    declared = member(metadata, "dataFormat")
    if declared is not None and declared != expected:
        raise KafkaConsumerDeserializationFormatMismatch(f"expected {expected} but got {declared}")
