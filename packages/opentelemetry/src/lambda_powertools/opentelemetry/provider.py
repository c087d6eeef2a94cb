"""`OpenTelemetryProvider`: where `Tracer` records to, in the place of X-Ray."""

from __future__ import annotations

import atexit
import sys
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.core.package_logger import report_failure
from lambda_powertools.opentelemetry import _settings
from lambda_powertools.opentelemetry._flushing import flush_all
from lambda_powertools.opentelemetry._settings import DEFAULT_FLUSH_MARGIN, is_tracing_disabled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.opentelemetry._flushing import Flusher
    from lambda_powertools.opentelemetry._traces import Traces
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span, TracerProvider

STATE = "opentelemetry"
"""Key of `Invocation.state`: what the plugin keeps for the invocation, an `InvocationTelemetry`."""


class OpenTelemetryProvider:
    """Records what `Tracer` is told as spans of OpenTelemetry; the SDK is imported by the first of them.

    What is recorded waits in memory. It is exported when the outermost span of an invocation has ended, in a thread of
    its own, for which the invocation waits a bounded time.

    Attributes:
        flush_timeout: seconds that an invocation waits at most.
        flush_margin: seconds before the deadline of the invocation at which it waits no longer.

    Example:
        >>> from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
        >>> exporter = InMemorySpanExporter()
        >>> provider = OpenTelemetryProvider(service="orders", span_exporter=exporter)
        >>> with provider.in_subsegment("load") as segment:
        ...     segment.put_annotation("OrderId", "A-17")
        >>> provider.flush()
        True
        >>> [(span.name, dict(span.attributes)) for span in exporter.get_finished_spans()]
        [('load', {'OrderId': 'A-17'})]
    """

    records_outside_lambda = True

    def __init__(
        self,
        *,
        service: str | None = None,
        resource_attributes: Mapping[str, Any] | None = None,
        tracer_provider: TracerProvider | None = None,
        span_exporter: SpanExporter | None = None,
        flush_timeout: float | None = None,
        flush_margin: float = DEFAULT_FLUSH_MARGIN,
    ) -> None:
        """Take what the `OTEL_*` variables do not say.

        Args:
            service: name of the service, instead of `OTEL_SERVICE_NAME` and `POWERTOOLS_SERVICE_NAME`.
            resource_attributes: further attributes of the resource, over those of `OTEL_RESOURCE_ATTRIBUTES`.
            tracer_provider: a provider of the SDK with processors and exporters of its own. By default the process's,
                if something has set one, else one that is made by the variables.
            span_exporter: where spans go, instead of what `OTEL_TRACES_EXPORTER` names.
            flush_timeout: seconds that an invocation waits at most for its spans to be taken, by default
                `OTEL_BSP_EXPORT_TIMEOUT` (in milliseconds there), else 2.
            flush_margin: seconds before the deadline of the invocation at which it waits no longer.

        Raises:
            ValueError: both a provider and an exporter are given, or a time is negative.
            SettingsError: `OTEL_BSP_EXPORT_TIMEOUT` is no whole number; also a ValueError.
        """
        if tracer_provider is not None and span_exporter is not None:
            raise ValueError("tracer_provider has exporters of its own: give either it or span_exporter")
        self.flush_timeout = _settings.check_seconds("flush_timeout", _settings.flush_timeout(flush_timeout))
        self.flush_margin = _settings.check_seconds("flush_margin", flush_margin)
        self._given = {
            "service": service,
            "resource_attributes": resource_attributes,
            "tracer_provider": tracer_provider,
            "span_exporter": span_exporter,
        }
        self._traces: Traces | None = None
        self._is_made = False
        self._lock = threading.Lock()
        self._applications: set[int] = set()
        self._libraries: list[str] | None = None
        self._instrumented: set[str] = set()

    @property
    def is_configured(self) -> bool:
        """Whether it was told where spans go, apart from the environment."""
        return self._given["tracer_provider"] is not None or self._given["span_exporter"] is not None

    @property
    def service(self) -> str | None:
        """The name of the service that it was given."""
        return self._given["service"]  # type: ignore[return-value]  # a dict of several types

    @service.setter
    def service(self, value: str | None) -> None:
        if not self._is_made:
            self._given["service"] = value

    @property
    def traces(self) -> Traces | None:
        """What spans are made with; made by being asked for. None while tracing is disabled, or cannot be set up."""
        return self._traces if self._is_made else self._make()

    @property
    def tracer_provider(self) -> TracerProvider | None:
        """The SDK's provider, None while tracing is disabled; imports the SDK."""
        traces = self.traces
        return None if traces is None else traces.provider

    def in_subsegment(self, name: str | None = None, **kwargs: Any) -> Any:  # noqa: ARG002  # `namespace` is X-Ray's
        """Return a context manager that opens a span, yields a `SpanSegment` (None if not sampled), and closes it."""
        traces = self._traces if self._is_made else self._make()
        if traces is None:
            return nullcontext()
        from lambda_powertools.opentelemetry._spans import SpanManager

        return SpanManager(self, traces, name or "span")

    def in_subsegment_async(self, name: str | None = None, **kwargs: Any) -> Any:
        """Return an asynchronous context manager that does the same."""
        return self.in_subsegment(name, **kwargs)

    def put_annotation(self, key: str, value: Any) -> None:
        """Add an attribute to the current span."""
        span = self.current_span()
        if span is not None:
            from lambda_powertools.opentelemetry._spans import SpanSegment

            SpanSegment(span).put_annotation(key, value)

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add an attribute `<namespace>.<key>` to the current span."""
        span = self.current_span()
        if span is not None:
            from lambda_powertools.opentelemetry._spans import SpanSegment

            SpanSegment(span).put_metadata(key, value, namespace)

    def current_span(self) -> Span | None:
        """Return the span that is current for the calling thread or task, None if it is not recorded."""
        if not self._is_made or self._traces is None:
            return None
        from opentelemetry.trace import get_current_span

        span = get_current_span()
        return span if span.is_recording() else None

    def get_scope(self) -> Any:
        """Return what decides which span is current, None for none."""
        api = sys.modules.get("opentelemetry.context")
        return None if api is None else api.get_current()

    def set_scope(self, scope: Any) -> None:
        """Put back what `get_scope` returned."""
        api = sys.modules.get("opentelemetry.context")
        if api is not None:
            api.attach(api.Context() if scope is None else scope)

    def patch(self, modules: Sequence[str]) -> None:
        """Have libraries traced by their OpenTelemetry instrumentations, when the first span opens.

        Args:
            modules: names of installed instrumentations: `botocore`, `requests`. Those that are not installed are
                reported with `POWERTOOLS_DEBUG`.
        """
        self._libraries = [*(self._libraries or ()), *modules]
        if self._traces is not None:
            self._instrument(self._traces)

    def patch_all(self) -> None:
        """Have all libraries traced that an instrumentation is installed for, when the first span opens."""
        self.patch(["*"])

    def records_invocations_of(self, application: Application) -> bool:
        """Return whether the plugin records the invocations of a handler to this provider."""
        return id(application) in self._applications

    def claim(self, application: Application) -> None:
        """Say that the plugin records the invocations of a handler to this provider."""
        from weakref import finalize

        key = id(application)
        self._applications.add(key)
        finalize(application, self._applications.discard, key).atexit = False

    @property
    def flushers(self) -> list[Flusher]:
        """What has to be flushed for nothing to be left."""
        return [] if self._traces is None else self._traces.flushers

    def bound(self, invocation: Invocation | None) -> float:
        """Return the seconds that an invocation waits at most, from now on."""
        return bound_of(invocation, self.flush_timeout, self.flush_margin)

    def flush(self, timeout: float | None = None) -> bool:
        """Export what has been recorded, and wait for that; return whether all of it was taken in time.

        Args:
            timeout: seconds to wait, also for a collector that has failed before. By default the bound of the current
                invocation, less where it has failed.
        """
        if timeout is not None:
            return flush_all(self.flushers, timeout, patiently=True)
        return flush_all(self.flushers, self.bound(current_invocation()))

    def end_outermost(self) -> None:
        """Flush at the end of a span that has none around it, unless the plugin does so for the invocation."""
        invocation = current_invocation()
        if invocation is not None and STATE not in invocation.state:
            self.flush()

    def _make(self) -> Traces | None:
        with self._lock:
            if self._is_made:
                return self._traces
            try:
                if not is_tracing_disabled():
                    from lambda_powertools.opentelemetry._traces import make_traces

                    self._traces = make_traces(timeout=self.flush_timeout, **self._given)  # type: ignore[arg-type]  # a dict of several types
                    atexit.register(self._flush_at_exit)
            except Exception as error:  # noqa: BLE001  # tracing must not stop what it traces
                report_failure("OpenTelemetry could not be set up, and nothing is traced", error)
            self._is_made = True
        if self._traces is not None:
            self._instrument(self._traces)
        return self._traces

    def _instrument(self, traces: Traces) -> None:
        if self._libraries:
            from lambda_powertools.opentelemetry._instrumenting import instrument

            instrument(self._libraries, self._instrumented, traces.provider)

    def _flush_at_exit(self) -> None:
        flush_all(self.flushers, self.flush_timeout)


_default: OpenTelemetryProvider | None = None
_default_lock = threading.Lock()


def default_provider() -> OpenTelemetryProvider:
    """Return the provider of the process, which the plugin uses unless it is given another; made by the first call."""
    global _default
    with _default_lock:
        if _default is None:
            _default = OpenTelemetryProvider()
        return _default


def bound_of(invocation: Invocation | None, timeout: float, margin: float) -> float:
    """Return the seconds that an invocation may still wait: `timeout`, but not beyond `margin` before its deadline."""
    remaining = None if invocation is None else invocation.remaining_time
    return timeout if remaining is None else max(0.0, min(timeout, remaining - margin))
