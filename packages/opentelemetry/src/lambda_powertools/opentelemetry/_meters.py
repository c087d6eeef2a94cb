"""The SDK's part of metrics, made at the first flush: instruments, and a reader that exports what they have."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry.__about__ import __version__
from lambda_powertools.opentelemetry._buffer import Buffer
from lambda_powertools.opentelemetry._exporters import metric_exporters
from lambda_powertools.opentelemetry._flushing import Flusher
from lambda_powertools.opentelemetry._resource import make_resource
from lambda_powertools.opentelemetry._units import ucum_unit
from opentelemetry.sdk.metrics import Counter, Histogram, MeterProvider
from opentelemetry.sdk.metrics.export import AggregationTemporality, MetricExportResult, MetricReader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lambda_powertools.opentelemetry._store import Measurement
    from opentelemetry import metrics as metrics_api
    from opentelemetry.sdk.metrics.export import MetricExporter, MetricsData

_MOST_COLLECTIONS = 32
"""Collections that wait for a collector that does not answer: those of as many invocations."""

DELTA: dict[type, Any] = {Counter: AggregationTemporality.DELTA, Histogram: AggregationTemporality.DELTA}
"""As the embedded metric format has it: each flush stands for itself, and an environment may end at any time."""


class FlushedReader(MetricReader):
    """Collects when it is flushed, and keeps a collection until it has been taken.

    Attributes:
        recorded: how many measurements there have been.
    """

    def __init__(self, exporter: MetricExporter) -> None:
        super().__init__(
            preferred_temporality=getattr(exporter, "_preferred_temporality", None),
            preferred_aggregation=getattr(exporter, "_preferred_aggregation", None),
        )
        self.exporter = exporter
        self.recorded = self._collected = 0
        self.buffer: Buffer[MetricsData] = Buffer(
            self._export, capacity=_MOST_COLLECTIONS, batch_size=1, what="collections of metrics"
        )

    def has_work(self) -> bool:
        """Return whether something was recorded since the last collection, or waits to be exported."""
        return self.recorded != self._collected or len(self.buffer) > 0

    def flush(self) -> bool:
        """Collect what instruments have, and export all that waits."""
        recorded = self.recorded
        self.collect()
        self._collected = recorded
        return self.buffer.drain()

    def shutdown(self, timeout_millis: float = 30_000, **kwargs: Any) -> None:
        """Close the exporter."""
        self.exporter.shutdown(timeout_millis=timeout_millis, **kwargs)

    def _receive_metrics(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **kwargs: Any) -> None:  # noqa: ARG002  # the SDK's signature
        if metrics_data.resource_metrics:
            self.buffer.add(metrics_data)

    def _export(self, collections: list[MetricsData]) -> bool:
        return all(self.exporter.export(one) is MetricExportResult.SUCCESS for one in collections)


class Meters:
    """What measurements are recorded with.

    Attributes:
        flushers: what has to be flushed for nothing to be left.
    """

    def __init__(
        self, provider: metrics_api.MeterProvider, flushers: list[Flusher], readers: Sequence[FlushedReader] = ()
    ) -> None:
        self.flushers = flushers
        self._readers = readers
        self._provider = provider
        self._instruments: dict[tuple[str, str, str, bool], Callable[[float, dict[str, str]], None]] = {}
        self._lock = threading.Lock()

    def record(self, namespace: str, measurement: Measurement, attributes: dict[str, str]) -> None:
        """Record a value with a counter or a histogram of its name, made at the first need."""
        key = (namespace, measurement.name, measurement.unit, measurement.sums_up)
        with self._lock:
            take = self._instruments.get(key)
            if take is None:
                take = self._instruments[key] = self._make(namespace, measurement)
        take(measurement.value, attributes)
        with self._lock:
            for reader in self._readers:
                reader.recorded += 1

    def _make(self, namespace: str, measurement: Measurement) -> Callable[[float, dict[str, str]], None]:
        meter, unit = self._provider.get_meter(namespace, __version__), ucum_unit(measurement.unit)
        if measurement.sums_up:
            return meter.create_counter(measurement.name, unit=unit).add
        return meter.create_histogram(measurement.name, unit=unit).record


def make_meters(
    *,
    service: str | None,
    resource_attributes: Mapping[str, Any] | None,
    meter_provider: metrics_api.MeterProvider | None,
    metric_exporter: MetricExporter | None,
    timeout: float,
    temporality_is_given: bool,
) -> Meters:
    """Return what measurements are recorded with.

    Raises:
        ComponentMissingError: an exporter that the environment asks for is not installed.
    """
    if meter_provider is not None:
        force_flush: Any = getattr(meter_provider, "force_flush", None)
        drains = [Flusher(lambda: force_flush() is not False, "opentelemetry-meters")] if callable(force_flush) else []
        return Meters(meter_provider, drains)
    delta = None if temporality_is_given else DELTA
    exporters = metric_exporters(timeout, delta) if metric_exporter is None else [metric_exporter]
    readers = [FlushedReader(exporter) for exporter in exporters]
    provider = MeterProvider(readers, resource=make_resource(service, resource_attributes), shutdown_on_exit=False)
    return Meters(
        provider, [Flusher(reader.flush, "opentelemetry-metrics", reader.has_work) for reader in readers], readers
    )
