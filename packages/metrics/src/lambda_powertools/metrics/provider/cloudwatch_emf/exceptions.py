"""The exceptions of a metric that CloudWatch would not take."""

from __future__ import annotations

from lambda_powertools.metrics._errors import MetricNameError, MetricResolutionError, MetricUnitError

__all__ = ["MetricNameError", "MetricResolutionError", "MetricUnitError"]
