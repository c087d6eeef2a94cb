"""The provider for Datadog: metrics through Datadog's Lambda layer, or as log lines for its forwarder."""

from __future__ import annotations

from lambda_powertools.metrics.provider.datadog.datadog import DatadogProvider
from lambda_powertools.metrics.provider.datadog.metrics import DatadogMetrics

__all__ = ["DatadogMetrics", "DatadogProvider"]
