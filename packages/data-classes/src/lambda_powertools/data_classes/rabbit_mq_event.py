"""Events of Amazon MQ for RabbitMQ.

https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._encoded_message import EncodedMessage
from lambda_powertools.data_classes._fields import cached, nullable, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class BasicProperties(DictWrapper):
    """The properties of a message, as its publisher set them: None where it did not."""

    content_type = nullable("contentType", str)
    content_encoding = nullable("contentEncoding", str)
    headers = nullable("headers", dict[str, Any])
    delivery_mode = nullable("deliveryMode", int)
    priority = nullable("priority", int)
    correlation_id = nullable("correlationId", str)
    reply_to = nullable("replyTo", str)
    expiration = nullable("expiration", str)
    message_id = nullable("messageId", str)
    timestamp = nullable("timestamp", str)
    get_type = nullable("type", str)
    user_id = nullable("userId", str)
    app_id = nullable("appId", str)
    cluster_id = nullable("clusterId", str)
    body_size = nullable("bodySize", int)


class RabbitMessage(EncodedMessage):
    """One message."""

    basic_properties = wrapped("basicProperties", BasicProperties)


class RabbitMQEvent(DictWrapper):
    """A batch of messages, perhaps of several queues.

    Example:
        >>> event = RabbitMQEvent({"rmqMessagesByQueue": {"orders::/": [{"data": "eyJpZCI6IDd9"}]}})
        >>> [message.json_data for message in event.rmq_messages_by_queue["orders::/"]]
        [{'id': 7}]
    """

    event_source = required("eventSource", str)
    event_source_arn = required("eventSourceArn", str)

    @cached
    def rmq_messages_by_queue(self) -> dict[str, list[RabbitMessage]]:
        """The messages by the name of their queue, which is `<queue>::<virtual host>`."""
        return {
            queue: [RabbitMessage(message, self._json_deserializer) for message in messages]
            for queue, messages in self._data["rmqMessagesByQueue"].items()
        }
