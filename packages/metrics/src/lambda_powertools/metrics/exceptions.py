"""The exceptions that adding and writing metrics may raise."""

from __future__ import annotations

from lambda_powertools.metrics._errors import (
    MetricResolutionError,
    MetricsError,
    MetricUnitError,
    MetricValueError,
    SchemaValidationError,
)

__all__ = ["MetricResolutionError", "MetricUnitError", "MetricValueError", "MetricsError", "SchemaValidationError"]
