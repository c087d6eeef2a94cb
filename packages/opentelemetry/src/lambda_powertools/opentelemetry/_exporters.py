"""The exporters that the environment asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry._settings import exporter_names, otlp_protocol, otlp_timeout
from lambda_powertools.opentelemetry.exceptions import ComponentMissingError

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics.export import MetricExporter
    from opentelemetry.sdk.trace.export import SpanExporter

_HTTP = "http/protobuf"


def span_exporters(timeout: float) -> list[SpanExporter]:
    """Return exporters of spans, which give up after `timeout` seconds unless the environment says otherwise.

    Raises:
        ComponentMissingError: one of them is not installed.
    """
    return [_span_exporter(name, timeout) for name in exporter_names()]


def metric_exporters(timeout: float, temporality: dict[type, Any] | None) -> list[MetricExporter]:
    """Return exporters of metrics, with the temporality of each kind of instrument unless the environment says.

    Raises:
        ComponentMissingError: one of them is not installed.
    """
    return [_metric_exporter(name, timeout, temporality) for name in exporter_names("METRICS")]


def _span_exporter(name: str, timeout: float) -> SpanExporter:
    if name == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter()
    if name == "otlp" and otlp_protocol() == _HTTP:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        except ImportError as error:
            raise _missing_otlp() from error
        return OTLPSpanExporter(timeout=otlp_timeout("TRACES", timeout))  # type: ignore[arg-type, unused-ignore]  # older ones say int
    exporter: SpanExporter = _installed("opentelemetry_traces_exporter", name, otlp_protocol())
    return exporter


def _metric_exporter(name: str, timeout: float, temporality: dict[type, Any] | None) -> MetricExporter:
    if name == "console":
        from opentelemetry.sdk.metrics.export import ConsoleMetricExporter

        return ConsoleMetricExporter(preferred_temporality=temporality)
    if name == "otlp" and otlp_protocol("METRICS") == _HTTP:
        try:
            from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        except ImportError as error:
            raise _missing_otlp() from error
        return OTLPMetricExporter(
            timeout=otlp_timeout("METRICS", timeout),  # type: ignore[arg-type, unused-ignore]  # the same
            preferred_temporality=temporality,
        )
    exporter: MetricExporter = _installed("opentelemetry_metrics_exporter", name, otlp_protocol("METRICS"))
    return exporter


def _installed(group: str, name: str, protocol: str) -> Any:
    from importlib.metadata import entry_points

    wanted = f"otlp_proto_{protocol.partition('/')[0]}" if name == "otlp" else name
    for entry in entry_points(group=group, name=wanted):
        return entry.load()()
    what = f"the protocol {protocol!r}" if name == "otlp" else f"{name!r}"
    raise ComponentMissingError(
        f"the environment asks for the exporter {what}, which nothing installed provides (entry point {wanted!r} of "
        f"{group}); otlp over http/protobuf, console and none need no other package"
    )


def _missing_otlp() -> ComponentMissingError:
    return ComponentMissingError(
        'exporting by OTLP needs an extra: pip install "lambda-powertools-opentelemetry[otlp]"',
        name="opentelemetry.exporter.otlp",
    )
