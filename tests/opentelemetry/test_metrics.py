"""Metrics by OTLP, through `Metrics` and its plugin."""

from __future__ import annotations

import threading
import time

import pytest

from lambda_powertools.core import powertools
from lambda_powertools.metrics import Metrics, MetricUnit
from lambda_powertools.metrics.plugin import MetricsPlugin
from lambda_powertools.opentelemetry import InstrumentError, OpenTelemetryError, OpenTelemetryMetricsProvider
from lambda_powertools.opentelemetry._units import cloudwatch_unit, ucum_unit
from lambda_powertools.testing import invoke, make_context


@pytest.fixture
def make(receiver):
    """Makes a provider that sends to the receiver."""

    def make_provider(timeout=5, **options):
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter

        from lambda_powertools.opentelemetry._meters import DELTA

        exporter = OTLPMetricExporter(
            endpoint=f"{receiver.url}/v1/metrics", timeout=timeout, preferred_temporality=DELTA
        )
        return OpenTelemetryMetricsProvider(namespace="Shop", service="orders", metric_exporter=exporter, **options)

    return make_provider


def points(receiver):
    """Return the metrics received as (name, unit, kind, points)."""
    return [(metric.name, metric.unit, metric.kind, metric.points) for metric in receiver.metrics]


def test_metrics_of_an_invocation_are_instruments(receiver, make):
    """Counts are counters, anything else histograms; the namespace is the scope, the service of the resource."""
    metrics = Metrics(provider=make())

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("Placed", MetricUnit.Count, 2)
        metrics.add_metric("Placed", MetricUnit.Count, 1)
        metrics.add_metric("Latency", "Milliseconds", 5)
        metrics.add_metric("Latency", "Milliseconds", 2.5)
        metrics.add_dimension("stage", "prod")
        metrics.add_metric("Paid", unit="Count", value=1, dimensions={"method": "card"})

    handler({}, make_context())

    assert points(receiver) == [
        ("placed", "1", "sum", [({"stage": "prod"}, 3, None)]),
        ("latency", "ms", "histogram", [({"stage": "prod"}, 7.5, 2)]),
        ("paid", "1", "sum", [({"method": "card"}, 1, None)]),
    ]
    assert {(metric.scope, metric.resource["service.name"]) for metric in receiver.metrics} == {("Shop", "orders")}
    assert all(metric.is_delta for metric in receiver.metrics)


def test_each_invocation_has_its_own_dimensions(receiver, make):
    """Defaults come back, others do not; a second invocation starts from nothing."""
    provider = make()
    metrics = Metrics(provider=provider)

    @metrics.log_metrics(default_dimensions={"region": "north"})
    def handler(event, context):
        if event:
            metrics.add_dimension("customer", event["customer"])
        metrics.add_metric("Placed", "Count", 1)

    handler({"customer": "c-1"}, make_context())
    handler({}, make_context())

    assert [metric.points[0][0] for metric in receiver.metrics] == [
        {"region": "north", "customer": "c-1"},
        {"region": "north"},
    ]
    assert provider.default_dimensions == {"region": "north"}
    assert not provider.has_metrics


def test_under_both_plugins_spans_and_metrics_are_flushed_together(receiver, make, provider, registry):
    """At the end of the invocation, with the metric of the cold start."""
    registry.register(MetricsPlugin)
    metrics = Metrics(provider=make())

    @powertools(registry=registry, opentelemetry=provider, metrics=metrics)
    def handler(event, context):
        metrics.add_metric("Placed", "Count", 1)

    result = invoke(handler, {}, make_context(function_name="orders"))

    assert result.stdout == ""
    assert [name for name, *_ in points(receiver)] == ["coldstart", "placed"]
    assert points(receiver)[0][3] == [({"faas.name": "orders"}, 1, None)]
    assert len(receiver.spans) == 1


