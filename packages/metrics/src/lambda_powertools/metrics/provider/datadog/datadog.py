"""Collects metrics for Datadog.

References: https://docs.datadoghq.com/metrics/custom_metrics/#naming-custom-metrics and
https://docs.datadoghq.com/getting_started/tagging/#define-tags
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from lambda_powertools.core.settings import Setting, Settings, boolean
from lambda_powertools.metrics._caller import warn
from lambda_powertools.metrics._errors import MetricValueError, SchemaValidationError
from lambda_powertools.metrics._scope import Scope
from lambda_powertools.metrics.functions import (
    find_function_name,
    is_metrics_disabled,
    resolve_cold_start_function_name,
)
from lambda_powertools.metrics.provider.base import NO_METRICS, NOTHING_TO_PUBLISH, BaseProvider
from lambda_powertools.metrics.provider.datadog._store import DatadogStore
from lambda_powertools.metrics.provider.datadog.warnings import DatadogDataValidationWarning

try:
    from datadog_lambda.metric import lambda_metric
except ImportError:
    lambda_metric = None

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ParamSpec, TypeVar, overload

    from lambda_powertools.core.invocation import Invocation

    P = ParamSpec("P")
    R = TypeVar("R")
else:
    from lambda_powertools.core.static import overload

DEFAULT_NAMESPACE = "default"
MAX_LENGTH = 200
"""Characters of the name of a metric, and of a tag with its value."""

FLUSH_TO_LOG = Setting("DD_FLUSH_TO_LOG", default=False, parse=boolean)
"""Write Datadog's metrics as log lines, for its forwarder, instead of submitting them through its layer."""


