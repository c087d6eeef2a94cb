"""What was written before decides nothing of what is written next."""

import json
import os

import pytest

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError


def lines_of(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_repeated_is_the_line_written_first(emf):
    """MET-30: what is the same from flush to flush is written the same, first or hundredth."""
    metrics = Metrics(namespace='Shop "é"', service="orders")
    for _ in range(3):
        metrics.add_dimension("stage", 'a\\"b')
        metrics.add_metric("Placed", "Count", 1)
        metrics.add_metric("Precise", "Seconds", 2.5, resolution=1)
        metrics.add_metric("Placed", "Count", 3)
        metrics.flush_metrics()

    first, *others = emf()
    assert first["stage"] == 'a\\"b'
    assert first["service"] == "orders"
    assert first["Placed"] == [1.0, 3.0]
    for other in others:
        other["_aws"]["Timestamp"] = first["_aws"]["Timestamp"]
        assert list(other.items()) == list(first.items())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda metrics: setattr(metrics, "namespace", "B"), ("B", "s", "v"), id="namespace"),
        pytest.param(lambda metrics: setattr(metrics, "service", "t"), ("A", "t", "v"), id="service"),
        pytest.param(lambda metrics: metrics.set_default_dimensions(d="w"), ("A", "s", "w"), id="dimension"),
    ],
)
def test_what_has_changed_since_the_last_flush_is_in_the_next(change, expected, emf):
    """MET-3, MET-18: a changed namespace, service or dimension is seen by the very next flush, and so is its return."""
    metrics = EphemeralMetrics(namespace="A", service="s", default_dimensions={"d": "v"})

    def flushed():
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()
        (document,) = emf()
        return document["_aws"]["CloudWatchMetrics"][0]["Namespace"], document["service"], document["d"]

    assert flushed() == ("A", "s", "v")
    change(metrics)
    assert flushed() == expected
    metrics.namespace, metrics.service = "A", "s"
    metrics.default_dimensions["d"] = "v"
    metrics.clear_metrics()
    assert flushed() == ("A", "s", "v")


def test_a_metric_named_like_a_dimension_is_noticed_in_a_later_flush(emf):
    """MET-35: dimensions that went well with other metrics collide with this one."""
    metrics = EphemeralMetrics(namespace="Shop", default_dimensions={"stage": "test"})
    for name in ("Placed", "stage", "Placed"):
        metrics.add_metric(name, "Count", 1)
        if name == "stage":
            with pytest.warns(PowertoolsUserWarning, match="collide"):
                metrics.flush_metrics()
        else:
            metrics.flush_metrics()

    before, colliding, after = emf()
    assert before["stage"] == after["stage"] == "test"
    assert colliding["stage"] == [1.0]


@pytest.mark.parametrize("values", [(1, True, 1.0, "1"), ([1], "[1]", {"a": 1})], ids=["equal", "unhashable"])
def test_dimensions_given_as_a_whole_are_written_as_their_own_text(values, capsys):
    """T-3, T-11: values that are no text are written as text, each as its own, though some of them are equal."""
    for value in values * 2:
        metrics = EphemeralMetrics(namespace="Shop", dimension_set={"d": value})
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()

    assert [document["d"] for document in lines_of(capsys)] == [str(value) for value in values * 2]


def test_dimensions_that_are_new_in_every_flush_are_each_written(emf):
    """MET-15: a dimension of each request's own, for more requests than anything is remembered of."""
    metrics = EphemeralMetrics(namespace="Shop")
    for number in range(100):
        metrics.add_dimension("request", str(number))
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()

    assert [document["request"] for document in emf()] == [str(number) for number in range(100)]


def test_a_namespace_that_is_gone_is_missed_although_it_was_there_before(emf):
    """MET-33: an earlier flush under a namespace does not help a later one without."""
    metrics = EphemeralMetrics(namespace="Shop")
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()
    metrics.namespace = None
    metrics.add_metric("a", "Count", 1)
    with pytest.raises(SchemaValidationError, match="Must contain a metric namespace"):
        metrics.flush_metrics()

    assert len(emf()) == 1


@pytest.mark.parametrize("variable", ["POWERTOOLS_METRICS_DISABLED", "POWERTOOLS_DEV"])
@pytest.mark.parametrize("replaced", [False, True], ids=["set", "replaced"])
def test_switching_off_and_on_again_is_seen_by_the_next_flush(variable, replaced, monkeypatch, emf):
    """MET-39: the variables are read at each flush, also where a test has put a mapping of its own in their place."""
    metrics = EphemeralMetrics(namespace="Shop")

    def written():
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()
        return len(emf())

    assert written() == 1
    with monkeypatch.context() as patch:
        if replaced:
            patch.setattr(os, "environ", {variable: "true"})
        else:
            patch.setenv(variable, "true")
        assert written() == 0
    assert written() == 1
