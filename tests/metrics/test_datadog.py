import json
import subprocess
import sys
import textwrap
import time
from decimal import Decimal
from fractions import Fraction

import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.metrics import MetricValueError, SchemaValidationError
from lambda_powertools.metrics.provider.datadog import DatadogMetrics, DatadogProvider
from lambda_powertools.metrics.provider.datadog.warnings import DatadogDataValidationWarning


@pytest.fixture
def provider():
    return DatadogProvider(namespace="shop")


@pytest.fixture
def items(capsys):
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_metric_is_kept_with_name_value_time_and_tags(provider):
    """MET-83: in memory the name is bare and the tags a mapping."""
    provider.add_metric("placed", 1, timestamp=5, channel="web")

    assert provider.metric_set == [{"m": "placed", "v": 1, "e": 5, "t": {"channel": "web"}}]


def test_a_metric_is_written_as_one_compact_line(provider, capsys):
    """MET-83, MET-84: with the namespace, the tags a list; then it is forgotten."""
    provider.add_metric("placed", 1, timestamp=5, channel="web")
    provider.add_metric("price", 9.5, timestamp=6)
    provider.flush_metrics()

    assert capsys.readouterr().out == (
        '{"m":"shop.placed","v":1,"e":5,"t":["channel:web"]}\n{"m":"shop.price","v":9.5,"e":6,"t":[]}\n'
    )
    assert provider.metric_set == []


def test_default_tags_come_first_and_a_metrics_own_win(provider):
    """MET-83: defaults set later apply too."""
    provider.add_metric("placed", 1, timestamp=5, channel="web")
    provider.set_default_tags(stage="test", channel="any")

    assert provider.serialize_metric_set()[0]["t"] == ["stage:test", "channel:web"]
    assert provider.default_tags == {"stage": "test", "channel": "any"}

    provider.clear_default_tags()

    assert provider.serialize_metric_set()[0]["t"] == ["channel:web"]


def test_the_timestamp_is_now_in_seconds(provider):
    """MET-83: without one of its own."""
    before = int(time.time())
    provider.add_metric("a", 1)

    assert before <= provider.metric_set[0]["e"] <= time.time()


@pytest.mark.parametrize(
    ("parameter", "variable", "name"),
    [("given", "env", "given.a"), (None, "env", "env.a"), (None, None, "a"), ("default", None, "a")],
)
def test_the_namespace_is_given_set_or_none(monkeypatch, parameter, variable, name):
    """MET-81: a namespace called default is no prefix."""
    if variable:
        monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", variable)
    provider = DatadogProvider(namespace=parameter)
    provider.add_metric("a", 1)

    assert provider.serialize_metric_set()[0]["m"] == name


def test_the_namespace_may_be_assigned():
    """MET-80: on the instance, for what is written from then on."""
    metrics = DatadogMetrics()
    metrics.add_metric("a", 1)
    metrics.namespace = "shop"

    assert metrics.namespace == "shop"
    assert metrics.serialize_metric_set()[0]["m"] == "shop.a"


@pytest.mark.parametrize("name", ["a", "A.b_c9", "a" * 200])
def test_a_name_of_letters_digits_underscores_and_dots_is_taken(provider, name):
    """MET-82: from a letter on, up to 200 characters."""
    provider.add_metric(name, 1)

    assert provider.metric_set[0]["m"] == name


@pytest.mark.parametrize("name", ["", "1a", "_a", ".a", "é", "aé", "a-b", "a b", "a\n", "a" * 201, 7, None], ids=repr)
def test_another_name_is_an_error(provider, name):
    """MET-82 [beat]: the empty name and one with a newline at its end, too."""
    with pytest.raises(SchemaValidationError, match="^Invalid metric name"):
        provider.add_metric(name, 1)


@pytest.mark.parametrize("tags", [{"1": "v"}, {"_a": "v"}, {"a": "v" * 200}, {"": "v"}], ids=str)
def test_a_tag_that_datadog_may_not_take_is_kept_with_a_warning(provider, tags):
    """MET-82: the warning points at the caller."""
    with pytest.warns(DatadogDataValidationWarning, match="Invalid tag") as caught:
        provider.add_metric("a", 1, **tags)

    assert caught[0].filename == __file__
    assert provider.metric_set[0]["t"] == tags


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, 1), (1.5, 1.5), (True, 1), (Decimal("9.90"), 9.9), (Fraction(1, 4), 0.25), (1 << 70, 1 << 70)],
    ids=repr,
)
def test_every_real_number_is_a_value(provider, value, written, items):
    """MET-82 [beat]: a Decimal too; what is written is a JSON number."""
    provider.add_metric("a", value)
    provider.flush_metrics()

    (item,) = items()
    assert item["v"] == written
    assert type(item["v"]) is type(written)


@pytest.mark.parametrize("value", ["1", None, float("nan"), float("inf"), 1j, Decimal("NaN")], ids=repr)
def test_another_value_is_an_error(provider, value):
    """MET-82 [beat]: NaN and infinities are no values."""
    with pytest.raises(MetricValueError, match="is not a valid number"):
        provider.add_metric("a", value)


