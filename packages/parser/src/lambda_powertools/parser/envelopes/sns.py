"""The envelopes of SNS, directly and through SQS."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.sns import SnsModel, SnsNotificationModel
from lambda_powertools.parser.models.sqs import SqsModel


class SnsEnvelope(BaseEnvelope):
    """Takes the messages out of notifications."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the messages of all records as objects of the model, in the order of the event."""
        records = opened(SnsModel, data).Records
        return self._parse_all(
            ((("Records", index, "Sns", "Message"), record.Sns.Message) for index, record in enumerate(records)), model
        )


class SnsSqsEnvelope(BaseEnvelope):
    """Takes the messages out of notifications that a topic has put into a queue."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the messages of all records as objects of the model, in the order of the event."""
        notifications = _notifications(opened(SqsModel, data))
        return self._parse_all(
            ((("Records", index, "body", "Message"), found.Message) for index, found in enumerate(notifications)), model
        )


def _notifications(event: SqsModel) -> list[SnsNotificationModel]:
    found, failures = [], []
    for index, record in enumerate(event.Records):
        body: Any = record.body
        try:
            found.append(SnsNotificationModel.model_validate_json(body))
        except ValidationError as error:
            failures.append((("Records", index, "body"), error))
    if failures:
        from lambda_powertools.parser._errors import without_content

        raise without_content(failures)
    return found
