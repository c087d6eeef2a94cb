"""Contexts that come in with a request and go out with the next one: W3C trace context, baggage, and X-Ray's header.

References: https://www.w3.org/TR/trace-context/, https://www.w3.org/TR/baggage/,
https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry._settings import PROPAGATORS
from lambda_powertools.opentelemetry._xray import HEADER, format_header, parse_header

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from opentelemetry.context import Context
    from opentelemetry.propagators.textmap import TextMapPropagator

DEFAULT_PROPAGATORS = "tracecontext,baggage,xray"


def extract(carrier: Mapping[str, str], context: Context | None = None) -> Context:
    """Return a context with what the headers of a request or a message say.

    Of several forms that a trace is named in, W3C's counts. Headers that say nothing, or nonsense, change nothing.

    Args:
        carrier: headers by name, in any case.
        context: the context to add to, an empty one by default.

    Example:
        >>> from opentelemetry import trace
        >>> header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        >>> span = trace.get_current_span(extract({"traceparent": header}))
        >>> f"{span.get_span_context().trace_id:032x}"
        '0af7651916cd43dd8448eb211c80319c'
    """
    from opentelemetry.context import Context

    found = Context() if context is None else context
    headers = {name.lower(): value for name, value in carrier.items()}
    names = propagator_names()
    if HEADER.lower() in headers and not names.isdisjoint({"xray", "xray-lambda"}):
        found = with_header(headers[HEADER.lower()], found)
    for propagator in _propagators():
        found = propagator.extract(headers, found)
    return found


def inject(carrier: MutableMapping[str, str] | None = None, context: Context | None = None) -> MutableMapping[str, str]:
    """Add the current span to the headers of an outgoing request, and return them.

    Args:
        carrier: headers to add to, new ones by default.
        context: the context to take the span from, the current one by default.

    Example:
        >>> inject({"content-type": "application/json"})  # no span is open
        {'content-type': 'application/json'}
    """
    headers: MutableMapping[str, str] = {} if carrier is None else carrier
    if "opentelemetry.trace" not in sys.modules:  # so there can be no span
        return headers
    from opentelemetry.trace import get_current_span

    span = get_current_span(context).get_span_context()
    for propagator in _propagators():
        propagator.inject(headers, context)
    if span.is_valid and not propagator_names().isdisjoint({"xray", "xray-lambda"}):
        headers[HEADER] = format_header(span.trace_id, span.span_id, sampled=span.trace_flags.sampled)
    return headers


def inject_message_attributes(
    attributes: dict[str, Any] | None = None, context: Context | None = None
) -> dict[str, Any]:
    """Add the current span to the `MessageAttributes` of a message for SQS or SNS, and return them.

    X-Ray's header is left to the SDK and to SQS itself, which carry it apart. SQS takes ten attributes of a message.

    Args:
        attributes: attributes to add to, new ones by default.
        context: the context to take the span from, the current one by default.

    Example:
        >>> inject_message_attributes({"kind": {"DataType": "String", "StringValue": "order"}})  # no span is open
        {'kind': {'DataType': 'String', 'StringValue': 'order'}}
    """
    found: dict[str, Any] = {} if attributes is None else attributes
    for name, value in inject(None, context).items():
        if name != HEADER:
            found[name] = {"DataType": "String", "StringValue": value}
    return found


def propagator_names() -> frozenset[str]:
    """Return the names of the propagators that `OTEL_PROPAGATORS` asks for."""
    names = (PROPAGATORS.resolve() or DEFAULT_PROPAGATORS).split(",")
    return frozenset(name for name in (part.strip() for part in names) if name and name != "none")


def with_header(header: str | None, context: Context, *, only_sampled: bool = False) -> Context:
    """Return the context with the parent that an X-Ray header names; unchanged where there is none."""
    parsed = parse_header(header)
    if parsed is None or (only_sampled and not parsed.sampled):
        return context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    flags = TraceFlags(TraceFlags.SAMPLED if parsed.sampled else TraceFlags.DEFAULT)
    span = SpanContext(parsed.trace_id, parsed.span_id, is_remote=True, trace_flags=flags)
    return set_span_in_context(NonRecordingSpan(span), context)


def lambda_parent(header: str | None, context: Context) -> Context:
    """Return the context with the parent that Lambda names for the invocation.

    A header that says not sampled is only heeded when `OTEL_PROPAGATORS` asks for `xray-lambda`: Lambda sends it for
    every invocation of a function for which X-Ray is off.
    """
    names = propagator_names()
    if "xray-lambda" in names:
        return with_header(header, context)
    return with_header(header, context, only_sampled=True) if "xray" in names else context


def _propagators() -> tuple[TextMapPropagator, ...]:
    return _load(propagator_names())


@functools.lru_cache(8)
def _load(names: frozenset[str]) -> tuple[TextMapPropagator, ...]:
    from opentelemetry.baggage.propagation import W3CBaggagePropagator
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    known = {"baggage": W3CBaggagePropagator, "tracecontext": TraceContextTextMapPropagator}
    further = sorted(names - known.keys() - {"xray", "xray-lambda"})
    found: list[TextMapPropagator] = [_installed(name) for name in further]
    return (*found, *(known[name]() for name in known if name in names))


def _installed(name: str) -> TextMapPropagator:
    from importlib.metadata import entry_points

    from lambda_powertools.opentelemetry.exceptions import ComponentMissingError

    for entry in entry_points(group="opentelemetry_propagator", name=name):
        propagator: TextMapPropagator = entry.load()()
        return propagator
    raise ComponentMissingError(
        f"OTEL_PROPAGATORS asks for {name!r}, which nothing installed provides; without installation there are "
        "tracecontext, baggage, xray, xray-lambda and none"
    )
