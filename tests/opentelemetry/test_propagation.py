"""Contexts that come in and go out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import powertools
from lambda_powertools.opentelemetry import extract, inject, inject_message_attributes
from lambda_powertools.opentelemetry._xray import format_header, parse_header

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TRACEPARENT = f"00-{TRACE}-{PARENT}-01"
XRAY_TRACE, XRAY_PARENT = "5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8"
ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793"
HEADER = f"{ROOT};Parent={XRAY_PARENT};Sampled=1"


@pytest.fixture
def invoke(receiver, provider, registry, monkeypatch):
    """Invokes a handler with headers and the variable of Lambda; returns its span, None if there is none."""

    def run(headers, variable=None):
        if variable is not None:
            monkeypatch.setenv("_X_AMZN_TRACE_ID", variable)

        @powertools(registry=registry, opentelemetry=provider)
        def handler(event, context):
            run.outgoing = inject()
            run.attributes = inject_message_attributes({"own": 1})

        handler({"httpMethod": "GET", "path": "/", "headers": headers}, None)
        return receiver.spans[-1] if receiver.spans else None

    return run


@pytest.mark.parametrize(
    ("headers", "variable", "parent", "links"),
    [
        ({"Traceparent": TRACEPARENT}, None, (TRACE, PARENT), []),
        ({"traceparent": TRACEPARENT}, HEADER, (TRACE, PARENT), [(XRAY_TRACE, XRAY_PARENT)]),
        ({}, HEADER, (XRAY_TRACE, XRAY_PARENT), []),
        ({"X-Amzn-Trace-Id": HEADER}, None, (XRAY_TRACE, XRAY_PARENT), []),
        ({"X-Amzn-Trace-Id": HEADER, "traceparent": TRACEPARENT}, None, (TRACE, PARENT), []),
        ({"traceparent": "nonsense"}, HEADER, (XRAY_TRACE, XRAY_PARENT), []),
        ({}, f"{ROOT};Parent={XRAY_PARENT};Sampled=0", None, []),
        ({"X-Amzn-Trace-Id": ROOT}, None, None, []),
    ],
)
def test_the_parent_is_what_the_caller_says_else_what_lambda_says(invoke, headers, variable, parent, links):
    """An X-Ray header that is not sampled is no parent: Lambda sends it to every function for which X-Ray is off."""
    span = invoke(headers, variable)

    assert span.links == links
    if parent is None:
        assert span.parent_id == ""
        assert span.trace_id not in {TRACE, XRAY_TRACE}
    else:
        assert (span.trace_id, span.parent_id) == parent


def test_a_caller_that_does_not_sample_is_heeded(invoke):
    """By the SDK's default sampler, which follows the parent."""
    assert invoke({"traceparent": f"00-{TRACE}-{PARENT}-00"}) is None


def test_xray_lambda_heeds_the_header_of_lambda_also_when_it_says_no(invoke, monkeypatch):
    """`OTEL_PROPAGATORS=xray-lambda` asks for it."""
    monkeypatch.setenv("OTEL_PROPAGATORS", "tracecontext,xray-lambda")

    assert invoke({}, f"{ROOT};Parent={XRAY_PARENT};Sampled=0") is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (None, {"traceparent", "X-Amzn-Trace-Id"}),
        ("tracecontext", {"traceparent"}),
        ("xray", {"X-Amzn-Trace-Id"}),
        ("none", set()),
    ],
)
def test_outgoing_headers_name_the_current_span(invoke, monkeypatch, names, expected):
    """In the forms that `OTEL_PROPAGATORS` asks for."""
    if names:
        monkeypatch.setenv("OTEL_PROPAGATORS", names)
    span = invoke({})

    assert set(invoke.outgoing) == expected
    assert all(span.span_id in value for value in invoke.outgoing.values())
    assert set(invoke.attributes) == {"own", *(expected & {"traceparent"})}


def test_state_and_baggage_of_the_caller_go_on(invoke):
    """To whom the function calls, unchanged."""
    invoke({"traceparent": TRACEPARENT, "tracestate": "vendor=1", "baggage": "customer=c-42"})

    assert invoke.outgoing["tracestate"] == "vendor=1"
    assert invoke.outgoing["baggage"] == "customer=c-42"
    assert invoke.attributes["baggage"] == {"DataType": "String", "StringValue": "customer=c-42"}


def test_a_propagator_that_is_not_installed_is_named(monkeypatch):
    """With those that need no installation."""
    monkeypatch.setenv("OTEL_PROPAGATORS", "b33")

    with pytest.raises(ImportError, match="asks for 'b33'.*tracecontext, baggage, xray"):
        extract({})


@given(st.text(max_size=80) | st.none() | st.integers())
def test_a_header_of_anything_is_read_or_refused(header):
    """Never an error."""
    parse_header(header)


@given(st.integers(1, (1 << 128) - 1), st.integers(1, (1 << 64) - 1), st.booleans())
def test_a_header_comes_back_as_it_was_written(trace_id, span_id, sampled):
    """For all ids."""
    assert parse_header(format_header(trace_id, span_id, sampled=sampled)) == (trace_id, span_id, sampled)
