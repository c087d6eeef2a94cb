"""Events of Amazon SQS.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, nullable, optional, required, wrapped, wrapped_iter
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView
    from typing import Any

    from lambda_powertools.data_classes.s3_event import S3Event
    from lambda_powertools.data_classes.sns_event import SNSMessage
else:
    from lambda_powertools.core.static import Any


class SQSRecordAttributes(DictWrapper):
    """What SQS says of a message; every value is text. Times are milliseconds of Unix time."""

    aws_trace_header = optional("AWSTraceHeader", str)
    approximate_receive_count = required("ApproximateReceiveCount", str)
    sent_timestamp = required("SentTimestamp", str)
    sender_id = required("SenderId", str)
    approximate_first_receive_timestamp = required("ApproximateFirstReceiveTimestamp", str)
    sequence_number = optional("SequenceNumber", str)
    message_group_id = optional("MessageGroupId", str)
    message_deduplication_id = optional("MessageDeduplicationId", str)
    dead_letter_queue_source_arn = optional("DeadLetterQueueSourceArn", str)


class SQSMessageAttribute(DictWrapper):
    """One attribute of a message, as its sender set it."""

    string_value = nullable("stringValue", str)
    binary_value = nullable("binaryValue", str, doc="In base64.")
    data_type = nullable("dataType", str)


class SQSMessageAttributes(dict[str, Any]):
    """The attributes of a message by name.

    It holds the raw attributes, so it can be written as JSON and compared; `[name]` and `items()` give wrappers, and an
    unknown name gives None.

    Args:
        data: the raw attributes.
        json_deserializer: handed to the attributes.

    Example:
        >>> attributes = SQSMessageAttributes({"tenant": {"stringValue": "a", "dataType": "String"}})
        >>> attributes["tenant"].string_value, attributes["region"]
        ('a', None)
    """

    _json_deserializer: Callable[[str], Any] | None = None

    def __getitem__(self, key: str) -> SQSMessageAttribute | None:
        raw = self.get(key)
        return None if raw is None else SQSMessageAttribute(raw, self._json_deserializer)

    def items(self) -> ItemsView[str, SQSMessageAttribute]:  # type: ignore[override]  # a view of other values
        """Return the names with their attributes."""
        return {name: SQSMessageAttribute(raw, self._json_deserializer) for name, raw in super().items()}.items()


class SQSRecord(DictWrapper):
    """One message."""

    message_id = required("messageId", str)
    receipt_handle = required("receiptHandle", str)
    body = required("body", str)
    attributes = wrapped("attributes", SQSRecordAttributes)
    md5_of_body = required("md5OfBody", str)
    event_source = required("eventSource", str)
    event_source_arn = required("eventSourceARN", str)
    aws_region = required("awsRegion", str)

    @property
    def message_attributes(self) -> SQSMessageAttributes:
        """What the sender attached to the message."""
        attributes = SQSMessageAttributes(self._data["messageAttributes"])
        attributes._json_deserializer = self._json_deserializer  # noqa: SLF001  # an __init__ would cost as much again
        return attributes

    @cached
    def json_body(self) -> Any:
        """The body, parsed from JSON."""
        return self._json_deserializer(self.body)

    @property
    def queue_url(self) -> str:
        """The URL of the queue, worked out from its ARN."""
        _, partition, _, region, account, name = self._data["eventSourceARN"].split(":", 5)
        domain = "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
        return f"https://sqs.{region}.{domain}/{account}/{name}"

    @property
    def decoded_nested_s3_event(self) -> S3Event:
        """The notification of S3 that the queue is subscribed to; whether the body is one is not looked at."""
        from lambda_powertools.data_classes.s3_event import S3Event

        return S3Event(self.json_body, self._json_deserializer)

    @property
    def decoded_nested_sns_event(self) -> SNSMessage:
        """The message of the SNS topic that the queue is subscribed to; whether the body is one is not looked at."""
        from lambda_powertools.data_classes.sns_event import SNSMessage

        return SNSMessage(self.json_body, self._json_deserializer)


class SQSEvent(DictWrapper):
    """A batch of messages.

    Example:
        >>> event = SQSEvent({"Records": [{"messageId": "m-1", "body": '{"id": 7}'}]})
        >>> [(record.message_id, record.json_body) for record in event.records]
        [('m-1', {'id': 7})]
    """

    records = wrapped_iter("Records", SQSRecord)
