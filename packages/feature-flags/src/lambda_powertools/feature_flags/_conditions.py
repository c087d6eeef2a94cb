"""Checks the conditions of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._errors import FeatureFlagsSchemaError
from lambda_powertools.feature_flags._logging import LoggerLike, logger_or_default
from lambda_powertools.feature_flags._zones import zone
from lambda_powertools.feature_flags.base import BaseValidator
from lambda_powertools.feature_flags.constants import (
    CONDITION_ACTION,
    CONDITION_KEY,
    CONDITION_VALUE,
    CONDITIONS_KEY,
    TIME_RANGE_FORMAT,
    RuleAction,
    TimeKeys,
    TimeValues,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACTIONS = frozenset(action.value for action in RuleAction)
_DAYS = frozenset(TimeValues.days())
_HOURS, _MINUTES, _TIME_LENGTH = 24, 60, 5
_LIST_ACTIONS = frozenset({"ANY_IN_VALUE", "ALL_IN_VALUE", "NONE_IN_VALUE"})

TIME_ACTIONS = {
    "SCHEDULE_BETWEEN_TIME_RANGE": TimeKeys.CURRENT_TIME.value,
    "SCHEDULE_BETWEEN_DATETIME_RANGE": TimeKeys.CURRENT_DATETIME.value,
    "SCHEDULE_BETWEEN_DAYS_OF_WEEK": TimeKeys.CURRENT_DAY_OF_WEEK.value,
}
"""The actions that look at the clock, and the key that their conditions must have."""


class ConditionsValidator(BaseValidator):
    """Checks the conditions of a rule.

    Args:
        rule: the rule.
        rule_name: its name, for messages.
        logger: for debug output.
    """

    def __init__(self, rule: dict[str, Any], rule_name: str, logger: LoggerLike | None = None) -> None:
        self.conditions: Any = rule.get(CONDITIONS_KEY)
        self.rule_name = rule_name
        self.logger = logger_or_default(logger)

    def validate(self) -> None:
        """Check them.

        Raises:
            SchemaValidationError: one breaks a rule of the schema; the message says which.
        """
        if not isinstance(self.conditions, list) or not self.conditions:
            raise FeatureFlagsSchemaError(f"{CONDITIONS_KEY!r} must be a non-empty list", rule=self.rule_name)
        for place, condition in enumerate(self.conditions):
            self._validate_at(place, condition)

    def _validate_at(self, place: int, condition: Any) -> None:
        try:
            self.validate_condition(self.rule_name, condition)
        except FeatureFlagsSchemaError as error:
            error.condition = place
            raise

    @staticmethod
    def validate_condition(rule_name: str, condition: Any) -> None:
        """Check a condition.

        Raises:
            SchemaValidationError: it breaks a rule of the schema.
        """
        if not isinstance(condition, dict) or not condition:
            raise FeatureFlagsSchemaError("A condition must be a non-empty dictionary", rule=rule_name)
        ConditionsValidator.validate_condition_action(condition, rule_name)
        ConditionsValidator.validate_condition_key(condition, rule_name)
        ConditionsValidator.validate_condition_value(condition, rule_name)

    @staticmethod
    def validate_condition_action(condition: Mapping[str, Any], rule_name: str) -> None:
        """Check the action of a condition.

        Raises:
            SchemaValidationError: there is no such action; the message names those there are.
        """
        action = condition.get(CONDITION_ACTION, "")
        if not isinstance(action, str) or action not in ACTIONS:
            allowed = ", ".join(one.value for one in RuleAction)
            raise FeatureFlagsSchemaError(
                f"{CONDITION_ACTION!r} must be one of {allowed}, not {action!r:.80}", rule=rule_name
            )

    @staticmethod
    def validate_condition_key(condition: Mapping[str, Any], rule_name: str) -> None:
        """Check the key of a condition.

        Raises:
            SchemaValidationError: it is missing, empty or no text, or not that of the time action.
        """
        key = condition.get(CONDITION_KEY)
        if not key or not isinstance(key, str):
            raise FeatureFlagsSchemaError(f"{CONDITION_KEY!r} must be a non-empty string", rule=rule_name)
        action = condition.get(CONDITION_ACTION, "")
        needed = TIME_ACTIONS.get(action)
        if needed is not None and key != needed:
            raise FeatureFlagsSchemaError(
                f"{CONDITION_KEY!r} of a condition with the action {_name(action)} must be {needed}", rule=rule_name
            )

    @staticmethod
    def validate_condition_value(condition: Mapping[str, Any], rule_name: str) -> None:
        """Check the value of a condition.

        Raises:
            SchemaValidationError: it is missing, or not what the action needs.
        """
        value = condition.get(CONDITION_VALUE)
        if value is None:
            raise FeatureFlagsSchemaError(f"{CONDITION_VALUE!r} is missing", rule=rule_name)
        action = condition.get(CONDITION_ACTION, "")
        check = _CHECKS.get(action)
        if check is not None:
            check(value, _name(action), rule_name)


def _name(action: str) -> str:
    return action.value if isinstance(action, RuleAction) else action


def _check_time_range(value: Any, action: str, rule_name: str) -> None:
    start, end = _range_of(value, action, rule_name)
    for name, text in (("START", start), ("END", end)):
        if not _is_time(text):
            raise FeatureFlagsSchemaError(
                f"{name} of {action} must be a time in the format {TIME_RANGE_FORMAT}, such as 08:30", rule=rule_name
            )
    _check_zone(value, rule_name)


def _check_datetime_range(value: Any, action: str, rule_name: str) -> None:
    start, end = _range_of(value, action, rule_name)
    for name, text in (("START", start), ("END", end)):
        moment = _moment(text)
        if moment is None:
            raise FeatureFlagsSchemaError(
                f"{name} of {action} must be an ISO 8601 timestamp, such as 2030-12-24T18:00:00", rule=rule_name
            )
        if moment.tzinfo is not None:
            raise FeatureFlagsSchemaError(
                f"{name} of {action} must not have an offset: the time zone belongs into TIMEZONE", rule=rule_name
            )
    _check_zone(value, rule_name)


def _check_days(value: Any, action: str, rule_name: str) -> None:
    days = value.get("DAYS") if isinstance(value, dict) else None
    if not isinstance(days, list):
        raise FeatureFlagsSchemaError(
            f"{CONDITION_VALUE!r} of {action} must be a dictionary with a list DAYS and, if needed, a TIMEZONE",
            rule=rule_name,
        )
    for day in days:
        if not isinstance(day, str) or day not in _DAYS:
            raise FeatureFlagsSchemaError(
                f"a day in DAYS must be one of {', '.join(TimeValues.days())}", rule=rule_name
            )
    _check_zone(value, rule_name)


def _check_modulo(value: Any, action: str, rule_name: str) -> None:
    names = ("BASE", "START", "END")
    numbers: list[Any] = [value.get(name) for name in names] if isinstance(value, dict) else [None]
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in numbers):
        raise FeatureFlagsSchemaError(
            f"{CONDITION_VALUE!r} of {action} must be a dictionary with the integers BASE, START and END",
            rule=rule_name,
        )
    base, start, end = numbers
    if not 0 <= start <= end <= base - 1:
        raise FeatureFlagsSchemaError(f"{action} needs 0 <= START <= END <= BASE - 1", rule=rule_name)


def _check_list(value: Any, action: str, rule_name: str) -> None:
    if not isinstance(value, list):
        raise FeatureFlagsSchemaError(f"{CONDITION_VALUE!r} of {action} must be a list", rule=rule_name)


def _range_of(value: Any, action: str, rule_name: str) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise FeatureFlagsSchemaError(
            f"{CONDITION_VALUE!r} of {action} must be a dictionary with START and END", rule=rule_name
        )
    start, end = value.get("START", ""), value.get("END", "")
    if not isinstance(start, str) or not isinstance(end, str):
        raise FeatureFlagsSchemaError(f"START and END of {action} must be strings", rule=rule_name)
    return start, end


def _check_zone(value: Mapping[str, Any], rule_name: str) -> None:
    name = value.get("TIMEZONE", "")
    if not isinstance(name, str):
        raise FeatureFlagsSchemaError("TIMEZONE must be a string", rule=rule_name)
    if zone(name) is None:
        raise FeatureFlagsSchemaError(
            "TIMEZONE must be the name of an IANA time zone, such as Europe/Amsterdam", rule=rule_name
        )


def _is_time(text: str) -> bool:
    if len(text) != _TIME_LENGTH or text[2] != ":" or not text.isascii():
        return False
    hours, minutes = text[:2], text[3:]
    return hours.isdigit() and minutes.isdigit() and int(hours) < _HOURS and int(minutes) < _MINUTES


def _moment(text: str) -> Any:
    from datetime import datetime

    try:
        # Python 3.10 does not know the Z.
        return datetime.fromisoformat(f"{text[:-1]}+00:00" if text[-1:] in {"Z", "z"} else text)
    except ValueError:
        return None


_CHECKS: dict[str, Callable[[Any, str, str], None]] = {
    "SCHEDULE_BETWEEN_TIME_RANGE": _check_time_range,
    "SCHEDULE_BETWEEN_DATETIME_RANGE": _check_datetime_range,
    "SCHEDULE_BETWEEN_DAYS_OF_WEEK": _check_days,
    "MODULO_RANGE": _check_modulo,
    **dict.fromkeys(_LIST_ACTIONS, _check_list),
}
