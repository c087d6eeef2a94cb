"""Events of Amazon SNS.

https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import first_wrapped, required, wrapped, wrapped_iter
from lambda_powertools.data_classes._wrapper import DictWrapper


class SNSMessageAttribute(DictWrapper):
    """One attribute of a message."""

    get_type = required("Type", str)
    value = required("Value", str)


class SNSMessage(DictWrapper):
    """A message."""

    signature_version = required("SignatureVersion", str)
    timestamp = required("Timestamp", str)
    signature = required("Signature", str)
    signing_cert_url = required("SigningCertUrl", str)
    message_id = required("MessageId", str)
    message = required("Message", str)
    get_type = required("Type", str)
    unsubscribe_url = required("UnsubscribeUrl", str)
    topic_arn = required("TopicArn", str)
    subject = required("Subject", str)

    @property
    def message_attributes(self) -> dict[str, SNSMessageAttribute]:
        """The attributes by name."""
        return {
            name: SNSMessageAttribute(attribute, self._json_deserializer)
            for name, attribute in self._data["MessageAttributes"].items()
        }


class SNSEventRecord(DictWrapper):
    """One message and how it came."""

    event_version = required("EventVersion", str)
    event_subscription_arn = required("EventSubscriptionArn", str)
    event_source = required("EventSource", str)
    sns = wrapped("Sns", SNSMessage)


class SNSEvent(DictWrapper):
    """A message of a topic.

    Example:
        >>> event = SNSEvent({"Records": [{"Sns": {"Message": "ready", "Subject": None}}]})
        >>> event.sns_message, [record.sns.subject for record in event.records]
        ('ready', [None])
    """

    records = wrapped_iter("Records", SNSEventRecord)
    record = first_wrapped("Records", SNSEventRecord)

    @property
    def sns_message(self) -> str:
        """The text of the first message."""
        return self.record.sns.message
