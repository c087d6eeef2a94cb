"""Invocations as spans, received by OTLP over HTTP."""

from __future__ import annotations

import asyncio
import json

import pytest

from lambda_powertools.core import Plugin, hookimpl, powertools
from lambda_powertools.opentelemetry import OpenTelemetryProvider
from lambda_powertools.opentelemetry.plugin import OpenTelemetryOptions
from lambda_powertools.testing import make_context
from lambda_powertools.tracer import Tracer
from lambda_powertools.tracer.plugin import TracerPlugin

HEADER = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"


def test_an_invocation_is_a_span_with_the_attributes_of_its_function(receiver, provider, registry):
    """Request id, cold start, account and ARN are those of the context; the name is the function's."""

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        return "done"

    context = make_context(function_name="orders", request_id="r-1")
    alias = f"{context.invoked_function_arn}:live"
    assert handler({}, context) == "done"
    handler({}, make_context(function_name="orders", invoked_function_arn=alias))

    first, second = receiver.spans
    assert (first.name, first.kind, first.parent_id, first.failed) == ("orders", "SERVER", "", False)
    assert first.attributes == {
        "aws.lambda.invoked_arn": context.invoked_function_arn,
        "cloud.account.id": "123456789012",
        "cloud.resource_id": context.invoked_function_arn,
        "faas.coldstart": True,
        "faas.invocation_id": "r-1",
        "faas.trigger": "other",
    }
    assert second.attributes["faas.coldstart"] is False
    assert (second.attributes["aws.lambda.invoked_arn"], second.attributes["cloud.resource_id"]) == (
        alias,
        context.invoked_function_arn,
    )
    assert first.trace_id != second.trace_id
    assert first.resource["service.name"] == "shop"
    assert first.end > first.start > 0


def test_a_handler_that_fails_is_a_failed_span(receiver, provider, registry):
    """The exception leaves as it was, and is an event of the span."""

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        raise KeyError("order")

    with pytest.raises(KeyError):
        handler({}, None)

    (span,) = receiver.spans
    assert (span.failed, span.status, span.attributes["error.type"]) == (True, "KeyError: 'order'", "KeyError")
    assert span.events["exception"]["exception.type"] == "KeyError"
    assert "raise KeyError" in span.events["exception"]["exception.stacktrace"]


def test_tracers_record_below_the_invocation_wherever_they_were_made(receiver, provider, registry):
    """`@tracer.capture_method` and the notes are unchanged: a tracer without provider records to the plugin's."""
    tracer = Tracer(service="shop")

    @tracer.capture_method
    def price(order):
        tracer.put_annotation("OrderId", order)
        tracer.put_metadata("cart", {"items": [1, 2]})
        return 42

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        tracer.put_annotation("Kind", "retail")
        return price("A-17")

    assert handler({}, make_context(function_name="orders")) == 42

    outer = receiver.named("orders")
    (inner,) = receiver.children(outer)
    assert outer.attributes["Kind"] == "retail"
    assert inner.name.endswith("price")
    assert inner.attributes["OrderId"] == "A-17"
    assert json.loads(inner.attributes["shop.cart"]) == {"items": [1, 2]}
    assert [value for key, value in inner.attributes.items() if key.endswith("price response")] == [42]


def test_the_tracer_plugin_does_not_record_the_invocation_twice(receiver, provider, registry):
    """It stands aside where this plugin records, and only there."""
    registry.register(TracerPlugin)

    @powertools(registry=registry, opentelemetry=provider, tracer=Tracer(disabled=False, auto_patch=False))
    def handler(event, context):
        return 1

    @powertools(registry=registry, opentelemetry=False)
    def other(event, context):
        return 2

    handler({}, make_context(function_name="orders"))
    assert [span.name for span in receiver.spans] == ["orders"]

    other({}, make_context())
    assert [span.name for span in receiver.spans] == ["orders", "## other"]


def test_flush_is_the_last_thing_of_the_invocation(receiver, provider, registry):
    """Spans that other plugins end in their own last hook are sent with it."""
    tracer = Tracer(disabled=False, auto_patch=False)

    class Late(Plugin[None]):
        name = "late"
        order = 2

        @hookimpl
        def after_invoke(self, invocation):
            tracer.capture_method(lambda: None)()

    registry.register(Late)

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        return 1

    handler({}, None)

    assert len(receiver.spans) == 2


