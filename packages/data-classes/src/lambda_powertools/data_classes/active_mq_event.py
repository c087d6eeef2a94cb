"""Events of Amazon MQ for Apache ActiveMQ.

https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._encoded_message import EncodedMessage
from lambda_powertools.data_classes._fields import cached, optional, required, wrapped_iter
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class ActiveMQMessage(EncodedMessage):
    """One message. Times are milliseconds of Unix time."""

    message_id = required("messageID", str)
    message_type = required("messageType", str, doc="`jms/text-message` or `jms/bytes-message`.")
    connection_id = required("connectionId", str)
    timestamp = required("timestamp", int)
    broker_in_time = required("brokerInTime", int)
    broker_out_time = required("brokerOutTime", int)
    properties = required("properties", dict[str, str])
    destination_physicalname = required(("destination", "physicalName"), str, doc="Name of the queue or topic.")
    delivery_mode = optional("deliveryMode", int)
    correlation_id = optional("correlationID", str)
    reply_to = optional("replyTo", str)
    get_type = optional("type", str)
    expiration = optional("expiration", int)
    priority = optional("priority", int)


class ActiveMQEvent(DictWrapper):
    """A batch of messages.

    Example:
        >>> event = ActiveMQEvent({"messages": [{"data": "eyJpZCI6IDd9"}]})
        >>> [message.json_data for message in event.messages]
        [{'id': 7}]
    """

    event_source = required("eventSource", str)
    event_source_arn = required("eventSourceArn", str)
    messages = wrapped_iter("messages", ActiveMQMessage)

    @cached
    def _cursor(self) -> Iterator[ActiveMQMessage]:
        return self.messages

    @property
    def message(self) -> ActiveMQMessage:
        """The next message, beginning with the first.

        Raises:
            StopIteration: there are no more.
        """
        return next(self._cursor)
