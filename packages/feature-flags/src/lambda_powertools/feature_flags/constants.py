"""The words of the schema."""

from __future__ import annotations

from enum import Enum

RULES_KEY = "rules"
FEATURE_DEFAULT_VAL_KEY = "default"
FEATURE_DEFAULT_VAL_TYPE_KEY = "boolean_type"
CONDITIONS_KEY = "conditions"
RULE_MATCH_VALUE = "when_match"
CONDITION_KEY = "key"
CONDITION_VALUE = "value"
CONDITION_ACTION = "action"
TIME_RANGE_FORMAT = "%H:%M"
TIME_RANGE_PATTERN = r"[0-2]\d:[0-5]\d"
HOUR_MIN_SEPARATOR = ":"


class RuleAction(str, Enum):
    """How a condition compares the value in the context with its own."""

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT_EQUALS"
    KEY_GREATER_THAN_VALUE = "KEY_GREATER_THAN_VALUE"
    KEY_GREATER_THAN_OR_EQUAL_VALUE = "KEY_GREATER_THAN_OR_EQUAL_VALUE"
    KEY_LESS_THAN_VALUE = "KEY_LESS_THAN_VALUE"
    KEY_LESS_THAN_OR_EQUAL_VALUE = "KEY_LESS_THAN_OR_EQUAL_VALUE"
    STARTSWITH = "STARTSWITH"
    ENDSWITH = "ENDSWITH"
    IN = "IN"
    NOT_IN = "NOT_IN"
    KEY_IN_VALUE = "KEY_IN_VALUE"
    KEY_NOT_IN_VALUE = "KEY_NOT_IN_VALUE"
    VALUE_IN_KEY = "VALUE_IN_KEY"
    VALUE_NOT_IN_KEY = "VALUE_NOT_IN_KEY"
    ANY_IN_VALUE = "ANY_IN_VALUE"
    ALL_IN_VALUE = "ALL_IN_VALUE"
    NONE_IN_VALUE = "NONE_IN_VALUE"
    SCHEDULE_BETWEEN_TIME_RANGE = "SCHEDULE_BETWEEN_TIME_RANGE"
    SCHEDULE_BETWEEN_DATETIME_RANGE = "SCHEDULE_BETWEEN_DATETIME_RANGE"
    SCHEDULE_BETWEEN_DAYS_OF_WEEK = "SCHEDULE_BETWEEN_DAYS_OF_WEEK"
    MODULO_RANGE = "MODULO_RANGE"


class TimeKeys(Enum):
    """What a time action looks at, in the place of a key of the context."""

    CURRENT_TIME = "CURRENT_TIME"
    CURRENT_DATETIME = "CURRENT_DATETIME"
    CURRENT_DAY_OF_WEEK = "CURRENT_DAY_OF_WEEK"


class TimeValues(Enum):
    """The members of a time condition's value."""

    START = "START"
    END = "END"
    TIMEZONE = "TIMEZONE"
    DAYS = "DAYS"
    SUNDAY = "SUNDAY"
    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"

    @classmethod
    def days(cls) -> list[str]:
        """Return the names of the days of the week, Sunday first."""
        return [day.value for day in cls if day.value.endswith("DAY")]


class ModuloRangeValues(Enum):
    """The members of the value of `MODULO_RANGE`."""

    BASE = "BASE"
    START = "START"
    END = "END"
