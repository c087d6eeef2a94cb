# ruff: noqa: N815  # the names are the keys of the event
"""Events of Firehose whose records hold SQS messages.

The format: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

from typing import Any

from pydantic import PositiveInt, field_validator

from lambda_powertools.parser._decoding import base64_bytes, json_content
from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.kinesis_firehose import KinesisFirehoseRecordMetadata
from lambda_powertools.parser.models.sqs import SqsRecordModel


class KinesisFirehoseSqsRecord(EventModel):
    """One record to transform, its data an SQS message."""

    data: SqsRecordModel
    recordId: str
    approximateArrivalTimestamp: PositiveInt
    kinesisRecordMetadata: KinesisFirehoseRecordMetadata | None = None

    @field_validator("data", mode="before")
    @classmethod
    def _decode(cls, value: Any) -> Any:
        return json_content(base64_bytes(value))


class KinesisFirehoseSqsModel(EventModel):
    """Records to transform that hold SQS messages."""

    invocationId: str
    deliveryStreamArn: str
    region: str
    sourceKinesisStreamArn: str | None = None
    records: list[KinesisFirehoseSqsRecord]
