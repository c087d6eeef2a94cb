"""Events of Amazon Data Firehose that ask the function to transform records, and the response to them.

https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, optional, optional_wrapped, required, wrapped_iter
from lambda_powertools.data_classes._firehose_response import (
    KinesisFirehoseDataTransformationRecord,
    KinesisFirehoseDataTransformationRecordMetadata,
    KinesisFirehoseDataTransformationResponse,
)
from lambda_powertools.data_classes._payload import from_base64
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


class KinesisFirehoseRecordMetadata(DictWrapper):
    """Where in a Kinesis data stream a record comes from."""

    shard_id = required("shardId", str)
    partition_key = required("partitionKey", str)
    approximate_arrival_timestamp = required("approximateArrivalTimestamp", int, doc="Milliseconds of Unix time.")
    sequence_number = required("sequenceNumber", str)
    subsequence_number = required("subsequenceNumber", int)


class KinesisFirehoseRecord(DictWrapper):
    """One record to transform."""

    approximate_arrival_timestamp = required("approximateArrivalTimestamp", int, doc="Milliseconds of Unix time.")
    record_id = required("recordId", str)
    data = required("data", str, doc="The content, in base64.")
    metadata = optional_wrapped(
        "kinesisRecordMetadata",
        KinesisFirehoseRecordMetadata,
        none_if_empty=True,
        doc="Where the record comes from, if the source is a Kinesis data stream.",
    )

    @property
    def data_as_bytes(self) -> bytes:
        """The content."""
        return from_base64(self.data)

    @property
    def data_as_text(self) -> str:
        """The content, as UTF-8 text."""
        return self.data_as_bytes.decode("utf-8")

    @cached
    def data_as_json(self) -> Any:
        """The content, parsed from JSON."""
        return self._json_deserializer(self.data_as_text)

    def build_data_transformation_response(
        self,
        result: Literal["Ok", "Dropped", "ProcessingFailed"] = "Ok",
        data: str = "",
        metadata: KinesisFirehoseDataTransformationRecordMetadata | None = None,
    ) -> KinesisFirehoseDataTransformationRecord:
        """Return the record of the response that stands for this one.

        Args:
            result: what became of it.
            data: the new content, in base64.
            metadata: keys for dynamic partitioning.
        """
        return KinesisFirehoseDataTransformationRecord(
            self.record_id, result, data, metadata, json_deserializer=self._json_deserializer
        )


class KinesisFirehoseEvent(DictWrapper):
    """A batch of records to transform.

    Example:
        >>> from lambda_powertools.data_classes.serialization import base64_from_str
        >>> def handler(event, context):
        ...     response = KinesisFirehoseDataTransformationResponse()
        ...     for record in KinesisFirehoseEvent(event).records:
        ...         data = base64_from_str(record.data_as_text.upper())
        ...         response.add_record(record.build_data_transformation_response(data=data))
        ...     return response.asdict()
        >>> handler({"records": [{"recordId": "r-1", "data": "YWJj"}]}, None)
        {'records': [{'recordId': 'r-1', 'result': 'Ok', 'data': 'QUJD'}]}
    """

    invocation_id = required("invocationId", str)
    delivery_stream_arn = required("deliveryStreamArn", str)
    source_kinesis_stream_arn = optional("sourceKinesisStreamArn", str)
    region = required("region", str)
    records = wrapped_iter("records", KinesisFirehoseRecord)


__all__ = [
    "KinesisFirehoseDataTransformationRecord",
    "KinesisFirehoseDataTransformationRecordMetadata",
    "KinesisFirehoseDataTransformationResponse",
    "KinesisFirehoseEvent",
    "KinesisFirehoseRecord",
    "KinesisFirehoseRecordMetadata",
]
