"""What the event sources differ in: where the records are, what names and groups them, how the service is answered."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from lambda_powertools.batch.exceptions import InvalidBatchEventError, UnexpectedBatchTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class EventType(Enum):
    """The services whose batches can be processed."""

    SQS = "SQS"
    KinesisDataStreams = "KinesisDataStreams"
    DynamoDBStreams = "DynamoDBStreams"
    Kafka = "Kafka"
    Firehose = "Firehose"
    S3Batch = "S3Batch"
    ActiveMQ = "ActiveMQ"
    RabbitMQ = "RabbitMQ"


class Answer(Enum):
    """How a service learns what became of the records."""

    FAILURES = "an identifier for each failed record"
    RESULTS = "a result for each record"
    NOTHING = "all is well, or the invocation fails"


class Source:
    """One event source.

    Attributes:
        key: key of the event that holds the records.
        lists_by_name: whether they are a dictionary of lists, such as the partitions of Kafka, or one list.
        identifier_of: returns what names a raw record in the response; anything may go wrong in it.
        group_of: returns which records are to stay in order: None for a record that belongs to no group.
        payload_of: returns the content of a record: JSON text, or a `dict`.
        answer: how the service learns what became of the records.
        module: module of the data class of a record.
        data_class: its name.
    """

    __slots__ = (
        "answer",
        "data_class",
        "group_of",
        "identifier_of",
        "key",
        "lists_by_name",
        "module",
        "payload_of",
        "record_class",
    )

    def __init__(
        self,
        key: str,
        identifier_of: Callable[[Any], Any],
        group_of: Callable[[Any], Any],
        payload_of: Callable[[Any], Any],
        module: str,
        data_class: str,
        *,
        answer: Answer = Answer.FAILURES,
        lists_by_name: bool = False,
    ) -> None:
        self.key = key
        self.identifier_of = identifier_of
        self.group_of = group_of
        self.payload_of = payload_of
        self.module = module
        self.data_class = data_class
        self.answer = answer
        self.lists_by_name = lists_by_name
        self.record_class: type[Any] | None = None

    def load(self) -> type[Any]:
        """Return the data class of a record, importing it at the first need."""
        if self.record_class is None:
            from importlib import import_module

            module = import_module(f"lambda_powertools.data_classes.{self.module}")
            self.record_class = getattr(module, self.data_class)
        return self.record_class


def _base64(text: Any) -> bytes:
    from base64 import b64decode

    return b64decode(text, validate=True)


def _dynamodb_image(record: Any) -> Any:
    from lambda_powertools.data_classes.dynamo_db_stream_event import DynamoDBRecord

    change = DynamoDBRecord(record).dynamodb
    return None if change is None else change.new_image or change.old_image or change.keys or None


def _dynamodb_key(record: Any) -> Any:
    from json import dumps

    return dumps(record["dynamodb"]["Keys"], sort_keys=True)


def _kafka_partition(record: Any) -> str:
    topic, partition = record["topic"], record["partition"]
    if not topic or not isinstance(topic, str) or type(partition) is not int:
        raise ValueError
    return f"{topic}-{partition}"


def _kafka_identifier(record: Any) -> Any:
    offset = record["offset"]
    if type(offset) is not int:
        raise ValueError
    return {"partition": _kafka_partition(record), "offset": offset}


def _no_group(_record: Any) -> None:
    return None


def _no_payload(_record: Any) -> None:
    return None


SOURCES = {
    EventType.SQS: Source(
        "Records",
        lambda record: record["messageId"],
        lambda record: record["attributes"]["MessageGroupId"],
        lambda record: record["body"],
        "sqs_event",
        "SQSRecord",
    ),
    EventType.KinesisDataStreams: Source(
        "Records",
        lambda record: record["kinesis"]["sequenceNumber"],
        lambda record: record["kinesis"]["partitionKey"],
        lambda record: _base64(record["kinesis"]["data"]),
        "kinesis_stream_event",
        "KinesisStreamRecord",
    ),
    EventType.DynamoDBStreams: Source(
        "Records",
        lambda record: record["dynamodb"]["SequenceNumber"],
        _dynamodb_key,
        _dynamodb_image,
        "dynamo_db_stream_event",
        "DynamoDBRecord",
    ),
    EventType.Kafka: Source(
        "records",
        _kafka_identifier,
        _kafka_partition,
        lambda record: _base64(record["value"]),
        "kafka_event",
        "KafkaEventRecord",
        lists_by_name=True,
    ),
    EventType.Firehose: Source(
        "records",
        lambda record: record["recordId"],
        _no_group,
        lambda record: _base64(record["data"]),
        "kinesis_firehose_event",
        "KinesisFirehoseRecord",
        answer=Answer.RESULTS,
    ),
    EventType.S3Batch: Source(
        "tasks",
        lambda record: record["taskId"],
        _no_group,
        _no_payload,
        "s3_batch_operation_event",
        "S3BatchOperationTask",
        answer=Answer.RESULTS,
    ),
    EventType.ActiveMQ: Source(
        "messages",
        lambda record: record["messageID"],
        lambda record: record["destination"]["physicalName"],
        lambda record: _base64(record["data"]),
        "active_mq_event",
        "ActiveMQMessage",
        answer=Answer.NOTHING,
    ),
    EventType.RabbitMQ: Source(
        "rmqMessagesByQueue",
        lambda record: record["basicProperties"]["messageId"],
        _no_group,
        lambda record: _base64(record["data"]),
        "rabbit_mq_event",
        "RabbitMessage",
        answer=Answer.NOTHING,
        lists_by_name=True,
    ),
}
"""What is to be known of each event source."""

_NAMES = ", ".join(event_type.name for event_type in EventType)


def identifier_of(source: Source, record: Any) -> Any:
    """Return what names a raw record in the response; None if it has nothing that Lambda would accept."""
    try:
        identifier = source.identifier_of(record)
    except Exception:  # noqa: BLE001  # a record of any shape
        return None
    return identifier if isinstance(identifier, (str, dict)) and identifier else None


def group_of(source: Source, record: Any) -> Any:
    """Return the group of a raw record, None if it belongs to none."""
    try:
        group = source.group_of(record)
        hash(group)
    except Exception:  # noqa: BLE001  # a record of any shape
        return None
    return group or None


def records_of(event: Any, event_type: EventType | None) -> list[Any]:
    """Return the records of an event.

    Args:
        event: the event of Lambda, or an event source data class.
        event_type: what it should be; None for a processor without one, which takes an empty batch as well.

    Raises:
        InvalidBatchEventError: the event is no mapping.
        UnexpectedBatchTypeError: it holds no records of this type.
    """
    name = event_type.name if isinstance(event_type, EventType) else "batch"
    raw = getattr(event, "raw_event", event)
    if isinstance(raw, type) or not hasattr(raw, "get"):
        raise InvalidBatchEventError(
            f"the event is {type(event).__name__}, a mapping is expected: an event of {name}. Processors are made for "
            f"one of {_NAMES}; the README of lambda-powertools-batch shows an event of each"
        )
    if not isinstance(event_type, EventType):
        return list(raw.get("Records", []))
    source = SOURCES[event_type]
    found = raw.get(source.key)
    if source.lists_by_name:
        if isinstance(found, dict) and found and all(isinstance(part, list) for part in found.values()):
            records = [record for part in found.values() for record in part]
            if records:
                return records
        what = "topic-partition" if event_type is EventType.Kafka else "queue"
        expected = f"a non-empty dict of non-empty lists, keyed by {what}"
    else:
        if isinstance(found, list) and found:
            return found
        expected = "a non-empty list"
    raise UnexpectedBatchTypeError(
        f"this is no event of {name}: its {source.key!r} must be {expected}. Processors are made for one of {_NAMES}"
    )


_BY_EVENT_SOURCE = {
    "aws:sqs": EventType.SQS,
    "aws:kinesis": EventType.KinesisDataStreams,
    "aws:dynamodb": EventType.DynamoDBStreams,
    "aws:kafka": EventType.Kafka,
    "SelfManagedKafka": EventType.Kafka,
    "aws:amq": EventType.ActiveMQ,
    "aws:mq": EventType.ActiveMQ,
    "aws:rmq": EventType.RabbitMQ,
}


def detect(event: Any) -> EventType:
    """Return which service an event comes from, as the event itself tells.

    Raises:
        InvalidBatchEventError: the event is no mapping.
        UnexpectedBatchTypeError: it is of none of the services.
    """
    raw = getattr(event, "raw_event", event)
    if isinstance(raw, Mapping):
        for name in _named_sources(raw):
            if name in _BY_EVENT_SOURCE:
                return _BY_EVENT_SOURCE[name]
        if isinstance(raw.get("tasks"), list) and "invocationSchemaVersion" in raw:
            return EventType.S3Batch
        if isinstance(raw.get("records"), list) and "invocationId" in raw:
            return EventType.Firehose
        raise UnexpectedBatchTypeError(f"the event does not tell its source, give the type: one of {_NAMES}")
    records_of(event, None)
    raise UnexpectedBatchTypeError(f"the event is {type(event).__name__}, a mapping is expected")


def _named_sources(raw: Mapping[str, Any]) -> Iterator[str]:
    records = raw.get("Records")
    first = records[0] if isinstance(records, list) and records else None
    for place in (raw, first):
        name = place.get("eventSource") if isinstance(place, Mapping) else None
        if isinstance(name, str):
            yield name
