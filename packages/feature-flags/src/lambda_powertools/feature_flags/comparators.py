"""The comparisons of conditions that are more than an operator, each `(context value, condition value) -> bool`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._zones import zone
from lambda_powertools.feature_flags.constants import HOUR_MIN_SEPARATOR

if TYPE_CHECKING:
    from datetime import tzinfo

WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


def _get_now_from_timezone(timezone: tzinfo | None) -> datetime:  # tests replace it under this name
    return datetime.now(timezone)


def zone_of(condition_value: dict[str, Any]) -> tzinfo:
    """Return the zone that a time condition names, UTC without one.

    Raises:
        ValueError: there is no such zone.
    """
    found = zone(condition_value.get("TIMEZONE") or "")
    if found is None:
        raise ValueError("TIMEZONE is not an IANA time zone")
    return found


def minutes(clock: str) -> int:
    """Return the minutes since midnight of a time such as `17:30`."""
    hour, _, minute = clock.partition(HOUR_MIN_SEPARATOR)
    return int(hour) * 60 + int(minute)


def instant(text: str, where: tzinfo) -> datetime:
    """Return the moment, in UTC, of a local time in a zone: two local times say little across a change of the clock."""
    return datetime.fromisoformat(text).replace(tzinfo=where).astimezone(timezone.utc)


def compare_days_of_week(context_value: Any, condition_value: dict[str, Any]) -> bool:  # noqa: ARG001  # one signature
    """Return whether today is one of the days."""
    now = _get_now_from_timezone(zone_of(condition_value))
    return WEEKDAYS[now.weekday()] in condition_value.get("DAYS", [])


def compare_datetime_range(context_value: Any, condition_value: dict[str, Any]) -> bool:  # noqa: ARG001  # as above
    """Return whether now lies between two local times, both included."""
    where = zone_of(condition_value)
    now = _get_now_from_timezone(where)
    moment = (now.replace(tzinfo=where) if now.tzinfo is None else now).astimezone(timezone.utc)
    return instant(condition_value["START"], where) <= moment <= instant(condition_value["END"], where)


def compare_time_range(context_value: Any, condition_value: dict[str, Any]) -> bool:  # noqa: ARG001  # as above
    """Return whether it is between two times of the day, both minutes included; an earlier END is of the next day."""
    now = _get_now_from_timezone(zone_of(condition_value))
    return is_between(minutes(condition_value["START"]), now.hour * 60 + now.minute, minutes(condition_value["END"]))


def is_between(start: int, minute: int, end: int) -> bool:
    """Return whether a minute of the day is in a range that may cross midnight."""
    return start <= minute <= end if start <= end else minute >= start or minute <= end


def compare_modulo_range(context_value: Any, condition_value: dict[str, Any]) -> bool:
    """Return whether the remainder of the value lies in a range, both ends included.

    Example:
        >>> compare_modulo_range(1237, {"BASE": 100, "START": 0, "END": 49})
        True
    """
    return bool(condition_value["START"] <= context_value % condition_value["BASE"] <= condition_value["END"])


def compare_any_in_list(context_value: Any, condition_value: Any) -> bool:
    """Return whether an item of the list is in the condition's value.

    Raises:
        ValueError: the context's value is no list.
    """
    return any(item in condition_value for item in _items(context_value, "ANY_IN_VALUE"))


def compare_all_in_list(context_value: Any, condition_value: Any) -> bool:
    """Return whether all items of the list are in the condition's value.

    Raises:
        ValueError: the context's value is no list.
    """
    return all(item in condition_value for item in _items(context_value, "ALL_IN_VALUE"))


def compare_none_in_list(context_value: Any, condition_value: Any) -> bool:
    """Return whether no item of the list is in the condition's value.

    Raises:
        ValueError: the context's value is no list.
    """
    return not any(item in condition_value for item in _items(context_value, "NONE_IN_VALUE"))


def _items(context_value: Any, action: str) -> list[Any]:
    if not isinstance(context_value, list):
        raise ValueError(f"{action} needs a list in the context")  # noqa: TRY004  # the documented type
    return context_value
