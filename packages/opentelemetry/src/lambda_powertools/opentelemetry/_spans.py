"""One span around a piece of work, and what `Tracer` notes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.opentelemetry._values import description, exception_attributes, to_attribute, type_name
from lambda_powertools.opentelemetry.propagation import lambda_parent
from opentelemetry.context import attach, get_current
from opentelemetry.trace import StatusCode, get_current_span, set_span_in_context

if TYPE_CHECKING:
    from types import TracebackType

    from lambda_powertools.opentelemetry._traces import Traces
    from lambda_powertools.opentelemetry.provider import OpenTelemetryProvider
    from opentelemetry.context import Context
    from opentelemetry.trace import Span


class SpanSegment:
    """A span, as what a provider of `Tracer` yields.

    Attributes:
        span: the span itself, for all else: `segment.span.add_event("cache miss")`.
    """

    __slots__ = ("span",)

    def __init__(self, span: Span) -> None:
        self.span = span

    @property
    def name(self) -> str:
        """Name of the span."""
        return str(getattr(self.span, "name", ""))

    @name.setter
    def name(self, value: str) -> None:
        self.span.update_name(value)

    def put_annotation(self, key: str, value: Any) -> None:
        """Add an attribute."""
        self.span.set_attribute(key, to_attribute(value))

    def put_metadata(self, key: str, value: Any, namespace: str = "default") -> None:
        """Add an attribute `<namespace>.<key>`; what is no text, number or boolean is written as JSON."""
        self.span.set_attribute(f"{namespace}.{key}" if namespace else key, to_attribute(value))

    def add_exception(self, exception: BaseException, stack: Any = None, remote: bool = False) -> None:  # noqa: ARG002
        """Record an exception, with its own stack, and mark the span as failed."""
        fail(self.span, exception)

    def close(self, end_time: float | None = None) -> None:
        """End the span, now or at `end_time` (seconds since the epoch)."""
        self.span.end(None if end_time is None else int(end_time * 1_000_000_000))


def fail(span: Span, error: BaseException) -> None:
    """Record an exception on a span, and mark it as failed."""
    if not span.is_recording():
        return
    span.add_event("exception", exception_attributes(error))
    span.set_attribute("error.type", type_name(error))
    span.set_status(StatusCode.ERROR, description(error))


class SpanManager:
    """A context manager, of both kinds, that opens a span below the current one and closes it."""

    __slots__ = ("_before", "_inside", "_is_outermost", "_name", "_provider", "_span", "_traces")

    def __init__(self, provider: OpenTelemetryProvider, traces: Traces, name: str) -> None:
        self._provider = provider
        self._traces = traces
        self._name = name

    def __enter__(self) -> SpanSegment | None:
        before = parent = get_current()
        above = get_current_span(before).get_span_context()
        self._is_outermost = not above.is_valid or above.is_remote
        if not above.is_valid:
            parent = _parent_of_invocation(before)
        span = self._traces.tracer.start_span(self._name, parent)
        self._before, self._span, self._inside = before, span, set_span_in_context(span, parent)
        attach(self._inside)
        return SpanSegment(span) if span.is_recording() else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            fail(self._span, error)
        if get_current() is self._inside:  # else it was left already: a generator that somebody else closes
            attach(self._before)
        self._span.end()
        if self._is_outermost:
            self._provider.end_outermost()

    async def __aenter__(self) -> SpanSegment | None:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, traceback)


def _parent_of_invocation(context: Context) -> Context:
    invocation = current_invocation()
    return context if invocation is None else lambda_parent(invocation.trace_header, context)
