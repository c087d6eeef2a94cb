import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError


@pytest.fixture(params=[EphemeralMetrics, Metrics], ids=["ephemeral", "shared"])
def metrics(request):
    return request.param(namespace="Shop", service="orders")


def by_dimensions(documents):
    """Return the members of each document that are neither the format's nor dimensions, by its dimensions."""
    found = {}
    for document in documents:
        (directive,) = document["_aws"]["CloudWatchMetrics"]
        names = {name for some in directive["Dimensions"] for name in some}
        key = tuple(sorted((name, document[name]) for name in names if name != "service"))
        assert key not in found, f"two objects for {key}"
        found[key] = {name: value for name, value in document.items() if name != "_aws" and name not in names}
    return found


def test_values_with_the_same_dimensions_share_one_object(metrics, emf):
    """One object for each distinct set, in whatever order its names were given; the plain metrics apart."""
    metrics.add_metric("plain", "Count", 1)
    for number in range(3):
        metrics.add_metric("Latency", "Milliseconds", number, dimensions={"route": "/x", "method": "GET"})
    metrics.add_metric("Errors", "Count", 1, dimensions={"method": "GET", "route": "/x"})
    metrics.add_metric("Latency", "Milliseconds", 9, dimensions={"route": "/y"})
    metrics.flush_metrics()

    assert by_dimensions(emf()) == {
        (): {"plain": [1.0]},
        (("method", "GET"), ("route", "/x")): {"Latency": [0.0, 1.0, 2.0], "Errors": [1.0]},
        (("route", "/y"),): {"Latency": [9.0]},
    }


def test_defaults_and_service_apply_and_added_dimensions_do_not(metrics, emf):
    """Own dimensions stand instead of those of add_dimension and add_dimensions, over the defaults; metadata stays."""
    metrics.set_default_dimensions(stage=1, region="eu")
    metrics.add_dimension("tenant", "a")
    metrics.add_dimensions(shop="north")
    metrics.add_metadata("k", "v")
    metrics.add_metric("a", "Count", 1, dimensions={"region": "us", "route": 5})
    metrics.flush_metrics()

    (document,) = emf()
    assert document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage", "region", "route", "service"]]
    del document["_aws"]
    assert document == {
        "stage": "1",
        "region": "us",
        "route": "5",
        "service": "orders",
        "k": "v",
        "a": [1.0],
    }


def test_sets_that_come_to_the_same_dimensions_share_one_object(metrics, emf):
    """Own dimensions that equal those of the plain metrics make no object of their own."""
    metrics.set_default_dimensions(stage="test")
    metrics.add_dimension("route", "/x")
    metrics.add_metric("a", "Count", 1)
    metrics.add_metric("a", "Count", 2, dimensions={"route": "/x"})
    metrics.add_metric("b", "Count", 3, dimensions={"route": "/x", "stage": "test"})
    metrics.flush_metrics()

    assert by_dimensions(emf()) == {(("route", "/x"), ("stage", "test")): {"a": [1.0, 2.0], "b": [3.0]}}


def test_an_additional_set_keeps_the_plain_metrics_apart(metrics, emf):
    """The same primary dimensions are not the same when the plain metrics have further sets."""
    metrics.add_dimensions(region="eu")
    metrics.add_metric("a", "Count", 1)
    metrics.add_metric("a", "Count", 2, dimensions={})
    metrics.flush_metrics()

    documents = emf()
    assert [document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] for document in documents] == [
        [["service"], ["region"]],
        [["service"]],
    ]
    assert [document["a"] for document in documents] == [[1.0], [2.0]]


@pytest.mark.parametrize(("names", "values", "objects"), [(150, 1, 2), (1, 250, 3), (100, 100, 1), (120, 150, 3)])
def test_no_more_objects_than_the_limits_ask_for(metrics, emf, names, values, objects):
    """100 metrics and 100 values a metric: everything is written once, in as few objects as can hold it."""
    for name in range(names):
        for value in range(values):
            metrics.add_metric(f"m{name}", "Count", value, dimensions={"route": "/x"})
    assert emf() == []
    metrics.flush_metrics()

    documents = emf()
    assert len(documents) == objects
    for name in range(names):
        written = sorted(value for document in documents for value in document.get(f"m{name}", []))
        assert written == [float(value) for value in range(values)]


def test_unit_and_resolution_are_those_of_the_last_value(metrics, emf):
    """As for plain metrics."""
    metrics.add_metric("a", "Seconds", 1, dimensions={"d": "v"})
    metrics.add_metric("a", "Milliseconds", 2, 1, dimensions={"d": "v"})
    metrics.flush_metrics()

    assert emf()[0]["_aws"]["CloudWatchMetrics"][0]["Metrics"] == [
        {"Name": "a", "Unit": "Milliseconds", "StorageResolution": 1}
    ]


def test_blank_own_dimensions_are_left_out_with_a_warning(metrics, emf):
    """As for add_dimension; the metric is written with what remains."""
    with pytest.warns(PowertoolsUserWarning, match="won't be added") as caught:
        metrics.add_metric("a", "Count", 1, dimensions={"d": "", "e": "v"})
    metrics.flush_metrics()

    assert caught[0].filename == __file__
    assert emf()[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["e", "service"]]


def test_too_many_own_dimensions_are_an_error_and_nothing_is_recorded(metrics):
    """29 names, defaults and service included."""
    metrics.set_default_dimensions(stage="test")
    metrics.add_metric("a", "Count", 1, dimensions={f"d{number}": "v" for number in range(27)})

    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.add_metric("b", "Count", 1, dimensions={f"d{number}": "v" for number in range(28)})

    provider = getattr(metrics, "provider", metrics)
    assert [list(group.metric_set) for group in provider.metric_groups] == [["a"]]
    assert metrics.metric_set == {}


def test_one_group_that_cannot_be_written_does_not_cost_the_others(emf):
    """What can be written is, then the error is raised, and nothing is left."""
    metrics = EphemeralMetrics(namespace="Shop")
    metrics.add_metric("own", "Count", 1, dimensions={"d": "v"})
    metrics.add_metric("plain", "Count", 1)
    for number in range(29):
        metrics.add_dimension(f"d{number}", "v")
    metrics.service = "orders"
    with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
        metrics.flush_metrics()

    assert [document["own"] for document in emf()] == [[1.0]]
    assert metrics.metric_groups == []
    assert metrics.metric_set == {}


def test_all_documents_can_be_looked_at_before_the_flush(emf):
    """serialize_metric_groups returns what a flush would write, and changes nothing."""
    import time

    metrics = EphemeralMetrics(namespace="Shop")
    metrics.set_timestamp(time.time_ns() // 1_000_000)
    metrics.add_metric("a", "Count", 1)
    metrics.add_metric("a", "Count", 2, dimensions={"d": "v"})
    documents = metrics.serialize_metric_groups()
    metrics.flush_metrics()

    assert emf() == documents
    assert [document["a"] for document in documents] == [[1.0], [2.0]]
    metrics.namespace = None
    metrics.add_metric("a", "Count", 1)
    with pytest.raises(SchemaValidationError, match="namespace"):
        metrics.serialize_metric_groups()


def test_an_invocation_with_own_dimensions_only_is_not_empty(metrics, emf):
    """raise_on_empty_metrics and the warning count every metric."""
    metrics.add_metric("a", "Count", 1, dimensions={"d": "v"})
    metrics.flush_metrics(raise_on_empty_metrics=True)

    assert len(emf()) == 1
