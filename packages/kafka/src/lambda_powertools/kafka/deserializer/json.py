"""JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.kafka.deserializer.base import HeaderedDeserializer, failure

if TYPE_CHECKING:
    from lambda_powertools.kafka.deserializer.base import Metadata


class JsonDeserializer(HeaderedDeserializer):
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

    format = "JSON"

    def deserialize(self, data: bytes | str, field_metadata: Metadata = None) -> Any:
        """Return the value that the text stands for.

        Raises:
            KafkaConsumerDeserializationError: it is no JSON.
            KafkaConsumerDeserializationFormatMismatch: the metadata names another format.
        """
        payload = self._payload(data, field_metadata or self.field_metadata)
        try:
            return json.loads(payload.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise failure("JSON", error) from error
