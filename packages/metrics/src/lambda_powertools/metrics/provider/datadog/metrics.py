"""`DatadogMetrics`: instances that share their data."""

from __future__ import annotations

from lambda_powertools.metrics._scope import Scope
from lambda_powertools.metrics.provider.datadog._store import DatadogStore
from lambda_powertools.metrics.provider.datadog.datadog import DatadogProvider

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec, TypeVar, overload

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload

_SCOPE = Scope(DatadogStore())


class _SharedProvider(DatadogProvider):
    """Shares metrics and default tags with all others of its kind."""

    def __init__(self, namespace: str | None, flush_to_log: bool | None, function_name: str | None) -> None:
        super().__init__(namespace=namespace, flush_to_log=flush_to_log, function_name=function_name)
        self._scope = _SCOPE


class DatadogMetrics:
    """Collects metrics during an invocation and submits them to Datadog at its end.

    All instances share metrics and default tags; invocations that run at once in one process do not.

    Example:
        >>> from lambda_powertools.metrics.provider.datadog import DatadogMetrics
        >>> metrics = DatadogMetrics(namespace="shop", flush_to_log=True)
        >>> metrics.add_metric("placed", 1, timestamp=1700000000, channel="web")
        >>> metrics.flush_metrics()
        {"m":"shop.placed","v":1,"e":1700000000,"t":["channel:web"]}
    """

    def __init__(
        self,
        namespace: str | None = None,
        flush_to_log: bool | None = None,
        provider: DatadogProvider | None = None,
        function_name: str | None = None,
    ) -> None:
        """Use the data that all instances share, or a provider.

        Args:
            namespace: prefix of the names, instead of `POWERTOOLS_METRICS_NAMESPACE`.
            flush_to_log: whether to write log lines also where Datadog's layer is there; `DD_FLUSH_TO_LOG` if None.
            provider: what every call goes to instead.
            function_name: name of the function for the metric `ColdStart`.
        """
        self.provider: DatadogProvider = provider or _SharedProvider(namespace, flush_to_log, function_name)

    @property
    def metric_set(self) -> list[dict[str, Any]]:
        """The metrics: name `m`, value `v`, seconds since the epoch `e`, tags `t`."""
        return self.provider.metric_set

    @property
    def default_tags(self) -> dict[str, Any]:
        """The tags of every metric."""
        return self.provider.default_tags

    @property
    def namespace(self) -> str:
        """The prefix of the names; `default` for none."""
        return self.provider.namespace

    @namespace.setter
    def namespace(self, value: str) -> None:
        self.provider.namespace = value

    def add_metric(self, name: str, value: float, timestamp: int | None = None, **tags: Any) -> None:
        """Record a value.

        Args:
            name: name of the metric: an ASCII letter, then letters, digits, `_` and `.`, up to 200 in all.
            value: any finite real number.
            timestamp: seconds since the epoch, now by default.
            tags: tags of this metric, over the default ones.

        Raises:
            SchemaValidationError: Datadog would not take the name.
            MetricValueError: the value is no finite number.
        """
        self.provider.add_metric(name=name, value=value, timestamp=timestamp, **tags)

    def set_default_tags(self, **tags: Any) -> None:
        """Add tags to those of every metric, from the next flush on."""
        self.provider.set_default_tags(**tags)

    def clear_default_tags(self) -> None:
        """Forget the tags of every metric."""
        self.provider.clear_default_tags()

    def serialize_metric_set(self, metrics: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """Return the metrics as they are submitted: names with namespace, tags as a list of `key:value`.

        Args:
            metrics: metrics to use instead of those recorded.

        Raises:
            SchemaValidationError: there is no metric.
        """
        return self.provider.serialize_metric_set(metrics=metrics)

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        """Submit what is recorded, and forget it, whatever happens.

        Args:
            raise_on_empty_metrics: whether it is an error that there is no metric, instead of a warning.

        Raises:
            SchemaValidationError: there is no metric.
        """
        self.provider.flush_metrics(raise_on_empty_metrics=raise_on_empty_metrics)

    def clear_metrics(self) -> None:
        """Forget the metrics; the default tags stay."""
        self.provider.clear_metrics()

    @overload
    def log_metrics(
        self,
        lambda_handler: Callable[P, R],
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        default_tags: dict[str, Any] | None = ...,
        **kwargs: Any,
    ) -> Callable[P, R]: ...
    @overload
    def log_metrics(
        self,
        lambda_handler: None = None,
        capture_cold_start_metric: bool = ...,
        raise_on_empty_metrics: bool = ...,
        default_tags: dict[str, Any] | None = ...,
        **kwargs: Any,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
    def log_metrics(
        self,
        lambda_handler: Callable[..., Any] | None = None,
        capture_cold_start_metric: bool = False,
        raise_on_empty_metrics: bool = False,
        default_tags: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Decorate a handler: when it has ended, in whatever way, its metrics are submitted.

        Args:
            lambda_handler: the handler, where the decorator stands without arguments.
            capture_cold_start_metric: whether the first invocation of the environment records a metric `ColdStart`.
            raise_on_empty_metrics: whether an invocation without any metric is an error instead of a warning.
            default_tags: as for `set_default_tags`.
            kwargs: further options of the provider.
        """
        return self.provider.log_metrics(
            lambda_handler=lambda_handler,
            capture_cold_start_metric=capture_cold_start_metric,
            raise_on_empty_metrics=raise_on_empty_metrics,
            default_tags=default_tags,
            **kwargs,
        )
