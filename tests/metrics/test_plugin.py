import contextlib
import gc
import warnings
from types import SimpleNamespace
from typing import ClassVar

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, powertools
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError
from lambda_powertools.metrics.plugin import MetricsPlugin
from lambda_powertools.metrics.provider.datadog import DatadogMetrics


@pytest.fixture
def registry():
    # A decorated handler and its plugins make a circle: without this its Metrics would lend this test a namespace.
    gc.collect()
    registry = Registry()
    registry.register(MetricsPlugin)
    return registry


def names(documents):
    return [
        [metric["Name"] for metric in document["_aws"]["CloudWatchMetrics"][0]["Metrics"]] for document in documents
    ]


def test_without_options_the_shared_metrics_are_written(registry, emf, context):
    """Plugin: the handler's author wires nothing; namespace and service are those of the Metrics in use."""
    metrics = Metrics(namespace="Shop", service="orders")

    @powertools(registry=registry)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        return "done"

    assert handler({}, context) == "done"
    handler({}, context)

    documents = emf()
    assert names(documents) == [["ColdStart"], ["a"], ["a"]]
    assert documents[0]["function_name"] == "orders-function"
    assert {document["_aws"]["CloudWatchMetrics"][0]["Namespace"] for document in documents} == {"Shop"}
    assert {document["service"] for document in documents} == {"orders"}


def test_the_metrics_in_use_know_better_than_the_environment(registry, emf, context, monkeypatch):
    """Plugin: an instance that was given a service keeps it, though the environment names another."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Env")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "env-service")
    metrics = Metrics(namespace="Shop", service="orders")

    @powertools(registry=registry, metrics={"capture_cold_start_metric": False})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    (document,) = emf()
    assert document["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Shop"
    assert document["service"] == "orders"


def test_the_service_of_the_decorator_serves_where_nothing_else_is_known(registry, emf, context):
    """Plugin: @powertools(service=…) is the dimension of an instance without a service."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, service="orders")
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert [document["service"] for document in emf()] == ["orders", "orders"]


