import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.metrics import EphemeralMetrics, Metrics, SchemaValidationError, single_metric
from lambda_powertools.metrics.functions import is_metrics_disabled


@pytest.fixture(params=[EphemeralMetrics, Metrics], ids=["ephemeral", "shared"])
def metrics(request):
    return request.param(namespace="Shop")


def fill(metrics):
    metrics.add_dimension("d", "v")
    metrics.add_dimensions(e="v")
    metrics.add_metadata("k", 1)


def assert_nothing_is_left(metrics):
    provider = getattr(metrics, "provider", metrics)
    assert provider.metric_set == {}
    assert provider.metric_groups == []
    assert provider.dimension_set == {}
    assert provider.dimension_sets == []
    assert provider.metadata_set == {}
    assert provider.timestamp is None


def test_a_flush_writes_and_forgets(metrics, emf):
    """MET-37: everything is written once."""
    fill(metrics)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert len(emf()) == 1
    assert_nothing_is_left(metrics)


def test_an_empty_flush_warns_and_forgets_dimensions(metrics, emf):
    """MET-37 [beat], T-1: dimensions and metadata of an invocation without metrics do not reach the next one."""
    fill(metrics)
    with pytest.warns(UserWarning, match="^No application metrics to publish") as caught:
        metrics.flush_metrics()

    assert len(caught) == 1
    assert caught[0].category is UserWarning
    assert caught[0].filename == __file__
    assert emf() == []
    assert_nothing_is_left(metrics)


def test_an_empty_flush_is_an_error_on_request(metrics):
    """MET-37 [beat]: raise_on_empty_metrics; what else was collected is forgotten all the same."""
    fill(metrics)
    with pytest.raises(SchemaValidationError, match="^Must contain at least one metric"):
        metrics.flush_metrics(raise_on_empty_metrics=True)

    assert_nothing_is_left(metrics)


def test_a_flush_that_fails_forgets(emf):
    """MET-37 [beat]: metrics without a namespace are not carried into the next invocation."""
    metrics = EphemeralMetrics()
    fill(metrics)
    metrics.add_metric("a", "Count", 1)
    with pytest.raises(SchemaValidationError, match="namespace"):
        metrics.flush_metrics()

    assert emf() == []
    assert_nothing_is_left(metrics)


def test_a_flush_whose_writing_fails_forgets(metrics, monkeypatch):
    """MET-37 [beat]: also when stdout is broken."""

    class Broken:
        def write(self, text):
            raise OSError("closed")

    metrics.add_metric("a", "Count", 1)
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", Broken())
        with pytest.raises(OSError, match="closed"):
            metrics.flush_metrics()

    assert_nothing_is_left(metrics)


def test_a_hundredth_metric_writes_the_set(metrics, emf):
    """MET-14: at 100 names the set is written within add_metric; dimensions and metadata serve what follows."""
    fill(metrics)
    for number in range(150):
        metrics.add_metric(f"m{number}", "Count", number)
    (spilled,) = emf()
    metrics.flush_metrics()
    (rest,) = emf()

    assert [name for name in spilled if name.startswith("m")] == [f"m{number}" for number in range(100)]
    assert [name for name in rest if name.startswith("m")] == [f"m{number}" for number in range(100, 150)]
    for document in (spilled, rest):
        assert document["d"] == document["e"] == "v"
        assert document["k"] == 1


def test_a_hundredth_value_writes_the_set(metrics, emf):
    """MET-14: at 100 values of one metric the whole set is written."""
    metrics.add_metric("other", "Count", 7)
    for number in range(250):
        metrics.add_metric("a", "Count", number)
    metrics.flush_metrics()

    documents = emf()
    assert [len(document["a"]) for document in documents] == [100, 100, 50]
    assert [document.get("other") for document in documents] == [[7.0], None, None]


