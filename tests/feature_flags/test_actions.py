from __future__ import annotations

import pytest

from lambda_powertools.core import PowertoolsUserWarning

MODULO = {"BASE": 100, "START": 0, "END": 19}

TABLE = [
    ("EQUALS", 1, 1, True),
    ("EQUALS", 1, "1", False),
    ("EQUALS", {"a": [1]}, {"a": [1]}, True),
    ("NOT_EQUALS", "a", "b", True),
    ("NOT_EQUALS", "a", "a", False),
    ("KEY_GREATER_THAN_VALUE", 2, 1, True),
    ("KEY_GREATER_THAN_VALUE", 1, 1, False),
    ("KEY_GREATER_THAN_OR_EQUAL_VALUE", 1, 1, True),
    ("KEY_GREATER_THAN_OR_EQUAL_VALUE", 0, 1, False),
    ("KEY_LESS_THAN_VALUE", 0.5, 1, True),
    ("KEY_LESS_THAN_VALUE", 1, 1, False),
    ("KEY_LESS_THAN_OR_EQUAL_VALUE", 1, 1, True),
    ("KEY_LESS_THAN_OR_EQUAL_VALUE", 2, 1, False),
    ("KEY_LESS_THAN_VALUE", "2030-01-01", "2030-01-02", True),
    ("STARTSWITH", "admin@a", "admin", True),
    ("STARTSWITH", "a", "admin", False),
    ("ENDSWITH", "a@example.com", "@example.com", True),
    ("ENDSWITH", "a@example.org", "@example.com", False),
    ("IN", "a", ["a", "b"], True),
    ("IN", "c", ["a", "b"], False),
    ("IN", "b", "abc", True),
    ("IN", ["unhashable"], [["unhashable"]], True),
    ("KEY_IN_VALUE", "a", ["a"], True),
    ("KEY_IN_VALUE", "b", ["a"], False),
    ("NOT_IN", "c", ["a"], True),
    ("NOT_IN", "a", ["a"], False),
    ("KEY_NOT_IN_VALUE", "c", ["a"], True),
    ("KEY_NOT_IN_VALUE", "a", ["a"], False),
    ("VALUE_IN_KEY", ["a", "b"], "a", True),
    ("VALUE_IN_KEY", ["b"], "a", False),
    ("VALUE_NOT_IN_KEY", ["b"], "a", True),
    ("VALUE_NOT_IN_KEY", ["a"], "a", False),
    ("ANY_IN_VALUE", ["a", "x"], ["a", "b"], True),
    ("ANY_IN_VALUE", ["x"], ["a", "b"], False),
    ("ANY_IN_VALUE", [], ["a"], False),
    ("ALL_IN_VALUE", ["a", "b"], ["a", "b", "c"], True),
    ("ALL_IN_VALUE", ["a", "x"], ["a", "b"], False),
    ("ALL_IN_VALUE", [], ["a"], True),
    ("NONE_IN_VALUE", ["x"], ["a"], True),
    ("NONE_IN_VALUE", ["a", "x"], ["a"], False),
    ("NONE_IN_VALUE", [], ["a"], True),
    ("MODULO_RANGE", 1219, MODULO, True),
    ("MODULO_RANGE", 1220, MODULO, False),
    ("MODULO_RANGE", 1200, MODULO, True),
    ("MODULO_RANGE", True, MODULO, True),
]


@pytest.mark.parametrize(("action", "given", "value", "expected"), TABLE)
def test_an_action_compares_the_context_s_value_with_the_condition_s(matches, action, given, value, expected):
    """FF-20: the table of actions."""
    assert matches(action, "key", value, {"key": given}) is expected


@pytest.mark.parametrize(
    ("action", "given", "value", "failure"),
    [
        ("KEY_GREATER_THAN_VALUE", "1", 1, "TypeError"),
        ("STARTSWITH", 7, "7", "AttributeError"),
        ("IN", "a", 7, "TypeError"),
        ("VALUE_IN_KEY", 7, "a", "TypeError"),
        ("ANY_IN_VALUE", "ab", ["a"], "ValueError"),
        ("ALL_IN_VALUE", "ab", ["a"], "ValueError"),
        ("NONE_IN_VALUE", ("a",), ["b"], "ValueError"),
        ("MODULO_RANGE", "7", MODULO, "TypeError"),
    ],
)
def test_values_that_cannot_be_compared_do_not_match(matches, action, given, value, failure):
    """FF-10, 20: the failure is a warning that names its kind."""
    with pytest.warns(PowertoolsUserWarning, match=f"fails with {failure}: .* action={action}"):
        assert matches(action, "key", value, {"key": given}) is False


TIME = "SCHEDULE_BETWEEN_TIME_RANGE"


