"""Whatever is called in whatever order: valid lines only, nothing lost, nothing twice."""

import contextlib
import io
import warnings
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_powertools.metrics import EphemeralMetrics, MetricsError, MetricUnit

names = st.one_of(st.sampled_from(["a", "b", "c", "service", "_aws"]), st.text(max_size=300))
texts = st.one_of(st.sampled_from(["", "v", "w"]), st.text(max_size=30), st.integers(), st.none())
# Few enough that the limit of 29 is never reached: what is refused or lost then has tests of its own.
dimension_names = st.one_of(
    st.sampled_from([*"abcdefgh", "service", "_aws", "n", "n7", "é", '"', "\\"]),
    st.sampled_from(["", "  ", "x" * 251, "two\nlines"]),
)
dimensions = st.dictionaries(dimension_names, texts, max_size=6)
numbers = st.one_of(st.integers(), st.floats(), st.booleans(), st.decimals(allow_nan=True), st.fractions())
metadata = st.recursive(
    st.one_of(st.none(), st.floats(), st.text(max_size=5), st.binary(max_size=3), st.complex_numbers()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(), st.integers()), inner)),
    max_leaves=5,
)
calls = st.one_of(
    st.tuples(st.just("add_metric"), names, st.sampled_from(MetricUnit), numbers, st.sampled_from([1, 60]), st.none()),
    st.tuples(st.just("add_metric"), names, st.just("Count"), numbers, st.just(60), dimensions),
    st.tuples(st.just("many_names"), st.integers(1, 120)),
    st.tuples(st.just("many_values"), st.integers(1, 120)),
    st.tuples(st.just("add_dimension"), dimension_names, texts),
    st.tuples(st.just("add_dimensions"), dimensions),
    st.tuples(st.just("set_default_dimensions"), dimensions),
    st.tuples(st.just("add_metadata"), names, metadata),
    st.tuples(st.just("flush")),
)


def perform(metrics, call, recorded):
    """Do what the call says; count each value that was accepted, by the name it has on the line."""
    kind, *arguments = call
    if kind == "add_metric":
        name, unit, value, resolution, own = arguments
        metrics.add_metric(name, unit, value, resolution, dimensions=own)
        recorded[name.strip(), float(value)] += 1
    elif kind in {"many_names", "many_values"}:
        for number in range(arguments[0]):
            name = f"n{number}" if kind == "many_names" else "n"
            metrics.add_metric(name, "Count", number)
            recorded[name, float(number)] += 1
    elif kind == "flush":
        if metrics.has_metrics:
            metrics.flush_metrics()
    elif kind in {"add_dimensions", "set_default_dimensions"}:
        getattr(metrics, kind)(**arguments[0])
    else:
        getattr(metrics, kind)(*arguments)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(calls, max_size=25), st.booleans())
def test_any_sequence_of_calls_gives_valid_lines_with_every_value_once(assert_emf, sequence, as_line_and_dict):
    """Issue: hypothesis makes up the calls; what was accepted is written exactly once, in documents that are valid."""
    recorded, written = Counter(), Counter()
    metrics = EphemeralMetrics(namespace="Shop", service="orders")
    stdout = io.StringIO()
    with contextlib.redirect_stdout(stdout), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for call in sequence:
            with contextlib.suppress(MetricsError):
                perform(metrics, call, recorded)
        if as_line_and_dict and metrics.has_metrics:
            with contextlib.suppress(MetricsError):
                metrics.serialize_metric_groups()
        if metrics.has_metrics:
            metrics.flush_metrics()

    for line in stdout.getvalue().splitlines():
        document = assert_emf(line)
        for metric in document["_aws"]["CloudWatchMetrics"][0]["Metrics"]:
            written.update((metric["Name"], value) for value in document[metric["Name"]])
    assert written == Counter({key: count for key, count in recorded.items() if key[0] != "_aws"})
