"""The envelope of Kafka."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.kafka import KafkaMskEventModel, KafkaSelfManagedEventModel


class KafkaEnvelope(BaseEnvelope):
    """Takes the values out of records, of Amazon MSK or a self-managed cluster."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the values of all partitions' records as objects of the model, in the order of the event."""
        is_msk = isinstance(data, dict) and data.get("eventSource") == "aws:kafka"
        event = opened(KafkaMskEventModel if is_msk else KafkaSelfManagedEventModel, data)
        return self._parse_all(
            (
                (("records", partition, index, "value"), record.value)
                for partition, records in event.records.items()
                for index, record in enumerate(records)
            ),
            model,
        )
