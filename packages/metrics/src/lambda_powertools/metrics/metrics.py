"""`Metrics`: what most functions use."""

from __future__ import annotations

from lambda_powertools.metrics.provider.cloudwatch_emf.constants import STANDARD_RESOLUTION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any, ParamSpec, TypeVar, overload

    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution, MetricUnit
    from lambda_powertools.metrics.provider.cloudwatch_emf.types import CloudWatchEMFOutput
    from lambda_powertools.metrics.provider.protocol import MetricsProvider

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload


class Metrics:
    """Collects metrics during an invocation and writes them to stdout at its end, as one log event for CloudWatch.

    All instances share metrics, dimensions and metadata, so a module may make its own. Invocations that run at once in
    one process do not share: what is recorded belongs to the invocation in which it is recorded.

    Reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html

    Example:
        >>> from lambda_powertools.metrics import Metrics
        >>> metrics = Metrics(namespace="Shop", service="orders")
        >>> metrics.add_metric("Placed", unit="Count", value=1)
        >>> metrics.serialize_metric_set()["Placed"]
        [1.0]
        >>> metrics.clear_metrics()
    """

    def __init__(
        self,
        service: str | None = None,
        namespace: str | None = None,
        provider: MetricsProvider | None = None,
        function_name: str | None = None,
    ) -> None:
        """Use the data that all instances share, or a provider.

        Args:
            service: value of the dimension `service`, instead of `POWERTOOLS_SERVICE_NAME`.
            namespace: namespace of the metrics, instead of `POWERTOOLS_METRICS_NAMESPACE`.
            provider: what every call goes to instead; any object with the methods of a provider.
            function_name: name of the function for the metric `ColdStart`.

        Raises:
            SettingsError: `POWERTOOLS_METRICS_DISABLED` or `POWERTOOLS_DEV` holds what is no boolean.
        """
        if provider is None:
            from lambda_powertools.metrics._shared import SharedProvider

            provider = SharedProvider(namespace=namespace, service=service, function_name=function_name)
        self.provider: Any = provider

    def add_metric(
        self,
        name: str,
        unit: MetricUnit | str,
        value: float,
        resolution: MetricResolution | int = STANDARD_RESOLUTION,
        *,
        dimensions: Mapping[str, Any] | None = None,
    ) -> None:
        """Record a value. Further values of one name make a list; the last unit and resolution are those written.

        A hundred names, or a hundred values of one, are written at once, and the collection starts anew.

        Args:
            name: name of the metric, 1 to 255 characters.
            unit: a member of `MetricUnit`, its name or its value.
            value: any finite number.
            resolution: how finely CloudWatch keeps it: 60 or 1 second, or a member of `MetricResolution`.
            dimensions: dimensions of this value alone, instead of those of `add_dimension`. Default dimensions and
                service are added to them. Values with the same dimensions are written together at the flush.

        Raises:
            MetricNameError: the name is empty, too long, or has a line break.
            MetricValueError: the value is no finite number.
            MetricUnitError: there is no such unit.
            MetricResolutionError: there is no such resolution.
            SchemaValidationError: what has been collected is full and cannot be written, or there are too many
                dimensions.
        """
        if dimensions is None:
            self.provider.add_metric(name=name, unit=unit, value=value, resolution=resolution)
        else:
            self.provider.add_metric(name=name, unit=unit, value=value, resolution=resolution, dimensions=dimensions)

    def add_dimension(self, name: str, value: str) -> None:
        """Add a dimension to the primary set; a blank one is left out with a warning.

        Raises:
            SchemaValidationError: it is one too many (29, `service` included).
        """
        self.provider.add_dimension(name=name, value=value)

    def add_dimensions(self, **dimensions: str) -> None:
        """Add a set of dimensions, under which all metrics are published as well; the default ones are part of it.

        Raises:
            SchemaValidationError: there are too many names over all sets (29), or too many sets (30).
        """
        self.provider.add_dimensions(**dimensions)

    def add_metadata(self, key: str, value: Any) -> None:
        """Add a value to the log event that is no dimension, of any kind; what JSON cannot write is written as text."""
        self.provider.add_metadata(key=key, value=value)

    def set_timestamp(self, timestamp: int | datetime) -> None:
        """Set the time of the metrics up to the next flush.

        Args:
            timestamp: milliseconds since the epoch, or a datetime (a naive one is local time).
        """
        self.provider.set_timestamp(timestamp=timestamp)

    def set_default_dimensions(self, **dimensions: Any) -> None:
        """Add dimensions that come back after every flush.

        Raises:
            SchemaValidationError: they are too many (29, `service` included).
        """
        self.provider.set_default_dimensions(**dimensions)

    def clear_default_dimensions(self) -> None:
        """Forget the default dimensions for what comes after the next flush."""
        self.provider.clear_default_dimensions()

    def serialize_metric_set(
        self,
        metrics: dict[str, Any] | None = None,
        dimensions: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> CloudWatchEMFOutput:
        """Return the document of the metrics without dimensions of their own; nothing is written or forgotten.

        Args:
            metrics: metrics to use instead of those recorded.
            dimensions: dimensions to use instead of those of the primary set.
            metadata: metadata to use instead of that added.

        Raises:
            SchemaValidationError: there is no metric, no namespace, or too many dimensions.
        """
        serialized: CloudWatchEMFOutput = self.provider.serialize_metric_set(
            metrics=metrics, dimensions=dimensions, metadata=metadata
        )
        return serialized

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        """Write what is recorded, and forget it, whatever happens.

        Args:
            raise_on_empty_metrics: whether it is an error that there is no metric, instead of a warning.

        Raises:
            SchemaValidationError: there is no metric, no namespace, or too many dimensions.
        """
        self.provider.flush_metrics(raise_on_empty_metrics=raise_on_empty_metrics)

    def clear_metrics(self) -> None:
        """Forget metrics, dimensions, metadata and timestamp; the default dimensions stay."""
        self.provider.clear_metrics()

    @overload
    def log_metrics(
        self,
        lambda_handler: Callable[P, R],
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        default_dimensions: dict[str, Any] | None = ...,
        **kwargs: Any,
    ) -> Callable[P, R]: ...
    @overload
    def log_metrics(
        self,
        lambda_handler: None = None,
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        default_dimensions: dict[str, Any] | None = ...,
        **kwargs: Any,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def log_metrics(
        self,
        lambda_handler: Callable[..., Any] | None = None,
        capture_cold_start_metric: bool = False,
        raise_on_empty_metrics: bool = False,
        default_dimensions: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Decorate a handler: when it has ended, in whatever way, its metrics are written.

        An async handler has finished then. A response that is streamed later is not waited for: what is recorded while
        it is being produced goes out with the next flush.

        Args:
            lambda_handler: the handler, where the decorator stands without arguments.
            capture_cold_start_metric: whether the first invocation of the environment writes a metric `ColdStart`.
            raise_on_empty_metrics: whether an invocation without any metric is an error instead of a warning.
            default_dimensions: as for `set_default_dimensions`.
            kwargs: further options of the provider.

        Raises:
            SchemaValidationError: by the decorated handler, when it succeeded and its metrics cannot be written. When
                it failed, its own exception leaves and the other is a warning.

        Example:
            >>> from lambda_powertools.metrics import Metrics
            >>> metrics = Metrics(namespace="Shop")
            >>> @metrics.log_metrics
            ... def handler(event, context):
            ...     metrics.add_metric("Placed", unit="Count", value=1)
            >>> handler({}, None)  # doctest: +ELLIPSIS
            {"_aws":{"Timestamp":...,"Placed":[1.0]}
        """
        provider = self.provider
        if not hasattr(provider, "log_metrics"):
            from lambda_powertools.metrics.provider.adopted import AdoptedProvider

            if default_dimensions:
                provider.set_default_dimensions(**default_dimensions)
            provider = AdoptedProvider(provider)
        return provider.log_metrics(
            lambda_handler=lambda_handler,
            capture_cold_start_metric=capture_cold_start_metric,
            raise_on_empty_metrics=raise_on_empty_metrics,
            default_dimensions=default_dimensions,
            **kwargs,
        )

    @property
    def metric_set(self) -> dict[str, Any]:
        """The metrics without dimensions of their own: `{name: {"Unit": …, "StorageResolution": …, "Value": […]}}`."""
        return self.provider.metric_set  # type: ignore[no-any-return]  # a provider is what the user makes of it

    @property
    def dimension_set(self) -> dict[str, str]:
        """The dimensions of the primary set."""
        return self.provider.dimension_set  # type: ignore[no-any-return]  # the same

    @property
    def metadata_set(self) -> dict[str, Any]:
        """The metadata."""
        return self.provider.metadata_set  # type: ignore[no-any-return]  # the same

    @property
    def default_dimensions(self) -> dict[str, Any]:
        """The dimensions that come back after every flush, as they were given."""
        return self.provider.default_dimensions  # type: ignore[no-any-return]  # the same

    @property
    def namespace(self) -> str | None:
        """The namespace that metrics are written under."""
        return self.provider.namespace  # type: ignore[no-any-return]  # the same

    @namespace.setter
    def namespace(self, value: str | None) -> None:
        self.provider.namespace = value

    @property
    def service(self) -> str | None:
        """The value of the dimension `service`; None for no such dimension."""
        return self.provider.service  # type: ignore[no-any-return]  # the same

    @service.setter
    def service(self, value: str | None) -> None:
        self.provider.service = value