class DatadogProvider(BaseProvider):
    """Collects metrics, and submits them to Datadog when they are flushed; `DatadogMetrics` shares one's data.

    Example:
        >>> provider = DatadogProvider(namespace="shop")
        >>> provider.add_metric("placed", 1, timestamp=1700000000, channel="web")
        >>> provider.serialize_metric_set()
        [{'m': 'shop.placed', 'v': 1, 'e': 1700000000, 't': ['channel:web']}]
    """

    def __init__(
        self,
        metric_set: list[dict[str, Any]] | None = None,
        namespace: str | None = None,
        flush_to_log: bool | None = None,
        default_tags: dict[str, Any] | None = None,
        function_name: str | None = None,
    ) -> None:
        """Start with what is given.

        Args:
            metric_set: metrics, as the attribute of the same name holds them; the list itself is used.
            namespace: prefix of the names, instead of `POWERTOOLS_METRICS_NAMESPACE`; without either there is none.
            flush_to_log: whether to write log lines also where Datadog's layer is there; `DD_FLUSH_TO_LOG` if None.
            default_tags: tags of every metric.
            function_name: name of the function for the metric `ColdStart`.

        Raises:
            SettingsError: `DD_FLUSH_TO_LOG` or `POWERTOOLS_METRICS_DISABLED` holds what is no boolean.
        """
        is_metrics_disabled()  # a setting that cannot be read is reported here, not at the first flush
        self.namespace: str = Settings.metrics_namespace.resolve(namespace or None) or DEFAULT_NAMESPACE
        self.flush_to_log: bool = FLUSH_TO_LOG.resolve(flush_to_log)
        self.function_name = Settings.metrics_function_name.resolve(function_name or None)
        self._scope = Scope(DatadogStore(default_tags, metric_set))

    @property
    def metric_set(self) -> list[dict[str, Any]]:
        """The metrics: name `m`, value `v`, seconds since the epoch `e`, tags `t`."""
        return self._scope.current().metric_set

    @property
    def default_tags(self) -> dict[str, Any]:
        """The tags of every metric."""
        return self._scope.current().defaults

    @property
    def has_published(self) -> bool:
        """Whether something was written in the invocation at hand."""
        return self._scope.current().has_published

    @property
    def has_metrics(self) -> bool:
        """Whether there is something to write."""
        stray = self._scope.stray
        return not (self._scope.current().is_empty and (stray is None or stray.is_empty))

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
        _check_name(name)
        _check_tags(tags)
        item = {
            "m": name,
            "v": _checked_value(value),
            "e": int(time.time()) if timestamp is None else timestamp,
            "t": tags,
        }
        store = self._scope.current()
        with store.lock:
            store.metric_set.append(item)

    def set_default_tags(self, **tags: Any) -> None:
        """Add tags to those of every metric, from the next flush on."""
        _check_tags(tags)
        self._scope.current().defaults.update(tags)

    def clear_default_tags(self) -> None:
        """Forget the tags of every metric."""
        self._scope.current().defaults.clear()

    def serialize_metric_set(self, metrics: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
        """Return the metrics as they are submitted: names with namespace, tags as a list of `key:value`.

        Args:
            metrics: metrics to use instead of those recorded.

        Raises:
            SchemaValidationError: there is no metric.
        """
        store = self._scope.current()
        with store.lock:
            return self._serialize(store, store.metric_set if metrics is None else metrics)

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        """Submit what is recorded, and forget it, whatever happens.

        Through Datadog's layer where it is installed, else as one line on stdout for each metric.

        Args:
            raise_on_empty_metrics: whether it is an error that there is no metric, instead of a warning.

        Raises:
            SchemaValidationError: there is no metric.
        """
        store, stray = self._scope.current(), self._scope.stray
        has_stray = stray is not None and stray is not store and not stray.is_empty
        try:
            if stray is not None and has_stray:
                self._publish(stray, may_be_empty=True)
        finally:
            self._publish(store, raise_on_empty_metrics, may_be_empty=has_stray)

    def clear_metrics(self) -> None:
        """Forget the metrics; the default tags stay."""
        store = self._scope.current()
        with store.lock:
            store.clear()

    def add_cold_start_metric(self, context: Any) -> None:
        """Record the metric `ColdStart`.

        Args:
            context: the context of the invocation, for the name of the function.

        Raises:
            SchemaValidationError: there is no name of the function.
        """
        self.add_metric("ColdStart", 1, function_name=resolve_cold_start_function_name(self.function_name, context))

    def can_capture_cold_start(self, context: Any) -> bool:
        """Return whether there is a name of the function."""
        return find_function_name(self.function_name, context) is not None

    def enter_invocation(self, invocation: Invocation) -> None:
        """Give the invocation data of its own."""
        self._scope.enter(invocation)

    def leave_invocation(self, invocation: Invocation) -> None:
        """Take the data from the invocation."""
        self._scope.leave(invocation)

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
            kwargs: further options, for subclasses.
        """
        if default_tags is not None:
            if lambda_handler is None:
                kwargs["default_tags"] = default_tags
            else:
                self.set_default_tags(**default_tags)
        return super().log_metrics(lambda_handler, capture_cold_start_metric, raise_on_empty_metrics, **kwargs)

    def _publish(self, store: DatadogStore, raise_on_empty: bool = False, *, may_be_empty: bool = False) -> None:
        with store.lock:
            try:
                disabled = is_metrics_disabled()
                if store.is_empty and not (raise_on_empty or may_be_empty):
                    warn(NOTHING_TO_PUBLISH, UserWarning)
                if disabled or (store.is_empty and (may_be_empty or not raise_on_empty)):
                    return
                items = self._serialize(store, store.metric_set)
                store.has_published = True
            finally:
                store.clear()
        if lambda_metric is not None and not self.flush_to_log:
            for item in items:
                lambda_metric(metric_name=item["m"], value=item["v"], timestamp=item["e"], tags=item["t"])
            return
        from lambda_powertools.core.json import dumps

        for item in items:
            sys.stdout.write(f"{dumps(item)}\n")

    def _serialize(self, store: DatadogStore, metrics: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not metrics:
            raise SchemaValidationError(NO_METRICS)
        prefix = "" if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}."
        return [
            {
                "m": f"{prefix}{item['m']}",
                "v": item["v"],
                "e": item["e"],
                "t": [f"{key}:{value}" for key, value in {**store.defaults, **item["t"]}.items()],
            }
            for item in metrics
        ]


def _check_name(name: Any) -> None:
    text = name if isinstance(name, str) else ""
    plain = text.replace("_", "").replace(".", "")
    if plain.isascii() and plain.isalnum() and text[0].isalpha() and len(text) <= MAX_LENGTH:
        return
    raise SchemaValidationError(
        f"Invalid metric name {name!r:.250}: it starts with an ASCII letter, has only ASCII letters, digits, '_' and "
        f"'.', and up to {MAX_LENGTH} characters. See https://docs.datadoghq.com/metrics/custom_metrics/"
    )


def _check_tags(tags: dict[str, Any]) -> None:
    for key, value in tags.items():
        tag = f"{key}:{value}"
        if not tag[0].isalpha() or len(tag) > MAX_LENGTH:
            warn(
                f"Invalid tag {tag!r:.250}: it starts with a letter and has up to {MAX_LENGTH} characters, otherwise "
                "Datadog may lose data. See https://docs.datadoghq.com/getting_started/tagging/",
                DatadogDataValidationWarning,
            )


def _checked_value(value: Any) -> float:
    """Return an int as it is, another finite number as a float: what JSON and Datadog's layer take."""
    from numbers import Integral, Number

    number: float | None = None
    with suppress(TypeError, ValueError, OverflowError):  # complex, a signalling NaN, more than a float holds
        if isinstance(value, Integral):
            return int(value)
        if isinstance(value, Number):
            number = float(value)  # type: ignore[arg-type]  # see above
    if number is None or number - number != 0:
        raise MetricValueError(f"{value!r:.100} is not a valid number: a finite int, float or Decimal is expected")
    return number
