"""`OpenTelemetryMetricsProvider`: where `Metrics` records to, in the place of CloudWatch's embedded metric format."""

from __future__ import annotations

import atexit
import os
import re
import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.core.package_logger import report_failure
from lambda_powertools.core.settings import Settings
from lambda_powertools.opentelemetry import _settings
from lambda_powertools.opentelemetry._flushing import flush_all
from lambda_powertools.opentelemetry._store import Measurement, MetricStore
from lambda_powertools.opentelemetry._units import COUNT, cloudwatch_unit
from lambda_powertools.opentelemetry.exceptions import InstrumentError
from lambda_powertools.opentelemetry.provider import STATE, bound_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lambda_powertools.opentelemetry._meters import Meters
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import MetricExporter

DEFAULT_NAMESPACE = "lambda_powertools.metrics"
MAX_NAME_LENGTH = 255
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_./\-]")


class OpenTelemetryMetricsProvider:
    """Records what `Metrics` is told with instruments of OpenTelemetry; the SDK is imported by the first flush.

    A unit of `Count` makes a counter, any other a histogram. The namespace is the name of the meter, dimensions are
    attributes, metadata is not sent. What is recorded belongs to the invocation until it is flushed, with the
    dimensions that the invocation has by then.

    Attributes:
        namespace: name of the meter.

    Example:
        >>> from opentelemetry.sdk.metrics.export import InMemoryMetricReader
        >>> from opentelemetry.sdk.metrics import MeterProvider
        >>> reader = InMemoryMetricReader()
        >>> metrics = OpenTelemetryMetricsProvider(namespace="Shop", meter_provider=MeterProvider([reader]))
        >>> metrics.add_dimension("stage", "prod")
        >>> metrics.add_metric("Placed", unit="Count", value=2)
        >>> metrics.flush_metrics()
        >>> (scope,) = reader.get_metrics_data().resource_metrics[0].scope_metrics
        >>> [(metric.name, metric.data.data_points[0].value) for metric in scope.metrics]
        [('placed', 2)]
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        *,
        namespace: str | None = None,
        service: str | None = None,
        resource_attributes: Mapping[str, Any] | None = None,
        meter_provider: MeterProvider | None = None,
        metric_exporter: MetricExporter | None = None,
        histograms: Iterable[str] = (),
        function_name: str | None = None,
        flush_timeout: float | None = None,
        flush_margin: float = _settings.DEFAULT_FLUSH_MARGIN,
    ) -> None:
        """Take what the variables do not say.

        Args:
            namespace: name of the meter, instead of `POWERTOOLS_METRICS_NAMESPACE`.
            service: name of the service, instead of `OTEL_SERVICE_NAME` and `POWERTOOLS_SERVICE_NAME`.
            resource_attributes: further attributes of the resource.
            meter_provider: a provider of the SDK with readers and exporters of its own.
            metric_exporter: where metrics go, instead of what `OTEL_METRICS_EXPORTER` names.
            histograms: names of metrics with the unit `Count` that are histograms all the same: sizes of batches, say.
            function_name: value of `faas.name` of the metric `ColdStart`, by default the context's.
            flush_timeout: seconds that an invocation waits at most for its metrics to be taken.
            flush_margin: seconds before the deadline of the invocation at which it waits no longer.

        Raises:
            ValueError: both a provider and an exporter are given, or a time is negative.
            SettingsError: a variable holds what it may not; also a ValueError.
        """
        if meter_provider is not None and metric_exporter is not None:
            raise ValueError("meter_provider has exporters of its own: give either it or metric_exporter")
        self.namespace = Settings.metrics_namespace.resolve(namespace or None) or DEFAULT_NAMESPACE
        self.service = service
        self.function_name = Settings.metrics_function_name.resolve(function_name or None)
        self.flush_timeout = _settings.check_seconds("flush_timeout", _settings.flush_timeout(flush_timeout))
        self.flush_margin = _settings.check_seconds("flush_margin", flush_margin)
        self._given = {
            "resource_attributes": resource_attributes,
            "meter_provider": meter_provider,
            "metric_exporter": metric_exporter,
        }
        self._histograms = frozenset(histograms)
        self._defaults: dict[str, str] = {}
        self._base = MetricStore()
        self._state = f"{STATE}.metrics.{id(self)}"
        self._meters: Meters | None = None
        self._is_made = False
        self._lock = threading.Lock()

    def add_metric(
        self,
        name: str,
        unit: Any = COUNT,
        value: float = 0,
        resolution: Any = 60,  # noqa: ARG002  # a matter of CloudWatch
        *,
        dimensions: Mapping[str, Any] | None = None,
    ) -> None:
        """Record a value.

        Args:
            name: name of the metric; characters that OpenTelemetry has not in names become `_`.
            unit: a unit of CloudWatch, also a member of `MetricUnit`.
            value: any finite number; of a counter 0 or more.
            resolution: of no effect.
            dimensions: attributes of this value alone, instead of those of `add_dimension`.

        Raises:
            InstrumentError: name, unit or value may not be.
        """
        instrument, known_unit = _instrument_name(name), cloudwatch_unit(unit)
        sums_up = known_unit == COUNT and name not in self._histograms
        number = _finite(name, value)
        if sums_up and number < 0:
            raise InstrumentError(
                f"metric {name!r:.80} is a counter, which takes no {value!r:.80}: name it in histograms, or give it "
                "another unit"
            )
        own = None if dimensions is None else {str(key): str(text) for key, text in dimensions.items()}
        self._store().add(Measurement(instrument, known_unit, number, own, sums_up))

    def add_dimension(self, name: str, value: Any) -> None:
        """Add an attribute to all metrics of the invocation."""
        self._store().dimensions[str(name)] = str(value)

    def add_dimensions(self, **dimensions: Any) -> None:
        """Add several: OpenTelemetry aggregates by any of its attributes, so there are no sets of them."""
        for name, value in dimensions.items():
            self.add_dimension(name, value)

    def set_default_dimensions(self, **dimensions: Any) -> None:
        """Add attributes to all metrics of all invocations."""
        self._defaults = {**self._defaults, **{name: str(value) for name, value in dimensions.items()}}

    def clear_default_dimensions(self) -> None:
        """Forget the attributes of all metrics."""
        self._defaults = {}

    def add_metadata(self, key: str, value: Any) -> None:
        """Keep a value until the flush; it is not sent, since OpenTelemetry's metrics have no place for it."""
        self._store().metadata[str(key)] = value

    def set_timestamp(self, timestamp: Any) -> None:
        """Refuse: the SDK takes the time of the flush.

        Raises:
            InstrumentError: always, as metrics that are written down under a wrong time are worse than none.
        """
        raise InstrumentError(f"OpenTelemetry takes the time itself, and cannot be given {timestamp!r:.80}")

    def add_cold_start_metric(self, context: Any) -> None:
        """Record the metric `ColdStart`, with the name of the function as `faas.name`."""
        name = self.function_name or getattr(context, "function_name", None)
        self.add_metric("ColdStart", COUNT, 1, dimensions={"faas.name": name} if name else {})

    @property
    def metric_set(self) -> dict[str, Any]:
        """The metrics of the invocation: `{name: {"Unit": …, "Value": […]}}`."""
        return self._store().metric_set

    @property
    def dimension_set(self) -> dict[str, str]:
        """The attributes of the metrics of the invocation."""
        return {**self._defaults, **self._store().dimensions}

    @property
    def metadata_set(self) -> dict[str, Any]:
        """The metadata."""
        return self._store().metadata

    @property
    def default_dimensions(self) -> dict[str, str]:
        """The attributes of all metrics."""
        return dict(self._defaults)

    @property
    def has_metrics(self) -> bool:
        """Whether there is something to record."""
        return bool(self._store().measurements or self._base.measurements)

    def serialize_metric_set(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Return the metrics with their dimensions, as they are to be recorded."""
        return {"dimensions": self.dimension_set, "metrics": self.metric_set}

    def clear_metrics(self) -> None:
        """Forget metrics, dimensions and metadata of the invocation; the default dimensions stay."""
        self._store().take()

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:
        """Record what was collected, forget it, and export it.

        Under the plugin of this package the export is waited for at the end of the invocation, together with that of
        the spans; otherwise here, for a bounded time.

        Args:
            raise_on_empty_metrics: whether it is an error that there is no metric.

        Raises:
            InstrumentError: there is no metric, and there should be.
        """
        store = self._store()
        taken = [store.take()] if store is self._base else [self._base.take(), store.take()]
        if raise_on_empty_metrics and not any(measurements for measurements, _ in taken):
            raise InstrumentError("there is no metric to export, and raise_on_empty_metrics asks for one")
        if Settings.metrics_disabled.resolve() or not any(measurements for measurements, _ in taken):
            return
        meters = self._meters if self._is_made else self._make()
        if meters is None:
            return
        for measurements, dimensions in taken:
            shared = {**self._defaults, **dimensions}
            for one in measurements:
                attributes = shared if one.dimensions is None else {**self._defaults, **one.dimensions}
                meters.record(self.namespace, one, attributes)
        invocation = current_invocation()
        telemetry = None if invocation is None else invocation.state.get(STATE)
        if telemetry is not None:
            telemetry.flushers = [*dict.fromkeys([*telemetry.flushers, *meters.flushers])]
        else:
            flush_all(meters.flushers, bound_of(invocation, self.flush_timeout, self.flush_margin))

    def _store(self) -> MetricStore:
        invocation = current_invocation()
        if invocation is None:
            return self._base
        store = invocation.state.get(self._state)
        if store is None:
            store = invocation.state.setdefault(self._state, MetricStore())
        return store  # type: ignore[no-any-return]  # nobody else has this key

    def _make(self) -> Meters | None:
        with self._lock:
            if self._is_made:
                return self._meters
            try:
                if not _settings.is_sdk_disabled():
                    from lambda_powertools.opentelemetry._meters import make_meters

                    self._meters = make_meters(
                        service=self.service,
                        timeout=self.flush_timeout,
                        temporality_is_given=bool(os.environ.get("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE")),
                        **self._given,  # type: ignore[arg-type]  # a dict of several types
                    )
                    atexit.register(flush_all, self._meters.flushers, self.flush_timeout)
            except Exception as error:  # noqa: BLE001  # metrics must not stop what they measure
                report_failure("OpenTelemetry could not be set up, and no metrics are exported", error)
            self._is_made = True
            return self._meters


def _instrument_name(name: Any) -> str:
    """Return a name that an instrument can have.

    Reference: https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax
    """
    if not isinstance(name, str) or not name.strip():
        raise InstrumentError(f"the name of a metric is a text, not {name!r:.80}")
    made = _NOT_IN_NAMES.sub("_", name.strip())
    if not made[0].isalpha():
        made = f"m{made}"
    if len(made) > MAX_NAME_LENGTH:
        raise InstrumentError(
            f"the name of a metric has up to {MAX_NAME_LENGTH} characters, not {len(made)}: {made:.80}…"
        )
    return made


def _finite(name: str, value: Any) -> int | float:
    from numbers import Number

    if type(value) is int:
        return value
    try:
        number = float(value) if isinstance(value, Number) else None  # type: ignore[arg-type]  # complex: TypeError
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None or number - number != 0:
        raise InstrumentError(f"metric {name!r:.80}: {value!r:.80} is no finite number")
    return number
