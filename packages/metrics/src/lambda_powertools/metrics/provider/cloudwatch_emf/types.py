"""Types of an embedded metric format document.

Reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

from typing import TypedDict

from lambda_powertools.metrics.types import MetricNameUnitResolution


class CloudWatchEMFMetric(MetricNameUnitResolution):
    """The definition of one metric."""


class CloudWatchEMFMetrics(TypedDict):
    """The metrics of one namespace, and the sets of dimensions that they are published under."""

    Namespace: str
    Dimensions: list[list[str]]
    Metrics: list[CloudWatchEMFMetric]


class CloudWatchEMFRoot(TypedDict):
    """What tells CloudWatch to read metrics from a log event; the timestamp in milliseconds since the epoch."""

    Timestamp: int
    CloudWatchMetrics: list[CloudWatchEMFMetrics]


class CloudWatchEMFOutput(TypedDict):
    """A document; values of dimensions and metrics, and metadata, are further members of it."""

    _aws: CloudWatchEMFRoot
