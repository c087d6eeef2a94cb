"""Events of SNS topics.

The format: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, HttpUrl, model_validator

from lambda_powertools.parser._model import EventModel

_RENAMED = {"UnsubscribeURL": "UnsubscribeUrl", "SigningCertURL": "SigningCertUrl"}


class SnsMsgAttributeModel(EventModel):
    """One attribute of a message."""

    Type: str
    Value: str


class SnsNotificationModel(EventModel):
    """One message of a topic."""

    Subject: str | None = None
    TopicArn: str
    UnsubscribeUrl: HttpUrl
    Type: Literal["Notification"]
    MessageAttributes: dict[str, SnsMsgAttributeModel] | None = None
    Message: str | type[BaseModel]
    MessageId: str
    SigningCertUrl: HttpUrl | None = None
    Signature: str | None = None
    Timestamp: datetime
    SignatureVersion: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _rename_urls(cls, value: Any) -> Any:
        """Map the names inside SQS messages, as in raw HTTP deliveries, to those of Lambda events."""
        if not isinstance(value, dict) or not _RENAMED.keys() & value.keys():
            return value
        return {_RENAMED.get(name, name): content for name, content in value.items()}


class SnsRecordModel(EventModel):
    """One message, and the subscription it came by."""

    EventSource: Literal["aws:sns"]
    EventVersion: str
    EventSubscriptionArn: str
    Sns: SnsNotificationModel


class SnsModel(EventModel):
    """Messages of a topic."""

    Records: list[SnsRecordModel]
