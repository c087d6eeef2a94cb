"""What the span of an invocation says of its event, by the semantic conventions for where it came from.

Nothing here imports OpenTelemetry. Events are read as they come: what is missing or odd is left out, never an error.
"""

from __future__ import annotations

from typing import Any

from lambda_powertools.opentelemetry._events.description import Description
from lambda_powertools.opentelemetry._events.http import describe_request
from lambda_powertools.opentelemetry._events.messaging import describe_messages

__all__ = ["Description", "describe"]


def describe(event: Any) -> Description:
    """Return what is to be said of an event; of one that is not known, that it is `other`."""
    if isinstance(event, dict):
        for attempt in (describe_request, describe_messages):
            try:
                found = attempt(event)
            except Exception:  # noqa: BLE001, S112  # an event may be anything, and the invocation is recorded all the same
                continue
            if found is not None:
                return found
    return Description({"faas.trigger": "other"})
