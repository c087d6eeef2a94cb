from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest

from lambda_powertools.core import PowertoolsError
from lambda_powertools.metrics import (
    EphemeralMetrics,
    MetricNameError,
    MetricResolution,
    MetricResolutionError,
    Metrics,
    MetricUnit,
    MetricUnitError,
    MetricValueError,
)
from lambda_powertools.metrics.provider.cloudwatch_emf import constants


class Channel(str, Enum):
    WEB = "web"


class Speed(str, Enum):
    FAST = "Bytes/Second"


@pytest.fixture
def metrics():
    return EphemeralMetrics(namespace="Shop")


def test_a_metric_is_kept_with_unit_resolution_and_list_of_values(metrics):
    """MET-10: values of one name make a list of floats in call order, and the last unit and resolution win."""
    metrics.add_metric(name="  Latency ", unit="Seconds", value=2)
    metrics.add_metric(name="Latency", unit=MetricUnit.Milliseconds, value=1.5, resolution=MetricResolution.High)

    assert metrics.metric_set == {"Latency": {"Unit": "Milliseconds", "StorageResolution": 1, "Value": [2.0, 1.5]}}
    assert all(type(value) is float for value in metrics.metric_set["Latency"]["Value"])


@pytest.mark.parametrize("name", ["", "   ", "x" * 256, "two\nlines", 7, None])
def test_a_name_that_cloudwatch_refuses_is_an_error(metrics, name):
    """MET-10: a name has 1 to 255 characters once it is stripped, and is one line."""
    with pytest.raises(MetricNameError):
        metrics.add_metric(name=name, unit="Count", value=1)

    assert metrics.metric_set == {}


def test_the_longest_name_is_taken(metrics):
    """MET-10: 255 characters are fine, blanks around them not counted."""
    metrics.add_metric(name=f" {'x' * 255} ", unit="Count", value=1)

    assert list(metrics.metric_set) == ["x" * 255]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": "", "value": "1", "unit": "Zots", "resolution": 2}, MetricNameError),
        ({"value": "1", "unit": "Zots", "resolution": 2}, MetricValueError),
        ({"unit": "Zots", "resolution": 2}, MetricUnitError),
        ({"resolution": 2}, MetricResolutionError),
    ],
)
def test_arguments_are_judged_in_a_fixed_order(metrics, wrong, error):
    """MET-10: of several faults the first in the order name, value, unit, resolution is reported."""
    with pytest.raises(error):
        metrics.add_metric(**{"name": "a", "unit": "Count", "value": 1, **wrong})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3.0),
        (-0.5, -0.5),
        (True, 1.0),
        (False, 0.0),
        (Decimal("9.90"), 9.9),
        (Fraction(1, 4), 0.25),
        (1 << 70, float(1 << 70)),
    ],
)
def test_every_kind_of_number_is_a_value(metrics, value, expected):
    """MET-11: what is registered as a number and converts to float is taken."""
    metrics.add_metric("a", "Count", value)

    assert metrics.metric_set["a"]["Value"] == [expected]


@pytest.mark.parametrize(
    "value",
    ["1", None, [], float("nan"), float("inf"), float("-inf"), 1j, Decimal("NaN"), Decimal("sNaN"), 10**400],
    ids=repr,
)
def test_what_is_no_finite_number_is_an_error(metrics, value):
    """MET-11 [beat]: texts, None, NaN, infinities, complex numbers and what no float can hold are refused."""
    with pytest.raises(MetricValueError, match="is not a valid number"):
        metrics.add_metric("a", "Count", value)

    assert metrics.metric_set == {}


@pytest.mark.parametrize("unit", MetricUnit)
def test_a_unit_is_given_as_member_name_or_value(metrics, unit):
    """MET-12: the member, its name and its value are the same unit."""
    for given in (unit, unit.name, unit.value):
        metrics.add_metric("a", given, 1)

        assert metrics.metric_set["a"]["Unit"] == unit.value


