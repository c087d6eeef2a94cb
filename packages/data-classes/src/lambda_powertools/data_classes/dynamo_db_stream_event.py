"""Events of DynamoDB streams.

https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
"""

from __future__ import annotations

from enum import Enum

from lambda_powertools.data_classes._fields import cached, default, optional, optional_wrapped, wrapped_iter
from lambda_powertools.data_classes._stream_window import StreamWindow, TumblingWindowEvent
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.data_classes.dynamodb_deserializer import TypeDeserializer

_deserializer: TypeDeserializer | None = None


def _deserialized(image: dict[str, Any] | None) -> dict[str, Any]:
    """Turn attribute values into Python's, with a deserializer that lives as long as the process."""
    global _deserializer
    if not image:
        return {}
    if _deserializer is None:
        from lambda_powertools.data_classes.dynamodb_deserializer import TypeDeserializer

        _deserializer = TypeDeserializer()
    deserialize = _deserializer.deserialize
    return {name: deserialize(value) for name, value in image.items()}


class StreamViewType(Enum):
    """What a stream says of each item."""

    KEYS_ONLY = 0
    NEW_IMAGE = 1
    OLD_IMAGE = 2
    NEW_AND_OLD_IMAGES = 3


class DynamoDBRecordEventName(Enum):
    """What happened to an item."""

    INSERT = 0
    MODIFY = 1
    REMOVE = 2


class StreamRecord(DictWrapper):
    """The item that changed.

    `keys` is a property and hides the method of mappings: convert a record with `raw_event`, not with `dict()`.

    Example:
        >>> record = StreamRecord({"NewImage": {"name": {"S": "Ada"}, "tags": {"L": [{"S": "new"}]}}})
        >>> record.new_image, record.old_image
        ({'name': 'Ada', 'tags': ['new']}, {})
    """

    approximate_creation_date_time = optional("ApproximateCreationDateTime", int, doc="Seconds of Unix time.")
    sequence_number = optional("SequenceNumber", str)
    size_bytes = optional("SizeBytes", int)

    @cached
    def keys(self) -> dict[str, Any]:  # type: ignore[override]  # the name is part of the API, Mapping's or not
        """The primary key, deserialized."""
        return _deserialized(self._data.get("Keys"))

    @cached
    def new_image(self) -> dict[str, Any]:
        """The item after the change, deserialized; empty when the stream does not say."""
        return _deserialized(self._data.get("NewImage"))

    @cached
    def old_image(self) -> dict[str, Any]:
        """The item before the change, deserialized; empty when the stream does not say."""
        return _deserialized(self._data.get("OldImage"))

    @property
    def stream_view_type(self) -> StreamViewType | None:
        """What the stream says of each item; KeyError for a type that is newer than this package."""
        name = self._data.get("StreamViewType")
        return None if name is None else StreamViewType[name]


class DynamoDBRecord(DictWrapper):
    """One change."""

    aws_region = optional("awsRegion", str)
    dynamodb = optional_wrapped("dynamodb", StreamRecord)
    event_id = optional("eventID", str)
    event_source = optional("eventSource", str)
    event_source_arn = optional("eventSourceARN", str)
    event_version = optional("eventVersion", str)
    user_identity = default("userIdentity", dict[str, str], doc="Of the service that deleted an item, for TTL.")

    @property
    def event_name(self) -> DynamoDBRecordEventName | None:
        """What happened; KeyError for a name that is newer than this package."""
        name = self._data.get("eventName")
        return None if name is None else DynamoDBRecordEventName[name]


class DynamoDBStreamWindow(StreamWindow):
    """The time that a tumbling window over a DynamoDB stream spans."""


class DynamoDBStreamEvent(TumblingWindowEvent):
    """A batch of changes of a DynamoDB table.

    Example:
        >>> change = {"eventName": "INSERT", "dynamodb": {"Keys": {"id": {"N": "7"}}}}
        >>> for record in DynamoDBStreamEvent({"Records": [change]}).records:
        ...     print(record.event_name.name, record.dynamodb.keys)
        INSERT {'id': Decimal('7')}
    """

    records = wrapped_iter("Records", DynamoDBRecord)

    @property
    def window(self) -> DynamoDBStreamWindow | None:
        """The tumbling window that the batch is a part of, if there is one."""
        window: Any = self._data.get("window")
        return DynamoDBStreamWindow(window, self._json_deserializer) if window else window
