"""Every exception of this package, under core's root.

MetricsError (PowertoolsError)
├── MetricNameError            a metric's name is empty, too long or has a line break
├── MetricValueError           a metric's value is no finite number
├── MetricUnitError            a metric's unit is none that CloudWatch knows
├── MetricResolutionError      a metric's resolution is neither 60 nor 1
└── MetricsSchemaError         what was collected makes no valid document; also called SchemaValidationError
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class MetricsError(PowertoolsError):
    """Base of the exceptions of this package."""


class MetricNameError(MetricsError):
    """The name of a metric is empty, too long, or has a line break."""


class MetricValueError(MetricsError):
    """The value of a metric is no number, or none that JSON and CloudWatch can hold."""


class MetricUnitError(MetricsError):
    """The unit of a metric is none that CloudWatch knows."""


class MetricResolutionError(MetricsError):
    """The storage resolution of a metric is neither 60 (standard) nor 1 (high)."""


class MetricsSchemaError(MetricsError):
    """What was collected makes no valid document: no metric, no namespace, too many dimensions, a wrong name."""


SchemaValidationError = MetricsSchemaError
"""The name that users know. In a log the class has one that no other package's has."""