def test_name_tags_and_value_are_judged_in_this_order(provider):
    """MET-82: the first fault is reported."""
    with pytest.raises(SchemaValidationError):
        provider.add_metric("1", "x", **{"1": "v"})
    with pytest.warns(DatadogDataValidationWarning), pytest.raises(MetricValueError):
        provider.add_metric("a", "x", **{"1": "v"})


def test_an_empty_set_is_a_warning_or_an_error(provider):
    """MET-84: as for CloudWatch."""
    with pytest.warns(UserWarning, match="^No application metrics to publish") as caught:
        provider.flush_metrics()
    with pytest.raises(SchemaValidationError, match="^Must contain at least one metric"):
        provider.flush_metrics(raise_on_empty_metrics=True)
    with pytest.raises(SchemaValidationError, match="^Must contain at least one metric"):
        provider.serialize_metric_set()

    assert caught[0].filename == __file__


def test_metrics_to_serialise_may_be_given(provider):
    """MET-80: instead of those recorded."""
    given = [{"m": "b", "v": 2, "e": 5, "t": {}}]

    assert provider.serialize_metric_set(given) == [{"m": "shop.b", "v": 2, "e": 5, "t": []}]


def test_a_given_list_is_used_not_copied():
    """T-11: as for CloudWatch."""
    metric_set = []
    DatadogProvider(metric_set).add_metric("a", 1)

    assert len(metric_set) == 1


def test_instances_share_metrics_and_default_tags(items):
    """MET-86 [beat]: a later instance applies the shared default tags when it flushes."""
    first = DatadogMetrics(namespace="shop", flush_to_log=True)
    first.set_default_tags(stage="test")
    first.add_metric("a", 1, timestamp=5)
    later = DatadogMetrics(namespace="shop", flush_to_log=True)
    assert later.metric_set == first.metric_set
    assert later.default_tags == {"stage": "test"}
    later.flush_metrics()

    assert items() == [{"m": "shop.a", "v": 1, "e": 5, "t": ["stage:test"]}]
    later.clear_default_tags()
    assert first.default_tags == {}


def test_a_provider_may_be_given(items):
    """MET-80: it gets the calls, and nothing is shared."""
    provider = DatadogProvider(namespace="own", flush_to_log=True)
    DatadogMetrics(provider=provider).add_metric("a", 1)

    assert len(provider.metric_set) == 1
    assert DatadogMetrics().metric_set == []


def test_the_decorator_flushes_with_tags_and_cold_start(items, context):
    """MET-85: the cold start is a metric like the others, of the first invocation."""
    metrics = DatadogMetrics(namespace="shop", flush_to_log=True, function_name="given")

    @metrics.log_metrics(capture_cold_start_metric=True, default_tags={"stage": "test"})
    def handler(event, context):
        metrics.add_metric("a", 1)

    handler({}, context)
    handler({}, context)

    written = items()
    assert [item["m"] for item in written] == ["shop.ColdStart", "shop.a", "shop.a"]
    assert written[0]["v"] == 1
    assert written[0]["t"] == ["stage:test", "function_name:given"]
    assert written[2]["t"] == ["stage:test"]


def test_disabled_metrics_are_not_submitted(monkeypatch, items):
    """MET-39 [beat]: neither lines nor calls, and nothing piles up."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    provider = DatadogProvider()
    provider.add_metric("a", 1)
    provider.flush_metrics()

    assert items() == []
    assert provider.metric_set == []


def test_a_setting_that_is_no_boolean_is_an_error(monkeypatch):
    """MET-81: DD_FLUSH_TO_LOG is named with its value."""
    monkeypatch.setenv("DD_FLUSH_TO_LOG", "maybe")

    with pytest.raises(SettingsError, match="DD_FLUSH_TO_LOG.*'maybe'"):
        DatadogProvider()


FAKE = """
calls = []

def lambda_metric(**arguments):
    calls.append(arguments)
"""

PROGRAM = """
import json
from lambda_powertools.metrics.provider.datadog import DatadogMetrics
from datadog_lambda.metric import calls

metrics = DatadogMetrics(namespace="shop"{parameter})
metrics.add_metric("a", 1, timestamp=5, channel="web")
metrics.flush_metrics()
print(json.dumps(calls))
"""

ITEM = {"m": "shop.a", "v": 1, "e": 5, "t": ["channel:web"]}
CALL = {"metric_name": "shop.a", "value": 1, "timestamp": 5, "tags": ["channel:web"]}


@pytest.mark.parametrize(
    ("parameter", "environment", "output"),
    [
        ("", {}, [[CALL]]),
        (", flush_to_log=True", {}, [ITEM, []]),
        ("", {"DD_FLUSH_TO_LOG": "true"}, [ITEM, []]),
        (", flush_to_log=False", {"DD_FLUSH_TO_LOG": "true"}, [[CALL]]),
        ("", {"POWERTOOLS_METRICS_DISABLED": "true"}, [[]]),
    ],
    ids=["layer", "parameter", "environment", "parameter-wins", "disabled"],
)
def test_datadogs_layer_gets_the_metrics_where_it_is_installed(tmp_path, parameter, environment, output):
    """MET-84: one call for each metric by name, unless log lines are asked for."""
    package = tmp_path / "datadog_lambda"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "metric.py").write_text(FAKE)
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM).format(parameter=parameter)],
        env={"PYTHONPATH": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert [json.loads(line) for line in run.stdout.splitlines()] == output
