"""One metric with dimensions of its own, written where it arises."""

from __future__ import annotations

from contextlib import contextmanager

from lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import STANDARD_RESOLUTION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution, MetricUnit


class SingleMetric(AmazonCloudWatchEMFProvider):
    """Holds one metric: what `single_metric` yields, to add dimensions and metadata to."""

    def add_metric(
        self,
        name: str,
        unit: MetricUnit | str,
        value: float,
        resolution: MetricResolution | int = STANDARD_RESOLUTION,
        *,
        dimensions: Mapping[str, Any] | None = None,
    ) -> None:
        """Set the metric; without effect once there is one."""
        if not self.has_metrics:
            super().add_metric(name, unit, value, resolution, dimensions=dimensions)


@contextmanager
def single_metric(
    name: str,
    unit: MetricUnit | str,
    value: float,
    resolution: MetricResolution | int = STANDARD_RESOLUTION,
    namespace: str | None = None,
    default_dimensions: dict[str, str] | None = None,
) -> Iterator[SingleMetric]:
    """Write one metric when the block ends, independently of what `Metrics` has collected.

    Nothing is written when the block fails.

    Args:
        name: name of the metric, 1 to 255 characters.
        unit: a member of `MetricUnit`, its name or its value.
        value: any finite number.
        resolution: how finely CloudWatch keeps it: 60 or 1 second, or a member of `MetricResolution`.
        namespace: namespace of the metric, instead of `POWERTOOLS_METRICS_NAMESPACE`.
        default_dimensions: its first dimensions.

    Raises:
        MetricsError: name, value, unit or resolution are not what CloudWatch takes, or the namespace is missing.

    Example:
        >>> from lambda_powertools.metrics import single_metric
        >>> with single_metric("Placed", unit="Count", value=1, namespace="Shop") as metric:
        ...     metric.add_dimension("shop", "north")
        ...     metric.serialize_metric_set()["shop"]
        'north'
        {"_aws":...,"shop":"north","Placed":[1.0]}
    """
    metric = SingleMetric(namespace=namespace)
    metric.add_metric(name, unit, value, resolution)
    for dimension, text in (default_dimensions or {}).items():
        metric.add_dimension(dimension, text)
    yield metric
    metric.flush_metrics()
