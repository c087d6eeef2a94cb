from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from lambda_powertools.metrics import (
    MetricResolution,
    MetricResolutionError,
    MetricUnit,
    MetricUnitError,
    SchemaValidationError,
)
from lambda_powertools.metrics.functions import (
    convert_timestamp_to_emf_format,
    extract_cloudwatch_metric_resolution_value,
    extract_cloudwatch_metric_unit_value,
    resolve_cold_start_function_name,
    validate_emf_timestamp,
)

VALUES = [unit.value for unit in MetricUnit]
NAMES = [unit.name for unit in MetricUnit]


@pytest.mark.parametrize("unit", ["BytesPerSecond", "Bytes/Second", MetricUnit.BytesPerSecond])
def test_a_unit_is_found_by_name_value_and_member(unit):
    """MET-12: the three ways to name a unit."""
    assert extract_cloudwatch_metric_unit_value(VALUES, NAMES, unit) == "Bytes/Second"


@pytest.mark.parametrize("unit", ["bytes", None, 5], ids=repr)
def test_an_unknown_unit_is_an_error(unit):
    """MET-12: names the unit and the options."""
    with pytest.raises(MetricUnitError, match="Invalid metric unit .*'CountPerSecond'"):
        extract_cloudwatch_metric_unit_value(VALUES, NAMES, unit)


@pytest.mark.parametrize("resolution", [1, MetricResolution.High])
def test_a_resolution_is_found_by_seconds_and_member(resolution):
    """MET-13: the two ways to name a resolution."""
    assert extract_cloudwatch_metric_resolution_value([60, 1], resolution) == 1


@pytest.mark.parametrize("resolution", [2, "60", True, None], ids=repr)
def test_an_unknown_resolution_is_an_error(resolution):
    """MET-13: names the resolution and the options."""
    with pytest.raises(MetricResolutionError, match=r"Invalid metric resolution .*\[60, 1\]"):
        extract_cloudwatch_metric_resolution_value([60, 1], resolution)


@pytest.mark.parametrize(
    ("offset", "valid"),
    [
        (timedelta(), True),
        (timedelta(days=-13.9), True),
        (timedelta(days=-14.1), False),
        (timedelta(hours=1.9), True),
        (timedelta(hours=2.1), False),
    ],
    ids=str,
)
def test_a_timestamp_is_valid_from_14_days_ago_to_2_hours_ahead(offset, valid):
    """MET-20: for datetimes and milliseconds alike."""
    moment = datetime.now(timezone.utc) + offset

    assert validate_emf_timestamp(moment) is valid
    assert validate_emf_timestamp(int(moment.timestamp() * 1000)) is valid


@pytest.mark.parametrize("value", ["now", 1.5, True, None], ids=repr)
def test_what_is_no_timestamp_is_zero_and_not_valid(value):
    """MET-20: other types have no milliseconds."""
    assert convert_timestamp_to_emf_format(value) == 0
    assert validate_emf_timestamp(value) is False


def test_a_naive_datetime_is_local_time():
    """MET-20: as datetime itself has it."""
    moment = datetime(2024, 5, 6, 7, 8, 9, 123000)  # noqa: DTZ001

    assert convert_timestamp_to_emf_format(moment) == round(moment.timestamp() * 1000)


@pytest.mark.parametrize("context", [None, {}, SimpleNamespace(function_name="")], ids=repr)
def test_a_context_without_a_function_name_is_one_clear_error(context):
    """MET-52: says what is missing and how to give it."""
    with pytest.raises(SchemaValidationError, match="POWERTOOLS_METRICS_FUNCTION_NAME"):
        resolve_cold_start_function_name(None, context)
