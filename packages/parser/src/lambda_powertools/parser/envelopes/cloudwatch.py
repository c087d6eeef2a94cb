"""The envelope of CloudWatch Logs subscriptions."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.cloudwatch import CloudWatchLogsModel


class CloudWatchLogsEnvelope(BaseEnvelope):
    """Takes the messages out of log lines."""

    def parse(self, data: Any, model: Any) -> list[Any]:
        """Return the messages of all log lines as objects of the model, in the order of the event."""
        lines = opened(CloudWatchLogsModel, data).awslogs.decoded_data.logEvents
        return self._parse_all(
            ((("awslogs", "data", "logEvents", index, "message"), line.message) for index, line in enumerate(lines)),
            model,
        )
