"""The envelope of Firehose."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.exceptions import UndecodableRecordError
from lambda_powertools.parser.models.kinesis_firehose import KinesisFirehoseModel


class KinesisFirehoseEnvelope(BaseEnvelope):
    """Takes the data out of records to transform."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the data of all records as objects of the model, in the order of the event."""
        event = opened(KinesisFirehoseModel, data)
        payloads = [_text(index, record.data) for index, record in enumerate(event.records)]
        return self._parse_all(((("records", index, "data"), text) for index, text in enumerate(payloads)), model)


def _text(index: int, data: Any) -> Any:
    if not isinstance(data, bytes):
        return data
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UndecodableRecordError(f"records[{index}].data is no UTF-8 text") from error
