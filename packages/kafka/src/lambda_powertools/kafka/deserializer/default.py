"""Text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambda_powertools.kafka.deserializer.base import DeserializerBase, failure

if TYPE_CHECKING:
    from lambda_powertools.kafka.deserializer.base import Metadata


class DefaultDeserializer(DeserializerBase):
    """Decodes UTF-8 text.

    Example:
        >>> from lambda_powertools.kafka.deserializer.default import DefaultDeserializer
        >>> DefaultDeserializer().deserialize("aGk=")
        'hi'
    """

    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> str:  # noqa: ARG002  # text has no schema
        """Return the text.

        Raises:
            KafkaConsumerDeserializationError: it is not UTF-8.
        """
        try:
            return self._decode_input(data).decode("utf-8")
        except UnicodeDecodeError as error:
            raise failure("text", error) from error
