"""CloudWatch metrics from AWS Lambda functions without API calls."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.metrics.__about__ import __version__
    from lambda_powertools.metrics.exceptions import (
        MetricResolutionError,
        MetricsError,
        MetricUnitError,
        MetricValueError,
        SchemaValidationError,
    )
    from lambda_powertools.metrics.metrics import Metrics
    from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import (
        AmazonCloudWatchEMFProvider as EphemeralMetrics,
    )
    from lambda_powertools.metrics.provider.cloudwatch_emf.exceptions import MetricNameError
    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution, MetricUnit
    from lambda_powertools.metrics.single import SingleMetric, single_metric

_ERRORS = "lambda_powertools.metrics._errors"
_PROPERTIES = "lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties"
_PROVIDER = "lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch"

_LAZY = {
    "EphemeralMetrics": (_PROVIDER, "AmazonCloudWatchEMFProvider"),
    "MetricNameError": (_ERRORS, "MetricNameError"),
    "MetricResolution": (_PROPERTIES, "MetricResolution"),
    "MetricResolutionError": (_ERRORS, "MetricResolutionError"),
    "MetricUnit": (_PROPERTIES, "MetricUnit"),
    "MetricUnitError": (_ERRORS, "MetricUnitError"),
    "MetricValueError": (_ERRORS, "MetricValueError"),
    "Metrics": ("lambda_powertools.metrics.metrics", "Metrics"),
    "MetricsError": (_ERRORS, "MetricsError"),
    "SchemaValidationError": (_ERRORS, "SchemaValidationError"),
    "SingleMetric": ("lambda_powertools.metrics.single", "SingleMetric"),
    "__version__": ("lambda_powertools.metrics.__about__", "__version__"),
    "single_metric": ("lambda_powertools.metrics.single", "single_metric"),
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        module, attribute = _LAZY[name]
        value = getattr(__import__(module, fromlist=(attribute,)), attribute)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "EphemeralMetrics",
    "MetricNameError",
    "MetricResolution",
    "MetricResolutionError",
    "MetricUnit",
    "MetricUnitError",
    "MetricValueError",
    "Metrics",
    "MetricsError",
    "SchemaValidationError",
    "SingleMetric",
    "__version__",
    "single_metric",
]
