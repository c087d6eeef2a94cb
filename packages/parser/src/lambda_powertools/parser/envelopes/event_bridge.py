"""The envelope of EventBridge."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.event_bridge import EventBridgeModel


class EventBridgeEnvelope(BaseEnvelope):
    """Takes the detail out of an event."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the detail as an object of the model."""
        return self._parse_at(("detail",), opened(EventBridgeModel, data).detail, model)
