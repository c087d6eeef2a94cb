# ruff: noqa: N815  # the names are the keys of the event
"""Events of Firehose data transformation.

The format: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

from typing import Any

from pydantic import BaseModel, PositiveInt, field_validator

from lambda_powertools.parser._decoding import base64_bytes
from lambda_powertools.parser._model import EventModel


class KinesisFirehoseRecordMetadata(EventModel):
    """Where a record was in the Kinesis stream it came from."""

    shardId: str
    partitionKey: str
    approximateArrivalTimestamp: PositiveInt
    sequenceNumber: str
    subsequenceNumber: int


class KinesisFirehoseRecord(EventModel):
    """One record to transform, its data decoded from base64."""

    data: bytes | type[BaseModel]
    recordId: str
    approximateArrivalTimestamp: PositiveInt
    kinesisRecordMetadata: KinesisFirehoseRecordMetadata | None = None

    @field_validator("data", mode="before")
    @classmethod
    def _decode(cls, value: Any) -> Any:
        return base64_bytes(value)


class KinesisFirehoseModel(EventModel):
    """Records to transform."""

    invocationId: str
    deliveryStreamArn: str
    region: str
    sourceKinesisStreamArn: str | None = None
    records: list[KinesisFirehoseRecord]