def test_a_timestamp_survives_a_spill(metrics, emf):
    """MET-14: the timestamp holds for all objects up to the flush."""
    import time

    metrics.set_timestamp(past := time.time_ns() // 1_000_000 - 60_000)
    for number in range(101):
        metrics.add_metric(f"m{number}", "Count", number)
    metrics.flush_metrics()

    assert [document["_aws"]["Timestamp"] for document in emf()] == [past, past]


def test_a_spill_that_fails_leaves_everything_usable_and_bounded(emf):
    """MET-14 [beat], T-12: a full set that cannot be written takes nothing more, and is written once it can be."""
    metrics = EphemeralMetrics()
    for number in range(99):
        metrics.add_metric(f"m{number}", "Count", 1)
    for number in range(99, 110):
        with pytest.raises(SchemaValidationError, match="namespace"):
            metrics.add_metric(f"m{number}", "Count", 1)
    assert len(metrics.metric_set) == 100

    metrics.namespace = "Shop"
    metrics.add_metric("late", "Count", 1)
    metrics.flush_metrics()

    first, second = emf()
    assert len([name for name in first if name.startswith("m")]) == 100
    assert second["late"] == [1.0]


def test_given_metrics_beyond_the_limits_are_divided(emf):
    """T-4, T-11: a set that was given from outside is written in as few valid objects as it takes."""
    given = {f"m{number}": {"Unit": "Count", "Value": [1]} for number in range(150)}
    given["long"] = {"Unit": "Count", "StorageResolution": 1, "Value": list(range(250))}
    EphemeralMetrics(given, namespace="Shop").flush_metrics()

    documents = emf()
    assert len(documents) == 3
    assert sorted(value for document in documents for value in document["long"]) == list(map(float, range(250)))
    assert {name for document in documents for name in document if name.startswith("m")} == {
        f"m{number}" for number in range(150)
    }


@pytest.mark.parametrize(
    ("environment", "disabled"),
    [
        ({}, False),
        ({"POWERTOOLS_METRICS_DISABLED": "true"}, True),
        ({"POWERTOOLS_METRICS_DISABLED": "0"}, False),
        ({"POWERTOOLS_DEV": "1"}, True),
        ({"POWERTOOLS_DEV": "1", "POWERTOOLS_METRICS_DISABLED": "false"}, False),
        ({"POWERTOOLS_DEV": "0", "POWERTOOLS_METRICS_DISABLED": "on"}, True),
    ],
    ids=str,
)
def test_metrics_are_disabled_by_the_environment_at_each_flush(metrics, emf, monkeypatch, environment, disabled):
    """MET-39: POWERTOOLS_DEV disables unless POWERTOOLS_METRICS_DISABLED says otherwise."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert is_metrics_disabled() is disabled
    assert len(emf()) == (0 if disabled else 1)
    assert_nothing_is_left(metrics)


def test_disabled_metrics_need_no_namespace_but_are_judged_when_added(monkeypatch, emf):
    """MET-39: nothing is validated or written at the flush; the warning of an empty set stays."""
    from lambda_powertools.metrics import MetricUnitError

    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    metrics = EphemeralMetrics()
    with pytest.raises(MetricUnitError):
        metrics.add_metric("a", "Zots", 1)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics(raise_on_empty_metrics=True)
    with pytest.warns(UserWarning, match="^No application metrics"):
        metrics.flush_metrics()

    assert emf() == []


def test_disabled_metrics_do_not_spill_or_write_single_and_cold_start_metrics(monkeypatch, emf, context):
    """MET-39 [beat]: nothing at all is written, and nothing piles up."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    metrics = EphemeralMetrics(namespace="Shop")
    for number in range(250):
        metrics.add_metric(f"m{number}", "Count", 1)
    with single_metric("s", "Count", 1, namespace="Shop"):
        pass
    metrics.add_cold_start_metric(context)

    @metrics.log_metrics(capture_cold_start_metric=True)
    def handler(event, context):
        metrics.add_metric("a", "Count", 1)

    handler({}, context)

    assert emf() == []
    assert metrics.metric_set == {}


@pytest.mark.parametrize("variable", ["POWERTOOLS_METRICS_DISABLED", "POWERTOOLS_DEV"])
def test_a_setting_that_is_no_boolean_is_an_error_at_construction(monkeypatch, variable):
    """Errors [beat]: the variable and its value are named before the first invocation."""
    monkeypatch.setenv(variable, "maybe")

    for create in (Metrics, EphemeralMetrics):
        with pytest.raises(SettingsError, match=f"{variable}.*'maybe'"):
            create()


def test_text_of_metadata_may_record_metrics_itself(metrics, emf):
    """MET-21: a flush that calls back into the instance does not lock up."""

    class Chatty:
        def __str__(self):
            metrics.add_dimension("late", "v")
            return "text"

    metrics.add_metric("a", "Count", 1)
    metrics.add_metadata("k", Chatty())
    metrics.flush_metrics()

    assert emf()[0]["k"] == "text"