def test_two_hundred_invocations_do_not_share_dimensions(receiver, make):
    """Each in a thread of its own, all at once."""
    metrics = Metrics(provider=make(flush_timeout=30))
    barrier = threading.Barrier(200, timeout=60)

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_dimension("number", str(event))
        barrier.wait()
        metrics.add_metric("Placed", "Count", event)

    threads = [threading.Thread(target=handler, args=(number, make_context(timeout=60))) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    sums = [(point[0]["number"], point[1]) for metric in receiver.metrics for point in metric.points]
    assert sorted(sums, key=lambda pair: int(pair[0])) == [(str(number), number) for number in range(200)]


def test_metrics_that_nobody_takes_are_sent_with_the_next(receiver, make):
    """And the invocation waits no longer than the bound."""
    metrics = Metrics(provider=make(timeout=0.1, flush_timeout=0.5))

    @metrics.log_metrics
    def handler(event, context):
        metrics.add_metric("Placed", "Count", event)
        return "done"

    receiver.status = 500
    begun = time.monotonic()
    assert handler(1, make_context()) == "done"
    assert time.monotonic() - begun < 5
    receiver.status = 200
    handler(2, make_context())
    handler(3, make_context())

    assert [metric.points[0][1] for metric in receiver.metrics] == [1, 2, 3]


def test_temporality_is_what_the_environment_prefers(run_in_lambda, receiver):
    """`OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`; without it each flush stands for itself."""
    code = (
        "from lambda_powertools.metrics import Metrics\n"
        "from lambda_powertools.opentelemetry import OpenTelemetryMetricsProvider\n"
        "metrics = Metrics(provider=OpenTelemetryMetricsProvider())\n"
        "@metrics.log_metrics\n"
        "def handler(event, context): metrics.add_metric('Placed', 'Count', 1)\n"
        "handler({}, None); handler({}, None)\n"
    )
    run_in_lambda(code)
    assert [(metric.is_delta, metric.points[0][1]) for metric in receiver.metrics] == [(True, 1), (True, 1)]

    receiver.metrics.clear()
    run_in_lambda(code, OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE="cumulative")
    assert [(metric.is_delta, metric.points[0][1]) for metric in receiver.metrics] == [(False, 1), (False, 2)]


@pytest.mark.parametrize("variable", ["OTEL_SDK_DISABLED", "POWERTOOLS_METRICS_DISABLED"])
def test_metrics_can_be_switched_off(receiver, make, monkeypatch, variable):
    """By either switch; what was recorded is forgotten."""
    monkeypatch.setenv(variable, "true")
    provider = make()
    provider.add_metric("Placed", "Count", 1)
    provider.flush_metrics()

    assert receiver.requests == []
    assert not provider.has_metrics


def test_plain_metrics_stay_what_they_are(receiver, provider, registry):
    """The embedded metric format is the default, also where this plugin is active."""
    registry.register(MetricsPlugin)
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, opentelemetry=provider)
    def handler(event, context):
        metrics.add_metric("Placed", "Count", 1)

    result = invoke(handler)

    assert any("Placed" in emf for emf in result.metrics)
    assert receiver.metrics == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("", "Count", 1), "name of a metric is a text"),
        (("a" * 256, "Count", 1), "up to 255 characters, not 256"),
        (("a", "Parsecs", 1), "'Parsecs' is no unit of CloudWatch"),
        (("a", "Count", "1"), "'1' is no finite number"),
        (("a", "Seconds", float("inf")), "inf is no finite number"),
        (("a", "Count", -1), "'a' is a counter, which takes no -1"),
    ],
)
def test_a_metric_that_no_instrument_takes_is_one_clear_error(make, arguments, message):
    """Where it is added; nothing of it is kept."""
    provider = make()

    with pytest.raises(InstrumentError, match=message) as caught:
        provider.add_metric(*arguments)
    assert isinstance(caught.value, (OpenTelemetryError, ValueError))
    assert not provider.has_metrics


def test_names_are_made_to_fit(receiver, make):
    """Characters that instruments have not in names become `_`, and the SDK sends them in lower case."""
    provider = make(histograms=["Batch size"])
    provider.add_metric("Order placed!", "Count", 1)
    provider.add_metric("4xx", "Count", 1)
    provider.add_metric("Batch size", "Count", 10)
    provider.flush_metrics()

    assert [(name, kind) for name, _, kind, _ in points(receiver)] == [
        ("order_placed_", "sum"),
        ("m4xx", "sum"),
        ("batch_size", "histogram"),
    ]


@pytest.mark.parametrize("unit", list(MetricUnit))
def test_every_unit_of_cloudwatch_has_a_code(unit):
    """By member, name and value."""
    assert cloudwatch_unit(unit) == cloudwatch_unit(unit.name) == cloudwatch_unit(unit.value) == unit.value
    assert ucum_unit(unit.value)


def test_an_empty_flush_is_an_error_where_it_is_asked_to_be(make):
    """`raise_on_empty_metrics`, as for the other providers."""
    provider = make()
    provider.flush_metrics()

    with pytest.raises(InstrumentError, match="there is no metric"):
        provider.flush_metrics(raise_on_empty_metrics=True)


def test_the_rest_of_metrics_is_there(make):
    """What is recorded can be looked at and forgotten; a timestamp is refused."""
    metrics = Metrics(provider=make())
    metrics.set_default_dimensions(region="north")
    metrics.add_dimensions(stage="prod", shop=1)
    metrics.add_metadata("order", "A-17")
    metrics.add_metric("Placed", "Count", 1)

    assert metrics.metric_set == {"Placed": {"Unit": "Count", "Value": [1]}}
    assert metrics.dimension_set == {"region": "north", "stage": "prod", "shop": "1"}
    assert metrics.metadata_set == {"order": "A-17"}
    assert metrics.serialize_metric_set() == {"dimensions": metrics.dimension_set, "metrics": metrics.metric_set}
    with pytest.raises(InstrumentError, match="takes the time itself"):
        metrics.set_timestamp(1)
    metrics.clear_metrics()
    metrics.clear_default_dimensions()
    assert (metrics.metric_set, metrics.dimension_set) == ({}, {})
