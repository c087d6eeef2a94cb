"""The envelope of Kinesis data streams."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser._decoding import decompress
from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.exceptions import UndecodableRecordError
from lambda_powertools.parser.models.kinesis import KinesisDataStreamModel


class KinesisDataStreamEnvelope(BaseEnvelope):
    """Takes the data out of records, text or compressed text."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the data of all records as objects of the model, in the order of the event."""
        event = opened(KinesisDataStreamModel, data)
        payloads = [_text(index, record.kinesis.data) for index, record in enumerate(event.Records)]
        return self._parse_all(
            ((("Records", index, "kinesis", "data"), text) for index, text in enumerate(payloads)), model
        )


def _text(index: int, data: Any) -> Any:
    if not isinstance(data, bytes):
        return data
    try:
        return data.decode()
    except UnicodeDecodeError:
        try:
            return decompress(data).decode()
        except ValueError as error:
            raise UndecodableRecordError(
                f"Records[{index}].kinesis.data cannot be decoded as UTF-8 or decompressed"
            ) from error
