# ruff: noqa: N815  # the names are the keys of the event
"""Events of Kinesis data streams.

The format: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

from typing import Any, Literal

from pydantic import BaseModel, field_validator

from lambda_powertools.parser._decoding import base64_bytes, decompress, json_content
from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsDecode


class KinesisDataStreamRecordPayload(EventModel):
    """The data of a record, decoded from base64."""

    kinesisSchemaVersion: str
    partitionKey: str
    sequenceNumber: str
    data: bytes | type[BaseModel] | BaseModel
    approximateArrivalTimestamp: float

    @field_validator("data", mode="before")
    @classmethod
    def _decode(cls, value: Any) -> Any:
        return base64_bytes(value)


class KinesisDataStreamRecord(EventModel):
    """One record of a stream."""

    eventSource: Literal["aws:kinesis"]
    eventVersion: str
    eventID: str
    eventName: Literal["aws:kinesis:record"]
    invokeIdentityArn: str
    awsRegion: str
    eventSourceARN: str
    kinesis: KinesisDataStreamRecordPayload

    def decompress_zlib_record_data_as_json(self) -> dict[str, Any]:
        """Return the JSON object that the data holds, compressed with gzip or zlib.

        Raises:
            ValueError: the data is not compressed JSON, or a subclass has made a model of it.
        """
        if not isinstance(self.kinesis.data, bytes):
            raise ValueError("We can only decompress bytes data, not custom models: the field `data` was narrowed")  # noqa: TRY004  # what callers catch
        content: dict[str, Any] = json_content(decompress(self.kinesis.data))
        return content


class KinesisDataStreamModel(EventModel):
    """Records of a stream."""

    Records: list[KinesisDataStreamRecord]


def extract_cloudwatch_logs_from_event(event: KinesisDataStreamModel) -> list[CloudWatchLogsDecode]:
    """Return the log lines that a CloudWatch Logs subscription put into the records of a stream.

    Raises:
        ValueError: a record holds something else.
    """
    return [extract_cloudwatch_logs_from_record(record) for record in event.Records]


def extract_cloudwatch_logs_from_record(record: KinesisDataStreamRecord) -> CloudWatchLogsDecode:
    """Return the log lines that a CloudWatch Logs subscription put into one record of a stream.

    Raises:
        ValueError: the record holds something else.
    """
    return CloudWatchLogsDecode.model_validate(record.decompress_zlib_record_data_as_json())
