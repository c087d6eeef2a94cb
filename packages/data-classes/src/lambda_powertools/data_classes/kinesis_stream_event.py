"""Events of Kinesis data streams.

https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import required, wrapped, wrapped_iter
from lambda_powertools.data_classes._payload import from_base64, inflate
from lambda_powertools.data_classes._stream_window import StreamWindow, TumblingWindowEvent
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cloud_watch_logs_event import CloudWatchLogsDecodedData

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class KinesisStreamRecordPayload(DictWrapper):
    """What the producer put into the stream."""

    data = required("data", str, doc="The content, in base64.")
    kinesis_schema_version = required("kinesisSchemaVersion", str)
    partition_key = required("partitionKey", str)
    sequence_number = required("sequenceNumber", str)

    @property
    def approximate_arrival_timestamp(self) -> float:
        """Seconds of Unix time."""
        return float(self._data["approximateArrivalTimestamp"])

    def data_as_bytes(self) -> bytes:
        """Return the content."""
        return from_base64(self.data)

    def data_as_text(self) -> str:
        """Return the content as UTF-8 text."""
        return self.data_as_bytes().decode("utf-8")

    def data_as_json(self) -> Any:
        """Return the content, parsed from JSON."""
        return self._json_deserializer(self.data_as_text())

    def data_zlib_compressed_as_json(self) -> Any:
        """Return the content, decompressed (gzip or zlib) and parsed from JSON.

        Raises:
            zlib.error: it is not compressed.
        """
        return self._json_deserializer(inflate(self.data_as_bytes()).decode("utf-8"))


class KinesisStreamRecord(DictWrapper):
    """One record of a stream."""

    aws_region = required("awsRegion", str)
    event_id = required("eventID", str)
    event_name = required("eventName", str)
    event_source = required("eventSource", str)
    event_source_arn = required("eventSourceARN", str)
    event_version = required("eventVersion", str)
    invoke_identity_arn = required("invokeIdentityArn", str)
    kinesis = wrapped("kinesis", KinesisStreamRecordPayload)


class KinesisStreamWindow(StreamWindow):
    """The time that a tumbling window over a stream spans."""


class KinesisStreamEvent(TumblingWindowEvent):
    """A batch of records.

    Example:
        >>> event = KinesisStreamEvent({"Records": [{"kinesis": {"data": "eyJpZCI6IDd9"}}]})
        >>> [record.kinesis.data_as_json() for record in event.records]
        [{'id': 7}]
    """

    records = wrapped_iter("Records", KinesisStreamRecord)

    @property
    def window(self) -> KinesisStreamWindow | None:
        """The tumbling window that the batch is a part of, if there is one."""
        window: Any = self._data.get("window")
        return KinesisStreamWindow(window, self._json_deserializer) if window else window


def extract_cloudwatch_logs_from_event(event: KinesisStreamEvent) -> list[CloudWatchLogsDecodedData]:
    """Return what a CloudWatch Logs subscription wrote to the stream, one item per record."""
    return [extract_cloudwatch_logs_from_record(record) for record in event.records]


def extract_cloudwatch_logs_from_record(record: KinesisStreamRecord) -> CloudWatchLogsDecodedData:
    """Return what a CloudWatch Logs subscription wrote as this record of the stream."""
    # The deserializer of the event goes on to the data.
    return CloudWatchLogsDecodedData(record.kinesis.data_zlib_compressed_as_json(), record._json_deserializer)  # noqa: SLF001  # one family