def test_there_are_27_units_and_the_table_for_texts_has_them_all():
    """The enumeration and the table that spares building it agree."""
    assert len(MetricUnit) == 27
    assert {unit.name: unit.value for unit in MetricUnit} == constants.UNIT_BY_NAME


@pytest.mark.parametrize("unit", ["count", "Zots", "", None, 5, MetricResolution.High, object], ids=repr)
def test_an_unknown_unit_is_an_error_that_lists_the_known_ones(metrics, unit):
    """MET-12 [beat]: units are case-sensitive, and what is neither text nor unit is refused too."""
    with pytest.raises(MetricUnitError, match=r"Invalid metric unit .*'BytesPerSecond'"):
        metrics.add_metric("a", unit, 1)


def test_enumerations_of_texts_are_the_texts_they_hold(metrics):
    """MET-12, MET-15: an enumeration whose members are texts may name units and values of dimensions."""
    metrics.add_metric("a", Speed.FAST, 1)
    metrics.add_dimension("channel", Channel.WEB)

    assert metrics.metric_set["a"]["Unit"] == "Bytes/Second"
    assert metrics.dimension_set == {"channel": "web"}


@pytest.mark.parametrize("resolution", [60, 1, MetricResolution.Standard, MetricResolution.High])
def test_a_resolution_is_given_as_member_or_seconds(metrics, resolution):
    """MET-13: the enumeration and its values are taken."""
    metrics.add_metric("a", "Count", 1, resolution=resolution)

    assert metrics.metric_set["a"]["StorageResolution"] == getattr(resolution, "value", resolution)


@pytest.mark.parametrize("resolution", ["60", 60.0, 0, 30, None, True, False, MetricUnit.Count], ids=repr)
def test_another_resolution_is_an_error_that_lists_the_known_ones(metrics, resolution):
    """MET-13 [beat]: texts, floats, other numbers and booleans are refused, True too."""
    with pytest.raises(MetricResolutionError, match=r"Invalid metric resolution .*\[60, 1\]"):
        metrics.add_metric("a", "Count", 1, resolution=resolution)


def test_all_instances_of_metrics_share_their_data():
    """MET-1: what one instance records another shows, metrics, dimensions, metadata and defaults alike."""
    one, other = Metrics(namespace="Shop"), Metrics(namespace="Shop")
    one.add_metric("a", "Count", 1)
    one.add_dimension("d", "v")
    one.add_metadata("k", 1)
    one.set_default_dimensions(env="test")

    assert other.metric_set == one.metric_set == {"a": {"Unit": "Count", "StorageResolution": 60, "Value": [1.0]}}
    assert other.dimension_set == {"d": "v", "env": "test"}
    assert other.metadata_set == {"k": 1}
    assert other.default_dimensions == {"env": "test"}


def test_ephemeral_instances_share_nothing():
    """MET-1: an ephemeral instance sees neither another nor Metrics."""
    one, other, shared = EphemeralMetrics(), EphemeralMetrics(), Metrics()
    one.add_metric("a", "Count", 1)
    one.set_default_dimensions(env="test")

    for stranger in (other, shared):
        assert stranger.metric_set == {}
        assert stranger.dimension_set == {}
        assert stranger.default_dimensions == {}


def test_given_objects_are_used_not_copied():
    """T-11: the sets given to an ephemeral instance are the ones it fills and empties."""
    metric_set, dimension_set, metadata_set = {}, {}, {}
    metrics = EphemeralMetrics(metric_set, dimension_set, "Shop", metadata_set)
    metrics.add_metric("a", "Count", 1)
    metrics.add_dimension("d", "v")
    metrics.add_metadata("k", 1)

    assert list(metric_set) == ["a"]
    assert dimension_set == {"d": "v"}
    assert metadata_set == {"k": 1}

    metrics.clear_metrics()

    assert metric_set == dimension_set == metadata_set == {}


def test_errors_have_one_root():
    """Errors: every exception descends from the root that all packages share."""
    for error in (MetricNameError, MetricUnitError, MetricResolutionError, MetricValueError):
        assert issubclass(error, PowertoolsError)
        assert not issubclass(error, ValueError)