def test_the_environment_alone_is_enough(registry, emf, context, monkeypatch):
    """Plugin: namespace and service of the environment, read at decoration."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Env")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "env-service")

    @powertools(registry=registry)
    def handler(event, context):
        Metrics().add_metric("a", "Count", 1)

    handler({}, context)

    documents = emf()
    assert names(documents) == [["ColdStart"], ["a"]]
    assert [document["service"] for document in documents] == ["env-service", "env-service"]


def test_an_instance_without_a_namespace_may_spill_under_the_plugins(registry, emf, context):
    """Plugin: within an invocation, instances that lack a namespace use the one that the decorator names."""
    metrics = Metrics()

    @powertools(registry=registry, service="orders", metrics={"namespace": "Shop"})
    def handler(event, context):
        for number in range(101):
            metrics.add_metric(f"m{number}", "Count", 1)
        assert (metrics.namespace, metrics.service) == ("Shop", "orders")

    handler({}, context)

    assert metrics.namespace is None
    assert [len(some) for some in names(emf())] == [1, 100, 1]


def test_options_configure_what_is_written(registry, emf, context):
    """Plugin: namespace, service, function name and default dimensions."""

    @powertools(
        registry=registry,
        metrics={
            "namespace": "Shop",
            "service": "orders",
            "function_name": "given",
            "default_dimensions": {"stage": "test"},
        },
    )
    def handler(event, context):
        Metrics().add_metric("a", "Count", 1)

    handler({}, context)

    cold_start, document = emf()
    assert (cold_start["function_name"], cold_start["service"]) == ("given", "orders")
    assert document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage", "service"]]


def test_nothing_is_said_where_nothing_is_recorded(registry, emf, context, capsys):
    """Plugin: a function without metrics sees no warning, no line and no failure, whatever its context."""

    @powertools(registry=registry)
    def handler(event, context):
        return event

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for given in (None, context, {}):
            assert handler(1, given) == 1

    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize(("namespace", "context_name"), [("Shop", None), (None, "orders-function")])
def test_the_cold_start_is_left_where_something_it_takes_is_unknown(registry, capsys, namespace, context_name):
    """Plugin: on by default only where namespace and function name are known."""
    options = {"namespace": namespace} if namespace else True

    @powertools(registry=registry, metrics=options)
    def handler(event, context): ...

    handler({}, SimpleNamespace(function_name=context_name))

    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_a_cold_start_that_was_asked_for_and_fails_is_reported(registry, capsys):
    """Plugin: the handler runs, its metrics are written, the failure is on stderr."""
    metrics = EphemeralMetrics(namespace="Shop")

    @powertools(registry=registry, metrics={"instance": metrics, "capture_cold_start_metric": True})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        return "done"

    assert handler({}, None) == "done"
    captured = capsys.readouterr()
    assert '"a":[1.0]' in captured.out
    assert "ColdStart needs the name of the function" in captured.err


@pytest.mark.parametrize("option", [None, "instance", "provider"])
@pytest.mark.parametrize("listed", [False, True])
def test_an_instance_is_given_as_value_option_or_list(registry, emf, context, option, listed):
    """Plugin: the shorthand takes what the options take."""
    metrics = EphemeralMetrics(namespace="Shop")
    value = [metrics] if listed else metrics

    @powertools(registry=registry, metrics={option: value} if option else value)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"]]


def test_several_instances_are_all_flushed_with_one_cold_start(registry, context, capsys):
    """Plugin: CloudWatch and Datadog side by side."""
    own, datadog = EphemeralMetrics(namespace="Shop"), DatadogMetrics(namespace="shop", flush_to_log=True)

    @powertools(registry=registry, metrics=[own, datadog, Metrics(namespace="Stock")])
    def handler(event, context):
        own.add_metric("a", "Count", 1)
        datadog.add_metric("b", 1)
        Metrics().add_metric("c", "Count", 1)

    handler({}, context)

    lines = capsys.readouterr().out.splitlines()
    assert [name for line in lines for name in ("ColdStart", '"a":', '"m":"shop.b"', '"c":') if name in line] == [
        "ColdStart",
        '"a":',
        '"m":"shop.b"',
        '"c":',
    ]


def test_a_provider_of_any_kind_is_flushed(registry, context):
    """MET-4, MET-71: an object with flush_metrics is enough."""
    flushed = []
    provider = SimpleNamespace(flush_metrics=lambda **arguments: flushed.append(arguments))

    @powertools(registry=registry, metrics=provider)
    def handler(event, context): ...

    handler({}, context)

    assert flushed == [{"raise_on_empty_metrics": False}]


@pytest.mark.parametrize("value", [5, "Shop", [Metrics, 5]], ids=repr)
def test_what_cannot_be_flushed_is_an_error_at_decoration(registry, value):
    """Plugin: one clear error that names the value."""
    with pytest.raises(PluginOptionsError, match="no flush_metrics"):
        powertools(registry=registry, metrics=value)(lambda event, context: None)


def test_default_dimensions_for_a_provider_without_them_are_an_error_at_decoration(registry):
    """Plugin: Datadog has tags, not dimensions."""
    with pytest.raises(PluginOptionsError, match="DatadogMetrics has no set_default_dimensions"):
        powertools(registry=registry, metrics={"instance": DatadogMetrics(), "default_dimensions": {"d": "v"}})(print)


def test_an_unknown_option_is_an_error_at_decoration(registry):
    """Plugin: with what was probably meant."""
    with pytest.raises(PluginOptionsError, match="namspace.*namespace"):
        powertools(registry=registry, metrics={"namspace": "Shop"})(lambda event, context: None)


def test_the_error_of_the_handler_goes_on_and_its_metrics_are_written(registry, emf, context):
    """Plugin: on_error flushes once."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, metrics={"capture_cold_start_metric": False})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        raise KeyError("payment")

    with pytest.raises(KeyError, match="payment"):
        handler({}, context)

    assert names(emf()) == [["a"]]


@pytest.mark.parametrize("fails", [False, True])
def test_metrics_that_cannot_be_written_never_change_the_outcome(registry, context, capsys, fails):
    """Plugin: the failure is on stderr, the response or error of the handler is what leaves; nothing stays behind."""
    metrics = EphemeralMetrics()

    @powertools(registry=registry, metrics=metrics)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        if fails:
            raise KeyError("payment")
        return "done"

    if fails:
        with pytest.raises(KeyError, match="payment"):
            handler({}, context)
    else:
        assert handler({}, context) == "done"

    assert "Must contain a metric namespace" in capsys.readouterr().err
    assert metrics.metric_set == {}


