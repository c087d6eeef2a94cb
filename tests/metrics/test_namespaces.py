import gc
import warnings

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError


def published(documents):
    return {
        (directive["Namespace"], metric["Name"]): document.get("service")
        for document in documents
        for directive in document["_aws"]["CloudWatchMetrics"]
        for metric in directive["Metrics"]
    }


@pytest.mark.parametrize("create", [Metrics, EphemeralMetrics])
def test_parameters_win_over_the_environment_read_at_construction(monkeypatch, emf, create):
    """MET-2: parameter, then variable; what the variable becomes later is no matter."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Env")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "env-service")
    given, found = create(namespace="Given", service="given-service"), create()
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Later")

    assert (given.namespace, given.service) == ("Given", "given-service")
    assert (found.namespace, found.service) == ("Env", "env-service")


def test_there_is_no_undefined_service(emf):
    """MET-2: without a service there is no such dimension."""
    metrics = EphemeralMetrics(namespace="Shop")
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert "service" not in emf()[0]


def test_namespace_and_service_may_be_assigned(emf):
    """MET-3: assignment reaches the provider, and holds for what was recorded before."""
    metrics = Metrics()
    metrics.add_metric("a", "Count", 1)
    metrics.namespace, metrics.service = "Shop", "orders"
    metrics.flush_metrics()

    assert metrics.provider.namespace == "Shop"
    assert published(emf()) == {("Shop", "a"): "orders"}


def test_a_namespace_assigned_to_the_recording_instance_wins(emf):
    """MET-3: the instance's namespace when it flushes is the one that counts."""
    metrics = Metrics(namespace="Old")
    metrics.add_metric("a", "Count", 1)
    metrics.namespace = "New"
    metrics.flush_metrics()

    assert published(emf()) == {("New", "a"): None}


def test_an_instance_without_namespace_and_service_uses_those_of_the_first(emf):
    """MET-3 [beat]: what one instance does not know, it takes from the first that does."""
    first = Metrics(namespace="Shop", service="orders")
    second = Metrics()
    second.add_metric("a", "Count", 1)
    second.flush_metrics()

    assert (second.namespace, second.service) == (first.namespace, first.service)
    assert published(emf()) == {("Shop", "a"): "orders"}


def test_without_any_namespace_it_is_an_error():
    """MET-2: an instance that is gone lends nothing."""
    Metrics(namespace="Gone")
    metrics = Metrics()
    metrics.add_metric("a", "Count", 1)

    with pytest.raises(SchemaValidationError, match="namespace"):
        metrics.flush_metrics()


def test_two_namespaces_are_a_warning_and_never_mix(emf):
    """MET-3 [beat]: one warning names both; each metric is written under the namespace it was recorded with."""
    shop = Metrics(namespace="Shop", service="orders")
    with pytest.warns(PowertoolsUserWarning, match=r"'Shop' and 'Stock'.*EphemeralMetrics") as caught:
        stock = Metrics(namespace="Stock", service="stock")
    shop.add_metric("a", "Count", 1)
    stock.add_metric("a", "Count", 2)
    stock.add_metric("b", "Count", 3, dimensions={"route": "/x"})
    shop.add_metric("c", "Count", 4, dimensions={"route": "/x"})
    stock.flush_metrics()

    documents = emf()
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert len(documents) == 4
    assert published(documents) == {
        ("Shop", "a"): "orders",
        ("Stock", "a"): "stock",
        ("Stock", "b"): "stock",
        ("Shop", "c"): "orders",
    }


def test_a_foreign_namespace_spills_nothing_into_the_first(emf):
    """MET-3: a hundred metrics of one namespace do not drag those of the other along."""
    shop = Metrics(namespace="Shop")
    with pytest.warns(PowertoolsUserWarning, match="'Shop' and 'Stock'"):
        stock = Metrics(namespace="Stock")
    shop.add_metric("a", "Count", 1)
    for number in range(150):
        stock.add_metric(f"m{number}", "Count", 1)
    shop.flush_metrics()

    documents = emf()
    assert len(documents) == 3
    assert {namespace for namespace, name in published(documents) if name.startswith("m")} == {"Stock"}


def test_the_same_namespace_twice_is_no_warning():
    """MET-3: only different namespaces are in conflict, and only given ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        instances = [Metrics(namespace="Shop"), Metrics(namespace="Shop"), Metrics()]

    assert {instance.namespace for instance in instances} == {"Shop"}


def test_an_instance_no_longer_in_use_is_no_conflict():
    """MET-3: one that only waits for the garbage collector is not warned of."""
    gc.disable()
    try:
        circle = [Metrics(namespace="Gone")]
        circle.append(circle)
        del circle
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            Metrics(namespace="Shop")
    finally:
        gc.enable()


def test_sets_and_timestamp_are_shared_too(emf):
    """MET-5 [beat]: a flush through another instance keeps additional sets and the timestamp."""
    import time

    one, other = Metrics(namespace="Shop"), Metrics(namespace="Shop")
    one.add_dimensions(route="/x")
    one.set_timestamp(past := time.time_ns() // 1_000_000 - 60_000)
    one.add_metric("a", "Count", 1)
    other.flush_metrics()

    (document,) = emf()
    assert document["_aws"]["Timestamp"] == past
    assert document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [[], ["route"]]


def test_a_provider_gets_every_call_by_name():
    """MET-4: any object with the methods of a provider serves, and no shared data is used."""

    class Recording:
        def __init__(self):
            self.calls = []
            self.metric_set = {"own": 1}

        def __getattr__(self, name):
            return lambda **arguments: self.calls.append((name, arguments))

    provider = Recording()
    metrics = Metrics(provider=provider)
    metrics.add_metric("a", "Count", 1)
    metrics.add_metric("a", "Count", 1, dimensions={"d": "v"})
    metrics.add_dimension("d", "v")
    metrics.add_dimensions(e="v")
    metrics.add_metadata("k", 1)
    metrics.set_timestamp(5)
    metrics.set_default_dimensions(f="v")
    metrics.clear_default_dimensions()
    metrics.serialize_metric_set()
    metrics.flush_metrics(raise_on_empty_metrics=True)
    metrics.clear_metrics()
    metrics.log_metrics(len, custom=1)

    common = {"name": "a", "unit": "Count", "value": 1, "resolution": 60}
    assert provider.calls == [
        ("add_metric", common),
        ("add_metric", {**common, "dimensions": {"d": "v"}}),
        ("add_dimension", {"name": "d", "value": "v"}),
        ("add_dimensions", {"e": "v"}),
        ("add_metadata", {"key": "k", "value": 1}),
        ("set_timestamp", {"timestamp": 5}),
        ("set_default_dimensions", {"f": "v"}),
        ("clear_default_dimensions", {}),
        ("serialize_metric_set", {"metrics": None, "dimensions": None, "metadata": None}),
        ("flush_metrics", {"raise_on_empty_metrics": True}),
        ("clear_metrics", {}),
        (
            "log_metrics",
            {
                "lambda_handler": len,
                "capture_cold_start_metric": False,
                "raise_on_empty_metrics": False,
                "default_dimensions": None,
                "custom": 1,
            },
        ),
    ]
    assert metrics.metric_set == {"own": 1}
    assert metrics.provider is provider
    assert Metrics().metric_set == {}
