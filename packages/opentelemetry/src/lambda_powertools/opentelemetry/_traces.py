"""The SDK's part of tracing, made at the first span: a tracer, and what its spans wait in until they are exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry.__about__ import __version__
from lambda_powertools.opentelemetry._buffer import Buffer
from lambda_powertools.opentelemetry._exporters import span_exporters
from lambda_powertools.opentelemetry._flushing import Flusher
from lambda_powertools.opentelemetry._resource import make_resource
from lambda_powertools.opentelemetry._settings import MAX_BATCH_SIZE, MAX_QUEUE_SIZE
from opentelemetry import context as context_api
from opentelemetry import trace as trace_api
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import SpanExportResult

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export import SpanExporter

SCOPE = "lambda_powertools.opentelemetry"
_SUPPRESS = getattr(context_api, "_SUPPRESS_INSTRUMENTATION_KEY", "suppress_instrumentation")


class Traces:
    """What spans are made with.

    Attributes:
        provider: the SDK's provider.
        tracer: its tracer for this package.
        flushers: what has to be flushed for nothing to be left.
        is_own: whether the provider was made here.
    """

    __slots__ = ("flushers", "is_own", "provider", "tracer")

    def __init__(self, provider: trace_api.TracerProvider, flushers: list[Flusher], *, is_own: bool) -> None:
        self.provider = provider
        self.tracer = provider.get_tracer(SCOPE, __version__)
        self.flushers = flushers
        self.is_own = is_own


class BufferedSpanProcessor(SpanProcessor):
    """Keeps spans that have ended until they are flushed, or until there is a batch full of them."""

    def __init__(self, exporter: SpanExporter) -> None:
        self.exporter = exporter
        self.buffer: Buffer[ReadableSpan] = Buffer(
            self._export, capacity=MAX_QUEUE_SIZE.resolve(), batch_size=MAX_BATCH_SIZE.resolve(), what="spans"
        )
        self.flusher = Flusher(self.buffer.drain, "opentelemetry-spans", self.buffer.__len__)

    def on_end(self, span: ReadableSpan) -> None:
        """Keep a span."""
        context = span.context
        if context is not None and context.trace_flags.sampled and self.buffer.add(span):
            self.flusher.request()

    def shutdown(self) -> None:
        """Close the exporter, after what waits has had a moment."""
        if len(self.buffer):
            self.flusher.flush(1.0)
        self.exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Export what waits, and wait for that."""
        return self.flusher.flush(timeout_millis / 1000)

    def _export(self, spans: Sequence[ReadableSpan]) -> bool:
        # The exporter's own requests are nothing to be traced.
        token = context_api.attach(context_api.set_value(_SUPPRESS, True))  # noqa: FBT003  # the value of a key
        try:
            return self.exporter.export(spans) is SpanExportResult.SUCCESS
        finally:
            context_api.detach(token)


def make_traces(
    *,
    service: str | None,
    resource_attributes: Mapping[str, Any] | None,
    tracer_provider: trace_api.TracerProvider | None,
    span_exporter: SpanExporter | None,
    timeout: float,
) -> Traces:
    """Return what spans are made with.

    A provider that is given is used as it is, and so is one that the process has set as its own, unless an exporter is
    given. Otherwise one is made, and set as the process's own if there is none, so that instrumentations find it.

    Raises:
        ComponentMissingError: an exporter that the environment asks for is not installed.
    """
    known = tracer_provider or (None if span_exporter is not None else _of_process())
    if known is not None:
        return Traces(known, _flushers_of(known), is_own=False)
    exporters = span_exporters(timeout) if span_exporter is None else [span_exporter]
    provider = TracerProvider(resource=make_resource(service, resource_attributes), shutdown_on_exit=False)
    processors = [BufferedSpanProcessor(exporter) for exporter in exporters]
    for processor in processors:
        provider.add_span_processor(processor)
    if span_exporter is None:
        trace_api.set_tracer_provider(provider)
    return Traces(provider, [processor.flusher for processor in processors], is_own=True)


def _of_process() -> trace_api.TracerProvider | None:
    provider = trace_api.get_tracer_provider()
    return None if isinstance(provider, trace_api.ProxyTracerProvider) else provider


def _flushers_of(provider: Any) -> list[Flusher]:
    force_flush = getattr(provider, "force_flush", None)
    if not callable(force_flush):
        return []

    def drain() -> bool:
        return force_flush() is not False

    return [Flusher(drain, "opentelemetry-provider")]