def test_an_invocation_without_metrics_is_an_error_on_request(registry, context):
    """Plugin: raise_on_empty_metrics fails an invocation that succeeded, and only that."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, metrics={"raise_on_empty_metrics": True})
    def handler(event, context):
        if event == "fail":
            raise KeyError("payment")
        if event == "record":
            metrics.add_metric("a", "Count", 1)
        return event

    with pytest.raises(SchemaValidationError, match="Must contain at least one metric"):
        handler("nothing", context)
    with pytest.raises(KeyError):
        handler("fail", context)
    assert handler("record", context) == "record"


def test_metrics_written_by_a_decorator_are_not_missing(registry, emf, context):
    """Plugin: where log_metrics has flushed already, the plugin finds nothing, and that is no error; one cold start."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, metrics={"raise_on_empty_metrics": True})
    @metrics.log_metrics(capture_cold_start_metric=True)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)
    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"], ["a"]]


def test_dimensions_of_an_invocation_without_metrics_do_not_stay(registry, emf, context):
    """T-1: also where the plugin is silent."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry, metrics={"capture_cold_start_metric": False})
    def handler(event, context):
        if event:
            metrics.add_dimension("d", "v")
        else:
            metrics.add_metric("a", "Count", 1)

    handler(True, context)
    handler(False, context)

    assert "d" not in emf()[0]


def test_what_was_recorded_at_import_goes_out_with_the_first_invocation(registry, emf, context):
    """Plugin: the data of import time is the first invocation's."""
    metrics = Metrics(namespace="Shop")
    metrics.add_metric("imported", "Count", 1)

    @powertools(registry=registry, metrics={"capture_cold_start_metric": False})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)
    handler({}, context)

    assert names(emf()) == [["imported", "a"], ["a"]]


def test_an_async_handler_is_flushed_when_it_has_finished(registry, emf, context):
    """Plugin: the same hooks."""
    metrics = Metrics(namespace="Shop")

    @powertools(registry=registry)
    async def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["a"]]


def test_metrics_of_plugins_further_in_are_written_too(registry, emf, context):
    """Plugin: inside tracer, outside of everything that shapes events."""

    class Inner(Plugin[None]):
        name = "inner"
        order = 300

        @hookimpl
        def before_invoke(self, invocation):
            metrics.add_metric("before", "Count", 1)

        @hookimpl
        def after_invoke(self, invocation):
            metrics.add_metric("after", "Count", 1)

    metrics = Metrics(namespace="Shop")
    registry.register(Inner)

    @powertools(registry=registry)
    def handler(event, context): ...

    handler({}, context)

    assert names(emf()) == [["ColdStart"], ["before", "after"]]
    assert (MetricsPlugin.order, MetricsPlugin.on_failure) == (30, "warn")


def test_disabled_metrics_write_nothing_through_the_plugin(registry, emf, context, monkeypatch):
    """MET-39: neither metrics nor cold start, and an empty set is no error."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    metrics = Metrics()

    @powertools(registry=registry, metrics={"raise_on_empty_metrics": True, "namespace": "Shop"})
    def handler(event, context):
        if event:
            metrics.add_metric("a", "Count", 1)

    handler(True, context)
    handler(False, context)

    assert emf() == []
    assert metrics.metric_set == {}


class Router(Plugin[None]):
    """What routes requests, and says where to."""

    name = "router"
    order = 900
    matched: ClassVar = {"route": "/users/{id}", "method": "GET"}

    @hookimpl
    def before_invoke(self, invocation):
        invocation.state["event_handler"] = type(self).matched


@pytest.mark.parametrize("fails", [False, True], ids=["success", "failure"])
def test_the_route_is_a_dimension_on_request(registry, emf, context, fails):
    """Plugin: with `route_dimension`, the route of the request is a dimension of its metrics, whatever the end."""
    registry.register(Router)
    metrics = EphemeralMetrics(namespace="Shop")

    @powertools(registry=registry, metrics={"instance": metrics, "route_dimension": "route"})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)
        if fails:
            raise ValueError

    with pytest.raises(ValueError) if fails else contextlib.nullcontext():
        handler({}, context)

    document = emf()[-1]
    assert document["route"] == "/users/{id}"
    assert document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["route"]]


@pytest.mark.parametrize("matched", [None, {}, {"route": None}, {"route": 7}, "/users"], ids=repr)
def test_without_a_route_there_is_no_dimension(registry, emf, context, matched, monkeypatch):
    """Plugin: a request that was routed nowhere, or a plugin that says something else there, adds no dimension."""
    monkeypatch.setattr(Router, "matched", matched)
    registry.register(Router)
    metrics = EphemeralMetrics(namespace="Shop")

    @powertools(registry=registry, metrics={"instance": metrics, "route_dimension": "route"})
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert "route" not in emf()[-1]