def test_an_async_handler_does_not_stop_the_loop_for_its_flush(receiver, provider, registry):
    """Other tasks go on while the spans are on their way."""
    import threading

    receiver.delay = threading.Event()

    @powertools(registry=registry, opentelemetry=provider)
    async def handler(event, context):
        return "done"

    async def main():
        task = asyncio.ensure_future(handler({}, None))
        while not provider.flushers or provider.flushers[0].is_idle:  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.001)
        assert not task.done()
        receiver.delay.set()
        return await task

    assert asyncio.run(main()) == "done"
    assert len(receiver.spans) == 1


def test_an_async_handler_under_lambda_is_flushed(receiver, provider, registry):
    """The runtime calls it synchronously; its response comes after its spans."""

    @powertools(registry=registry, opentelemetry=provider)
    async def handler(event, context):
        await asyncio.sleep(0)
        raise ValueError("no")

    with pytest.raises(ValueError):
        handler({}, None)

    assert receiver.spans[0].failed


def test_middlewares_are_spans_without_a_tracer(receiver, provider, registry, monkeypatch):
    """Core opens its spans on the plugin's provider where no other tracing package is there."""
    from lambda_powertools.core import lambda_handler_decorator, spans

    monkeypatch.setenv("POWERTOOLS_TRACE_MIDDLEWARES", "true")
    spans.register_span_factory(None)

    @lambda_handler_decorator
    def middleware(handler, event, context):
        return handler(event, context)

    @powertools(registry=registry, opentelemetry=provider)
    @middleware
    def handler(event, context):
        return 1

    handler({}, make_context(function_name="orders"))

    (span,) = receiver.children(receiver.named("orders"))
    assert span.name.endswith("middleware")


def test_two_handlers_without_options_share_a_provider(registry, monkeypatch, receiver):
    """It is made once, and is what tracers record to."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url)
    handlers = [powertools(registry=registry)(lambda event, context: 1) for _ in range(2)]

    first, second = (handler.application.plugins["opentelemetry"]._provider for handler in handlers)
    assert first is second
    assert Tracer().provider is first


@pytest.mark.parametrize(
    ("options", "variables"),
    [
        ({}, {}),
        ({"disabled": True}, {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}),
        ({"disabled": False}, {"OTEL_SDK_DISABLED": "TRUE"}),
        ({"disabled": False}, {"POWERTOOLS_TRACE_DISABLED": "true"}),
    ],
)
def test_plugin_stands_aside_where_nothing_is_to_be_recorded(registry, monkeypatch, options, variables):
    """It was not told where spans go, or is switched off by any of its switches."""
    from lambda_powertools.core import spans

    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    @powertools(registry=registry, opentelemetry=options)
    def handler(event, context):
        return 1

    assert handler({}, None) == 1
    assert handler.application.pipeline._steps == ()
    assert spans.tracing_provider() is None


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"provider": 3}, TypeError, "provider is an OpenTelemetryProvider, not int"),
        ({"provider": OpenTelemetryProvider(), "service": "x"}, ValueError, "its own service"),
        ({"flush_timeout": -1}, ValueError, "flush_timeout is a number of seconds, 0 or more, not -1"),
        ({"flush_margin": float("nan")}, ValueError, "flush_margin is a number"),
        ({"tracer_provider": object(), "span_exporter": object()}, ValueError, "give either it or span_exporter"),
    ],
)
def test_options_that_do_not_fit_are_one_clear_error(options, error, message):
    """At decoration time."""
    with pytest.raises(error, match=message):
        OpenTelemetryOptions(**options)


def test_plugin_takes_a_provider_of_the_sdk_as_it_is(registry):
    """`@powertools(opentelemetry=tracer_provider)`: its processors and exporters are the user's."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, own = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    own.add_span_processor(BatchSpanProcessor(exporter))

    @powertools(registry=registry, opentelemetry=own)
    def handler(event, context):
        return 1

    handler({}, make_context(function_name="orders"))

    assert [span.name for span in exporter.get_finished_spans()] == ["orders"]
    own.shutdown()


def test_ids_of_the_invocation_are_there_for_other_plugins(provider, registry, receiver):
    """`invocation.state["opentelemetry"]` tells them, as hexadecimal digits."""
    from lambda_powertools.core import current_invocation

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        telemetry = current_invocation().state["opentelemetry"]
        return telemetry.trace_id, telemetry.span_id

    ids = handler({}, None)

    assert ids == (receiver.spans[0].trace_id, receiver.spans[0].span_id)
