import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.metrics import (
    Metrics,
    MetricUnit,
    MetricUnitError,
    MetricValueError,
    SchemaValidationError,
    single_metric,
)


def test_one_metric_is_written_with_its_own_dimensions_when_the_block_ends(emf):
    """MET-60, MET-61: independent of Metrics, defaults included; further metrics are ignored."""
    shared = Metrics(namespace="Shop")
    shared.set_default_dimensions(stage="test")
    shared.add_metric("other", "Count", 1)
    with single_metric(name="a", unit=MetricUnit.Count, value=1, resolution=1, namespace="Shop") as metric:
        metric.add_dimension("route", "/x")
        metric.add_metadata("k", 1)
        metric.add_metric("ignored", "Count", 1)

    (document,) = emf()
    assert document["_aws"]["CloudWatchMetrics"] == [
        {
            "Namespace": "Shop",
            "Dimensions": [["route"]],
            "Metrics": [{"Name": "a", "Unit": "Count", "StorageResolution": 1}],
        }
    ]
    assert document["a"] == [1.0]
    assert document["k"] == 1
    assert "ignored" not in document
    assert list(shared.metric_set) == ["other"]


def test_default_dimensions_may_be_given(emf):
    """MET-60: they are the first of its dimensions."""
    with single_metric("a", "Count", 1, namespace="Shop", default_dimensions={"stage": "test"}) as metric:
        metric.add_dimension("route", "/x")

    assert emf()[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["stage", "route"]]


def test_its_timestamp_is_its_own(emf):
    """MET-60: as for Metrics."""
    import time

    past = time.time_ns() // 1_000_000 - 60_000
    with single_metric("a", "Count", 1, namespace="Shop") as metric:
        metric.set_timestamp(past)

        assert metric.serialize_metric_set()["_aws"]["Timestamp"] == past

    assert emf()[0]["_aws"]["Timestamp"] == past


def test_nothing_is_written_when_the_block_fails(emf):
    """MET-61 [beat]: the exception leaves, and there is no line at all."""
    with pytest.raises(KeyError), single_metric("a", "Count", 1, namespace="Shop"):
        raise KeyError("x")

    assert emf() == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"unit": "Zots"}, MetricUnitError),
        ({"value": "1"}, MetricValueError),
        ({"namespace": None}, SchemaValidationError),
    ],
)
def test_wrong_arguments_are_an_error_and_nothing_is_written(emf, arguments, error):
    """MET-61, MET-62: as for Metrics; a namespace is needed."""
    with (
        pytest.raises(error),
        single_metric(**{"name": "a", "unit": "Count", "value": 1, "namespace": "Shop", **arguments}),
    ):
        pass

    assert emf() == []


def test_namespace_and_service_come_from_the_environment(emf, monkeypatch):
    """MET-62: the service is a dimension unless one is given."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Env")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "orders")
    with single_metric("a", "Count", 1):
        pass
    with single_metric("a", "Count", 1) as metric:
        metric.add_dimension("service", "own")

    first, second = emf()
    assert first["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Env"
    assert (first["service"], second["service"]) == ("orders", "own")


def test_its_dimensions_are_judged(emf):
    """MET-63 [beat]: blank and replaced dimensions are warned of, a thirtieth is an error."""
    with single_metric("a", "Count", 1, namespace="Shop") as metric:
        with pytest.warns(PowertoolsUserWarning, match="won't be added") as caught:
            metric.add_dimension("d", "")
        metric.add_dimension("d0", "v")
        with pytest.warns(PowertoolsUserWarning, match="already been added"):
            metric.add_dimension("d0", "w")
        for number in range(1, 29):
            metric.add_dimension(f"d{number}", "v")
        with pytest.raises(SchemaValidationError, match="^Maximum number of dimensions exceeded"):
            metric.add_dimension("d29", "v")

    assert caught[0].filename == __file__
    assert emf()[0]["d0"] == "w"


def test_warnings_of_the_default_dimensions_point_at_the_block(emf):
    """MET-63: the caller's line is named, not one of the standard library."""
    with (
        pytest.warns(PowertoolsUserWarning, match="won't be added") as caught,
        single_metric("a", "Count", 1, namespace="Shop", default_dimensions={"d": ""}),
    ):
        pass

    assert caught[0].filename == __file__
    assert len(emf()) == 1
