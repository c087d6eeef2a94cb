# ruff: noqa: N815  # the names are the keys of the event
"""Events of CloudWatch Logs subscriptions.

The format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field, field_validator

from lambda_powertools.parser._decoding import base64_bytes, decompress, json_content
from lambda_powertools.parser._model import EventModel


class CloudWatchLogsLogEvent(EventModel):
    """One log line."""

    id: str
    timestamp: datetime
    message: str | type[BaseModel]


class CloudWatchLogsDecode(EventModel):
    """The decoded log lines of one stream."""

    messageType: str
    owner: str
    logGroup: str
    logStream: str
    subscriptionFilters: list[str]
    logEvents: list[CloudWatchLogsLogEvent]
    policyLevel: str | None = None


class CloudWatchLogsData(EventModel):
    """The packed log lines, unpacked."""

    decoded_data: CloudWatchLogsDecode = Field(alias="data")

    @field_validator("decoded_data", mode="before")
    @classmethod
    def _unpack(cls, value: Any) -> Any:
        try:
            return json_content(decompress(base64_bytes(value)))
        except ValueError as error:
            raise ValueError("unable to decompress data") from error


class CloudWatchLogsModel(EventModel):
    """Log lines of a subscription."""

    awslogs: CloudWatchLogsData
