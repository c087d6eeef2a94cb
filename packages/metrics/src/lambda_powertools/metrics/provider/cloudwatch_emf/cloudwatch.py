"""The provider for CloudWatch: writes metrics as log events in the embedded metric format."""

from __future__ import annotations

from lambda_powertools.core.settings import Settings
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._dimensions import (
    add_dimension,
    add_dimension_set,
    check_own_dimensions,
    set_default_dimensions,
)
from lambda_powertools.metrics._scope import Scope
from lambda_powertools.metrics._store import MetricGroup, MetricStore
from lambda_powertools.metrics._validation import (
    as_text,
    check_metric_name,
    check_number,
    check_resolution,
    check_unit,
)
from lambda_powertools.metrics.functions import (
    convert_timestamp_to_emf_format,
    is_metrics_disabled,
    validate_emf_timestamp,
)
from lambda_powertools.metrics.provider.cloudwatch_emf._writer import EmfWriter
from lambda_powertools.metrics.provider.cloudwatch_emf.constants import (
    MAX_METRIC_NAME_LENGTH,
    MAX_METRICS,
    RESOLUTIONS,
    STANDARD_RESOLUTION,
    UNITS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any, ParamSpec, TypeVar, overload

    from lambda_powertools.metrics.provider.cloudwatch_emf.metric_properties import MetricResolution, MetricUnit

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload

_SMALL = 1 << 53
"""Integers below are floats without further ado."""


class AmazonCloudWatchEMFProvider(EmfWriter):
    """Collects metrics, and writes them to stdout in the embedded metric format; `EphemeralMetrics` is this class.

    Instances share nothing. `Metrics` has one that shares its data with those of all other `Metrics`.

    Reference: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html

    Example:
        >>> metrics = AmazonCloudWatchEMFProvider(namespace="Shop", service="orders")
        >>> metrics.add_metric("Placed", unit="Count", value=1)
        >>> metrics.serialize_metric_set()["Placed"]
        [1.0]
    """

    def __init__(
        self,
        metric_set: dict[str, Any] | None = None,
        dimension_set: dict[str, Any] | None = None,
        namespace: str | None = None,
        metadata_set: dict[str, Any] | None = None,
        service: str | None = None,
        default_dimensions: dict[str, Any] | None = None,
        function_name: str | None = None,
    ) -> None:
        """Start with what is given; the objects themselves are used, not copies.

        Args:
            metric_set: metrics, as the attribute of the same name holds them.
            dimension_set: dimensions of the primary set.
            namespace: namespace of the metrics, instead of `POWERTOOLS_METRICS_NAMESPACE`.
            metadata_set: metadata.
            service: value of the dimension `service`, instead of `POWERTOOLS_SERVICE_NAME`.
            default_dimensions: dimensions that come back after every flush.
            function_name: name of the function for the metric `ColdStart`.

        Raises:
            SettingsError: `POWERTOOLS_METRICS_DISABLED` or `POWERTOOLS_DEV` holds what is no boolean.
        """
        is_metrics_disabled()  # a setting that cannot be read is reported here, not at the first flush
        super().__init__(
            Scope(
                MetricStore(
                    default_dimensions, metric_set=metric_set, dimension_set=dimension_set, metadata_set=metadata_set
                )
            ),
            Settings.metrics_namespace.resolve(namespace or None),
            Settings.service_name.resolve(service or None),
            Settings.metrics_function_name.resolve(function_name or None),
        )

    @property
    def metric_set(self) -> dict[str, dict[str, Any]]:
        """The metrics without dimensions of their own: `{name: {"Unit": …, "StorageResolution": …, "Value": […]}}`."""
        return self._scope.current().metric_set

    @property
    def metric_groups(self) -> list[MetricGroup]:
        """The metrics with dimensions of their own, by dimensions."""
        return list(self._scope.current().groups.values())

    @property
    def dimension_set(self) -> dict[str, str]:
        """The dimensions of the primary set."""
        return self._scope.current().dimension_set

    @property
    def dimension_sets(self) -> list[dict[str, str]]:
        """The additional sets of dimensions."""
        return self._scope.current().dimension_sets

    @property
    def metadata_set(self) -> dict[str, Any]:
        """The metadata."""
        return self._scope.current().metadata_set

    @property
    def default_dimensions(self) -> dict[str, Any]:
        """The dimensions that come back after every flush, as they were given."""
        return self._scope.current().defaults

    @property
    def timestamp(self) -> int | None:
        """The timestamp set for the next flush, milliseconds since the epoch; None for the time of the flush."""
        return self._scope.current().timestamp

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

        Example:
            >>> metrics = AmazonCloudWatchEMFProvider(namespace="Shop")
            >>> metrics.add_metric("Latency", unit="Milliseconds", value=12.5)
            >>> metrics.add_metric("Latency", unit="Milliseconds", value=17, dimensions={"route": "/orders"})
            >>> [sorted(document) for document in metrics.serialize_metric_groups()]
            [['Latency', '_aws'], ['Latency', '_aws', 'route']]
        """
        # The usual cases are decided here, all others by the functions named check_.
        name = name.strip() if name.__class__ is str else check_metric_name(name)
        if not name or len(name) > MAX_METRIC_NAME_LENGTH or not name.isprintable():
            check_metric_name(name)
        number: Any = value
        if number.__class__ is int and -_SMALL < number < _SMALL:
            number = float(number)
        elif number.__class__ is not float or number - number != 0.0:
            number = check_number(number)
        text = unit if unit.__class__ is str else getattr(unit, "_value_", None)
        unit = (UNITS.get(text) if text.__class__ is str else None) or check_unit(unit)
        if resolution.__class__ is not int or resolution not in RESOLUTIONS:
            resolution = check_resolution(resolution)
        store = self._scope.current()
        with store.lock:
            if dimensions is None and (store.owner is self or self._claim(store)):
                self._record(store, name, unit, resolution, number)
            else:
                group = self._group(store, dimensions).metric_set
                metric = group.setdefault(name, {"Unit": unit, "StorageResolution": resolution, "Value": []})
                metric["Unit"], metric["StorageResolution"] = unit, resolution
                metric["Value"].append(number)

    def add_dimension(self, name: str, value: str) -> None:
        """Add a dimension to the primary set; a blank one is left out with a warning.

        Raises:
            SchemaValidationError: it is one too many (29, `service` included).
        """
        add_dimension(self._scope.current(), name, value)

    def add_dimensions(self, **dimensions: str) -> None:
        """Add a set of dimensions, under which all metrics are published as well; the default ones are part of it.

        Raises:
            SchemaValidationError: there are too many names over all sets (29), or too many sets (30).
        """
        add_dimension_set(self._scope.current(), dimensions)

    def set_default_dimensions(self, **dimensions: Any) -> None:
        """Add dimensions that come back after every flush.

        Raises:
            SchemaValidationError: they are too many (29, `service` included).
        """
        set_default_dimensions(self._scope.current(), dimensions)

    def clear_default_dimensions(self) -> None:
        """Forget the default dimensions for what comes after the next flush."""
        self._scope.current().defaults.clear()

    def add_metadata(self, key: str, value: Any) -> None:
        """Add a value to the log event that is no dimension, of any kind; what JSON cannot write is written as text."""
        self._scope.current().metadata_set[as_text(key)] = value

    def set_timestamp(self, timestamp: int | datetime) -> None:
        """Set the time of the metrics up to the next flush.

        Args:
            timestamp: milliseconds since the epoch, or a datetime (a naive one is local time).
        """
        if not validate_emf_timestamp(timestamp):
            warn(
                "This metric doesn't meet the requirements and will be skipped by Amazon CloudWatch: the timestamp is "
                "an int of milliseconds since the epoch or a datetime, at most 14 days past and 2 hours ahead",
                UserWarning,
            )
        self._scope.current().timestamp = convert_timestamp_to_emf_format(timestamp) or None

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

        Args:
            lambda_handler: the handler, where the decorator stands without arguments.
            capture_cold_start_metric: whether the first invocation of the environment writes a metric `ColdStart`.
            raise_on_empty_metrics: whether an invocation without any metric is an error instead of a warning.
            default_dimensions: as for `set_default_dimensions`.
            kwargs: further options, for subclasses.

        Raises:
            SchemaValidationError: by the decorated handler, when it succeeded and its metrics cannot be written. When
                it failed, its own exception leaves and the other is a warning.
        """
        if default_dimensions is not None:
            if lambda_handler is None:
                kwargs["default_dimensions"] = default_dimensions
            else:
                self.set_default_dimensions(**default_dimensions)
        return super().log_metrics(lambda_handler, capture_cold_start_metric, raise_on_empty_metrics, **kwargs)

    def _record(self, store: MetricStore, name: str, unit: str, resolution: int, value: float) -> None:
        """Record a value without dimensions of its own; what is full then is written."""
        metrics = store.metric_set
        metric = metrics.get(name)
        if len(metrics) >= MAX_METRICS or (metric is not None and len(metric["Value"]) >= MAX_METRICS):
            self._spill(store)  # it could not be written when it became full, and must not grow without bound
            metric = None
        if metric is None:
            metrics[name] = {"Unit": unit, "StorageResolution": resolution, "Value": [value]}
            full = len(metrics) >= MAX_METRICS
        else:
            metric["Unit"], metric["StorageResolution"] = unit, resolution
            values = metric["Value"]
            values.append(value)
            full = len(values) >= MAX_METRICS
        if full:
            self._spill(store)

    def _group(self, store: MetricStore, dimensions: Mapping[str, Any] | None) -> MetricGroup:
        owner = None if self._claim(store) else self
        own = None if dimensions is None else check_own_dimensions(store, dimensions, self.service)
        key = (None if owner is None else owner.own_namespace, None if own is None else frozenset(own.items()))
        group = store.groups.get(key)
        if group is None:
            group = store.groups[key] = MetricGroup(owner, own)
        return group
