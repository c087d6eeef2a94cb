"""JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka._wire_format import strip_header
from lambda_powertools.kafka.deserializer.base import DeserializerBase, check_format, failure
from lambda_powertools.kafka.schema_config import MAX_DECOMPRESSED_SIZE

if TYPE_CHECKING:
    from lambda_powertools.kafka.deserializer.base import Metadata


class JsonDeserializer(DeserializerBase):
    """Decodes JSON text in UTF-8.

    Args:
        field_metadata: what a schema registry says, for records that come without such metadata.
        wire_format: the header before the text; None if there is none.
        max_size: bytes that a compressed payload may become.

    Example:
        >>> from lambda_powertools.kafka.deserializer.json import JsonDeserializer
        >>> JsonDeserializer().deserialize("eyJpZCI6IDd9")
        {'id': 7}
    """

    def __init__(
        self, field_metadata: Metadata = None, wire_format: str | None = None, max_size: int = MAX_DECOMPRESSED_SIZE
    ) -> None:
        self.field_metadata = field_metadata
        self._wire_format = wire_format
        self._max_size = max_size

    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> Any:
        """Return the value that the text stands for.

        Raises:
            KafkaConsumerDeserializationError: it is no JSON.
            KafkaConsumerDeserializationFormatMismatch: the metadata names another format.
        """
        check_format("JSON", field_metadata or self.field_metadata)
        payload = self._decode_input(data)
        if self._wire_format is not None:
            payload = strip_header(payload, self._wire_format, self._max_size)
        try:
            return json.loads(payload.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise failure("JSON", error) from error