@pytest.mark.parametrize(
    ("start", "end", "now", "expected"),
    [
        ("08:00", "17:30", "07:59:59.999999", False),
        ("08:00", "17:30", "08:00:00", True),
        ("08:00", "17:30", "17:30:59.999999", True),
        ("08:00", "17:30", "17:31:00", False),
        ("22:00", "06:00", "23:59:00", True),
        ("22:00", "06:00", "00:00:00", True),
        ("22:00", "06:00", "06:00:30", True),
        ("22:00", "06:00", "06:01:00", False),
        ("22:00", "06:00", "21:59:00", False),
        ("23:30", "23:00", "23:15:00", False),
        ("23:30", "23:00", "23:45:00", True),
        ("23:30", "23:00", "12:00:00", True),
        ("12:00", "12:00", "12:00:59", True),
        ("12:00", "12:00", "12:01:00", False),
        ("00:00", "23:59", "23:59:59", True),
    ],
)
def test_a_time_range_includes_both_minutes_and_may_cross_midnight(matches, clock, start, end, now, expected):
    """FF-22: minutes of the day, both ends included, an earlier END being that of the next day."""
    clock(f"2030-06-05T{now}")

    assert matches(TIME, "CURRENT_TIME", {"START": start, "END": end}, {}) is expected


@pytest.mark.parametrize(
    ("zone", "expected"), [("Europe/Amsterdam", True), ("America/New_York", False), ("", False), (None, False)]
)
def test_the_time_is_that_of_the_zone(matches, clock, zone, expected):
    """FF-21, 22: 08:30 in Amsterdam is 06:30 UTC in summer; an empty or missing TIMEZONE is UTC."""
    clock("2030-06-05T06:30:00")
    value = {"START": "08:00", "END": "09:00"} | ({} if zone is None else {"TIMEZONE": zone})

    assert matches(TIME, "CURRENT_TIME", value, {}) is expected


DATETIME = "SCHEDULE_BETWEEN_DATETIME_RANGE"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2030-12-24T17:59:59", False),
        ("2030-12-24T18:00:00", True),
        ("2030-12-26T00:00:00", True),
        ("2030-12-26T00:00:01", False),
    ],
)
def test_a_datetime_range_includes_both_ends(matches, clock, now, expected):
    """FF-23: local times of the zone, both included."""
    clock(now, "Asia/Tokyo")
    value = {"START": "2030-12-24T18:00:00", "END": "2030-12-26T00:00:00", "TIMEZONE": "Asia/Tokyo"}

    assert matches(DATETIME, "CURRENT_DATETIME", value, {}) is expected


def test_a_datetime_range_is_one_of_instants(matches, clock):
    """FF-23: in the hour that is repeated when clocks change, the second 02:30 is later than END 02:45."""
    value = {"START": "2030-10-27T00:00:00", "END": "2030-10-27T02:45:00", "TIMEZONE": "Europe/Amsterdam"}

    clock("2030-10-27T00:30:00")  # 02:30, the first time
    assert matches(DATETIME, "CURRENT_DATETIME", value, {}) is True
    clock("2030-10-27T01:30:00")  # 02:30 again, an hour later
    assert matches(DATETIME, "CURRENT_DATETIME", value, {}) is False


@pytest.mark.parametrize(
    ("days", "zone", "expected"),
    [
        (["WEDNESDAY"], "UTC", True),
        (["THURSDAY"], "UTC", False),
        (["MONDAY", "WEDNESDAY"], None, True),
        (["THURSDAY"], "Pacific/Auckland", True),
        (["WEDNESDAY"], "Pacific/Auckland", False),
        ([], "UTC", False),
    ],
)
def test_days_are_those_of_the_zone(matches, clock, days, zone, expected):
    """FF-24: 23:00 UTC on a Wednesday is Thursday in Auckland."""
    clock("2030-06-05T23:00:00")
    value = {"DAYS": days} | ({} if zone is None else {"TIMEZONE": zone})

    assert matches("SCHEDULE_BETWEEN_DAYS_OF_WEEK", "CURRENT_DAY_OF_WEEK", value, {}) is expected


def test_the_clock_beats_the_context(matches, clock):
    """FF-8: what the context says under the key of a time action does not matter."""
    clock("2030-06-05T12:00:00")

    assert matches(TIME, "CURRENT_TIME", {"START": "11:00", "END": "13:00"}, {"CURRENT_TIME": "23:00"}) is True


def test_the_real_clock_is_read_at_each_evaluation(flags):
    """FF-21: without a replaced clock, now is now, in the zone of the condition."""
    from datetime import datetime, timedelta, timezone

    now = datetime.now(timezone(timedelta(hours=9)))  # Tokyo has no summer time
    value = {
        "START": (now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%S"),
        "END": (now + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%S"),
        "TIMEZONE": "Asia/Tokyo",
    }
    made = flags(f=flags.feature(flags.condition(DATETIME, "CURRENT_DATETIME", value)))

    assert made.evaluate(name="f", default=False) is True


@pytest.mark.parametrize(
    ("comparator", "given", "value", "expected"),
    [
        ("compare_modulo_range", 7, {"BASE": 10, "START": 5, "END": 9}, True),
        ("compare_any_in_list", ["a"], ["a"], True),
        ("compare_all_in_list", ["a", "b"], ["a"], False),
        ("compare_none_in_list", ["b"], ["a"], True),
        ("compare_time_range", None, {"START": "11:00", "END": "13:00"}, True),
        ("compare_days_of_week", None, {"DAYS": ["WEDNESDAY"]}, True),
        ("compare_datetime_range", None, {"START": "2030-06-05", "END": "2030-06-06"}, True),
    ],
)
def test_the_comparators_can_be_called_by_themselves(clock, comparator, given, value, expected):
    """FF-20: each takes the context's value and the condition's."""
    from lambda_powertools.feature_flags import comparators

    clock("2030-06-05T12:00:00")

    assert getattr(comparators, comparator)(given, value) is expected
