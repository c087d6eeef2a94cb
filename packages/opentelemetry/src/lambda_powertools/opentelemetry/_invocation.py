"""The span of an invocation: where it comes from, what it says, and how it ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry._events import describe
from lambda_powertools.opentelemetry._events.http import request_name, status_of

if TYPE_CHECKING:
    from lambda_powertools.core import Invocation
    from lambda_powertools.opentelemetry._events import Description
    from lambda_powertools.opentelemetry._flushing import Flusher
    from lambda_powertools.opentelemetry._traces import Traces
    from opentelemetry.context import Context
    from opentelemetry.trace import Link, Span

ROUTE_STATE = "event_handler"
"""Key of `Invocation.state` where whoever routes the request says where to: `{"route": …, "method": …}`."""

_ACCOUNT = 4
_ARN_PARTS, _QUALIFIED_ARN_PARTS = 7, 8
_SERVER_ERROR = 500


class InvocationTelemetry:
    """What the plugin keeps for an invocation, at `Invocation.state["opentelemetry"]`.

    Attributes:
        span: the span of the invocation, None while tracing is disabled.
        flushers: what is flushed at its end beside the spans: metrics add theirs.
    """

    __slots__ = ("_after", "_before", "_method", "flushers", "span")

    def __init__(self) -> None:
        self.span: Span | None = None
        self.flushers: list[Flusher] = []
        self._before: Context | None = None
        self._after: Context | None = None
        self._method: str | None = None

    @property
    def trace_id(self) -> str | None:
        """The id of the trace, 32 hexadecimal digits; None without a span."""
        return None if self.span is None else f"{self.span.get_span_context().trace_id:032x}"

    @property
    def span_id(self) -> str | None:
        """The id of the span, 16 hexadecimal digits; None without one."""
        return None if self.span is None else f"{self.span.get_span_context().span_id:016x}"

    def begin(self, traces: Traces, invocation: Invocation, name: str, started: int) -> None:
        """Open the span, which began at `started` (nanoseconds since the epoch), and make it the current one."""
        from opentelemetry.context import attach, get_current
        from opentelemetry.trace import SpanKind, set_span_in_context

        event = describe(invocation.event)
        parent, links = _origin(invocation, event)
        self._method = event.method
        function = getattr(invocation.lambda_context, "function_name", None)
        self.span = traces.tracer.start_span(
            event.name or (function if isinstance(function, str) and function else name),
            parent,
            SpanKind[event.kind],
            {**event.attributes, **_faas_attributes(invocation)},
            links,
            started,
        )
        self._before, self._after = get_current(), set_span_in_context(self.span, parent)
        attach(self._after)

    def end(self, invocation: Invocation, response: Any, error: BaseException | None) -> None:
        """Note how the invocation has ended, close the span, and make the one before the current one again."""
        span, before = self.span, self._before
        if span is None or before is None:
            return
        from opentelemetry.context import attach, get_current

        try:
            if span.is_recording():
                self._note_end(span, invocation, response, error)
        finally:
            if get_current() is self._after:
                attach(before)
            span.end()

    def _note_end(self, span: Span, invocation: Invocation, response: Any, error: BaseException | None) -> None:
        from lambda_powertools.opentelemetry._spans import fail

        matched = invocation.state.get(ROUTE_STATE)
        route = matched.get("route") if isinstance(matched, dict) else None
        if self._method is not None and isinstance(route, str) and route:
            span.set_attribute("http.route", route)
            span.update_name(request_name(self._method, route))
        if error is not None:
            fail(span, error)
        elif self._method is not None:
            _note_status(span, status_of(response))


def _note_status(span: Span, status: int | None) -> None:
    from opentelemetry.trace import StatusCode

    if status is None:
        return
    span.set_attribute("http.response.status_code", status)
    if status >= _SERVER_ERROR:
        span.set_attribute("error.type", str(status))
        span.set_status(StatusCode.ERROR)


def _origin(invocation: Invocation, event: Description) -> tuple[Context, list[Link]]:
    """Return the context that the span belongs below, and what it is linked with.

    An invocation is a tree of its own: what the calling thread or task has open has no part in it. The caller's headers
    count more than what Lambda says, of which a link is left then. A message is linked, and also the parent if it is
    the only one and nothing else is known.
    """
    from lambda_powertools.opentelemetry.propagation import extract, lambda_parent
    from opentelemetry.context import Context
    from opentelemetry.trace import Link, get_current_span

    linked = [get_current_span(extract(carrier)).get_span_context() for carrier in event.links]
    linked = [one for one in linked if one.is_valid]
    parent = extract(event.carrier) if event.carrier else Context()
    service = lambda_parent(invocation.trace_header, Context())
    if not get_current_span(parent).get_span_context().is_valid:
        parent = lambda_parent(invocation.trace_header, parent)
        if len(event.links) == 1 and not get_current_span(parent).get_span_context().is_valid:
            parent = extract(event.links[0])
    else:
        of_service = get_current_span(service).get_span_context()
        if of_service.is_valid and of_service.trace_id != get_current_span(parent).get_span_context().trace_id:
            linked.append(of_service)
    return parent, [Link(one) for one in linked]


def _faas_attributes(invocation: Invocation) -> dict[str, Any]:
    """Return what is said of every invocation.

    Reference: https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/
    """
    found: dict[str, Any] = {"faas.coldstart": invocation.cold_start}
    if invocation.request_id:
        found["faas.invocation_id"] = invocation.request_id
    arn = getattr(invocation.lambda_context, "invoked_function_arn", None)
    parts = arn.split(":") if isinstance(arn, str) else []
    if len(parts) in {_ARN_PARTS, _QUALIFIED_ARN_PARTS} and parts[0] == "arn":
        found["aws.lambda.invoked_arn"] = arn
        found["cloud.account.id"] = parts[_ACCOUNT]
        found["cloud.resource_id"] = ":".join(parts[:_ARN_PARTS])
    return found


def now() -> int:
    """Return nanoseconds since the epoch."""
    return time.time_ns()
