import json
import time
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import PurePosixPath

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.metrics import EphemeralMetrics, MetricResolution, SchemaValidationError


@pytest.fixture
def metrics():
    return EphemeralMetrics(namespace="Shop", service="orders")


def test_a_document_has_its_members_in_a_fixed_order(metrics, capsys):
    """MET-30, MET-31: one compact line, whose keys are the format's, dimensions, metadata and metrics."""
    metrics.set_timestamp(timestamp := time.time_ns() // 1_000_000)
    metrics.add_metric("Latency", "Milliseconds", 1, MetricResolution.High)
    metrics.add_metric("Latency", "Milliseconds", 2.5, MetricResolution.High)
    metrics.add_metadata("request", {"id": 7})
    metrics.add_dimension("route", "/x")
    metrics.add_dimensions(region="eu")
    metrics.add_metric("Placed", "Count", 3)
    metrics.flush_metrics()

    assert capsys.readouterr().out == (
        f'{{"_aws":{{"Timestamp":{timestamp},"CloudWatchMetrics":[{{"Namespace":"Shop",'
        '"Dimensions":[["route","service"],["region"]],"Metrics":['
        '{"Name":"Latency","Unit":"Milliseconds","StorageResolution":1},{"Name":"Placed","Unit":"Count"}]}]},'
        '"route":"/x","service":"orders","region":"eu","request":{"id":7},"Latency":[1.0,2.5],"Placed":[3.0]}\n'
    )


def test_the_line_is_the_serialised_set(metrics, emf):
    """MET-33: what is written is what serialize_metric_set returned, which changes nothing."""
    metrics.set_timestamp(time.time_ns() // 1_000_000)
    metrics.add_metric("a", "Count", 1)
    metrics.add_metadata("k", [1, {"x": None}])
    metrics.add_dimension("d", 'quote " and \\ and é')
    first, second = metrics.serialize_metric_set(), metrics.serialize_metric_set()
    metrics.flush_metrics()

    assert first == second
    assert list(json.dumps(first)) == list(json.dumps(second))
    assert emf() == [first]


def test_without_dimensions_the_primary_set_is_empty(emf):
    """MET-31: no dimension and no service make one empty set."""
    metrics = EphemeralMetrics(namespace="Shop")
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert emf()[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [[]]


@pytest.mark.parametrize(
    ("given", "names", "value"), [("own", ["service"], "own"), (None, ["service"], "orders")], ids=["own", "implicit"]
)
def test_a_service_of_ones_own_wins_over_the_implicit_one(metrics, emf, given, names, value):
    """MET-32: the service is a dimension unless there is one of that name already."""
    if given:
        metrics.add_dimension("service", given)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    (document,) = emf()
    assert document["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [names]
    assert document["service"] == value


def test_arguments_take_the_place_of_what_is_stored(metrics):
    """MET-33: metrics, dimensions and metadata may be given; values are made lists and texts."""
    metrics.add_metric("stored", "Count", 1)
    document = metrics.serialize_metric_set(
        metrics={"given": {"Unit": "Count", "StorageResolution": 60, "Value": 2}},
        dimensions={"d": 1},
        metadata={"k": "v"},
    )

    assert {key: value for key, value in document.items() if key != "_aws"} == {
        "d": "1",
        "service": "orders",
        "k": "v",
        "given": [2.0],
    }


def test_what_is_missing_is_named_metric_first():
    """MET-33: no metric is reported before no namespace."""
    metrics = EphemeralMetrics()
    with pytest.raises(SchemaValidationError, match=r"^Must contain at least one metric\."):
        metrics.serialize_metric_set()

    metrics.add_metric("a", "Count", 1)
    with pytest.raises(SchemaValidationError, match=r"Must contain a metric namespace\."):
        metrics.serialize_metric_set()


@pytest.mark.parametrize("namespace", ["x" * 1025, "two\nlines"])
def test_a_namespace_beyond_the_schema_is_an_error(namespace):
    """The published schema allows one line of up to 1024 characters."""
    metrics = EphemeralMetrics(namespace=namespace)
    metrics.add_metric("a", "Count", 1)

    with pytest.raises(SchemaValidationError, match="metric namespace should be"):
        metrics.serialize_metric_set()


def test_the_timestamp_is_now_in_milliseconds(metrics):
    """MET-34: without a timestamp of one's own it is the time of serialising."""
    metrics.add_metric("a", "Count", 1)
    before = time.time_ns() // 1_000_000

    assert before <= metrics.serialize_metric_set()["_aws"]["Timestamp"] <= time.time_ns() // 1_000_000


@pytest.mark.parametrize("kind", ["int", "aware", "naive"])
def test_a_timestamp_is_milliseconds_or_a_datetime(metrics, emf, kind):
    """MET-20: an int is epoch milliseconds, a naive datetime local time; the warning is only for what is far off."""
    moment = datetime.now(timezone.utc).replace(microsecond=123000) - timedelta(hours=1)
    expected = round(moment.timestamp() * 1000)
    given = {"int": expected, "aware": moment, "naive": datetime.fromtimestamp(moment.timestamp())}  # noqa: DTZ006
    metrics.set_timestamp(given[kind])
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert emf()[0]["_aws"]["Timestamp"] == expected


@pytest.mark.parametrize("days", [-14.1, 0.1])
def test_a_timestamp_far_off_is_used_with_a_warning(metrics, emf, days):
    """MET-20: older than 14 days or more than 2 hours ahead, CloudWatch will skip the metric."""
    timestamp = int((time.time() + days * 86400) * 1000)
    with pytest.warns(UserWarning, match="will be skipped by Amazon CloudWatch") as caught:
        metrics.set_timestamp(timestamp)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert emf()[0]["_aws"]["Timestamp"] == timestamp


@pytest.mark.parametrize("timestamp", ["2024-01-01", 1.5, True, None], ids=repr)
def test_what_is_no_timestamp_is_the_current_time_with_a_warning(metrics, emf, timestamp):
    """MET-20, T-9: texts, floats and booleans are no timestamp."""
    with pytest.warns(UserWarning, match="will be skipped by Amazon CloudWatch"):
        metrics.set_timestamp(timestamp)
    metrics.add_metric("a", "Count", 1)
    metrics.flush_metrics()

    assert abs(emf()[0]["_aws"]["Timestamp"] - time.time() * 1000) < 60_000


def test_a_timestamp_holds_for_one_flush(metrics, emf):
    """MET-20 [beat]: the next flush has its own time."""
    metrics.set_timestamp(past := time.time_ns() // 1_000_000 - 60_000)
    for _ in range(2):
        metrics.add_metric("a", "Count", 1)
        metrics.flush_metrics()

    first, second = (document["_aws"]["Timestamp"] for document in emf())
    assert first == past
    assert second > past
    assert metrics.timestamp is None


@pytest.mark.parametrize(
    ("dimension", "metadata", "kept"),
    [
        ("same", "same", {"same": [1.0], "service": "orders"}),
        ("d", "d", {"same": [1.0], "service": "orders", "d": "dimension"}),
        ("d", "same", {"same": [1.0], "service": "orders", "d": "dimension"}),
        ("_aws", "_aws", {"same": [1.0], "service": "orders"}),
        ("d", "service", {"same": [1.0], "service": "orders", "d": "dimension"}),
    ],
)
def test_names_that_collide_leave_one_thing_each(metrics, emf, dimension, metadata, kept):
    """MET-35 [beat], T-3: metric wins over dimension over metadata, the format's own member over all, one warning."""
    metrics.add_metric("same", "Count", 1)
    metrics.add_dimension(dimension, "dimension")
    metrics.add_metadata(metadata, "metadata")
    with pytest.warns(PowertoolsUserWarning, match="collide") as caught:
        metrics.flush_metrics()

    (document,) = emf()
    del document["_aws"]
    assert document == kept
    assert len(caught) == 1


def test_a_metric_cannot_take_the_place_of_the_formats_own_member(metrics, emf):
    """MET-35 [beat]: a metric called _aws is left out, the others are written."""
    metrics.add_metric("_aws", "Count", 1)
    metrics.add_metric("a", "Count", 1)
    with pytest.warns(PowertoolsUserWarning, match="metric '_aws'"):
        metrics.flush_metrics()

    (document,) = emf()
    assert [metric["Name"] for metric in document["_aws"]["CloudWatchMetrics"][0]["Metrics"]] == ["a"]


class Broken:
    def __str__(self):
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"price": Decimal("9.90")}, {"price": "9.90"}),
        ({1}, [1]),
        (PurePosixPath("/x"), "/x"),
        (1j, "1j"),
        (float("nan"), "nan"),
        ({"x": [float("inf")]}, "{'x': [inf]}"),
        ({(1, 2): 3}, "{(1, 2): 3}"),
        (Broken(), "<Broken>"),
        ({"x": Broken()}, {"x": "<Broken>"}),
        (None, None),
        ("line\nbreak", "line\nbreak"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_metadata_that_json_cannot_write_is_written_as_text(metrics, emf, value, written):
    """MET-36 [beat]: no metadata costs the metrics."""
    metrics.add_metric("a", "Count", 1)
    metrics.add_metadata("k", value)
    metrics.flush_metrics()

    assert emf()[0]["k"] == written


def test_metadata_in_a_circle_is_written_as_text(metrics, emf):
    """MET-36 [beat]: a structure that contains itself has no JSON form."""
    circle = []
    circle.append(circle)
    metrics.add_metric("a", "Count", 1)
    metrics.add_metadata("k", circle)
    metrics.flush_metrics()

    assert emf()[0]["k"] == "[[...]]"


def test_metadata_too_large_for_a_log_event_is_left_out_with_a_warning(metrics, emf):
    """T-4 [beat]: CloudWatch would lose the whole event; the metrics are saved."""
    metrics.add_metric("a", "Count", 1)
    metrics.add_metadata("k", "x" * 1_100_000)
    with pytest.warns(PowertoolsUserWarning, match="Metadata makes the log event larger"):
        metrics.flush_metrics()

    (document,) = emf()
    assert document["a"] == [1.0]
    assert "k" not in document


class Recorder:
    def __init__(self):
        self.written = []

    def write(self, text):
        self.written.append(text)


def test_each_object_is_written_with_its_newline_in_one_call(metrics, monkeypatch, assert_emf):
    """MET-31, T-5: stdout is looked up when writing, and gets a whole line at a time."""
    stdout = Recorder()
    metrics.add_metric("a", "Count", 1)
    metrics.add_metric("a", "Count", 1, dimensions={"route": "/x"})
    monkeypatch.setattr("sys.stdout", stdout)
    metrics.flush_metrics()

    assert len(stdout.written) == 2
    for text in stdout.written:
        assert text.endswith("}\n")
        assert text.count("\n") == 1
        assert_emf(text)


def test_the_line_is_ascii_whatever_the_encoding_of_stdout(metrics, capsys):
    """T-5: characters beyond ASCII are escaped, so that no locale can make writing fail."""
    metrics.add_metric("Größe", "Count", 1)
    metrics.add_metadata("k", ["é"])
    metrics.flush_metrics()

    assert capsys.readouterr().out.isascii()
