"""What is asked of a provider, for annotations: no running function needs it."""

from __future__ import annotations

from typing import Any, Protocol


class MetricsProvider(Protocol):
    """What `Metrics` and the plugin ask of a provider, whatever its class.

    It may have more of what `BaseProvider` has: `has_metrics`, `has_published`, `can_capture_cold_start`,
    `enter_invocation`, `leave_invocation`, `log_metrics`; and what `Metrics` hands on: dimensions, metadata, timestamp.
    """

    def add_metric(self, *args: Any, **kwargs: Any) -> Any:
        """Record a value."""

    def serialize_metric_set(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is recorded in the form in which it is written."""

    def flush_metrics(self, *args: Any, **kwargs: Any) -> Any:
        """Write what is recorded, and forget it; called with `raise_on_empty_metrics` by name."""

    def clear_metrics(self, *args: Any, **kwargs: Any) -> None:
        """Forget what is recorded."""

    def add_cold_start_metric(self, context: Any) -> Any:
        """Record or write the metric `ColdStart`."""
