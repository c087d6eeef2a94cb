"""Turns a validated configuration into functions: what can be known before an evaluation is worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags import comparators
from lambda_powertools.feature_flags._conditions import TIME_ACTIONS
from lambda_powertools.feature_flags.constants import (
    CONDITION_ACTION,
    CONDITION_KEY,
    CONDITION_VALUE,
    CONDITIONS_KEY,
    FEATURE_DEFAULT_VAL_KEY,
    RULE_MATCH_VALUE,
    RULES_KEY,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[Any], Any]

MISSING: Any = object()
"""Stands for a key that is not in the context."""

SCALARS = frozenset({bool, str, int, float, type(None)})


class Condition:
    """A condition of a rule, ready to be tested."""

    __slots__ = ("action", "key", "needs_context", "test", "value")

    def __init__(self, document: dict[str, Any]) -> None:
        self.action = str(document[CONDITION_ACTION])
        self.key: str = document[CONDITION_KEY]
        self.value = document[CONDITION_VALUE]
        self.needs_context = self.action not in TIME_ACTIONS
        self.test = _COMPILERS[self.action](self.value)


class Rule:
    """A rule of a feature. `steps` are its conditions in the form in which they are tested fastest."""

    __slots__ = ("conditions", "name", "steps", "value")

    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self.name = name
        self.value = document.get(RULE_MATCH_VALUE)
        self.conditions = tuple(Condition(one) for one in document[CONDITIONS_KEY])
        self.steps = tuple((one.key, one.test, one.needs_context, one) for one in self.conditions)


class Feature:
    """A feature of the configuration."""

    __slots__ = ("default", "name", "rules", "steps")

    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self.name = name
        self.default = document[FEATURE_DEFAULT_VAL_KEY]
        self.rules = tuple(Rule(rule, one) for rule, one in (document.get(RULES_KEY) or {}).items())
        self.steps = tuple((rule.steps, rule.value, rule) for rule in self.rules)


class Compiled:
    """A configuration that has been validated.

    Attributes:
        source: the configuration itself, by whose identity it is recognised.
        fingerprint: what a copy of it, read anew, has in common with it.
        features: its features by name.
    """

    __slots__ = ("features", "fingerprint", "source")

    def __init__(self, source: dict[str, Any]) -> None:
        self.source = source
        self.fingerprint = repr(source)  # tells 1 from true, as equality does not
        self.features = {name: Feature(name, document) for name, document in source.items()}


def copied(value: Any) -> Any:
    """Return a copy of a JSON value, so that nobody can change a feature by changing what it gave."""
    if type(value) in SCALARS:
        return value
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def compare(action: str, context_value: Any, condition_value: Any) -> bool | None:
    """Return the result of an action on two values, None if there is no such action."""
    compiler = _COMPILERS.get(action)
    return None if compiler is None else bool(compiler(condition_value)(context_value))


def _equals(value: Any) -> Test:
    return lambda given: given == value


def _not_equals(value: Any) -> Test:
    return lambda given: given != value


def _greater(value: Any) -> Test:
    return lambda given: given > value


def _greater_or_equal(value: Any) -> Test:
    return lambda given: given >= value


def _less(value: Any) -> Test:
    return lambda given: given < value


def _less_or_equal(value: Any) -> Test:
    return lambda given: given <= value


def _starts(value: Any) -> Test:
    return lambda given: given.startswith(value)


def _ends(value: Any) -> Test:
    return lambda given: given.endswith(value)


def _in(value: Any) -> Test:
    return lambda given: given in value


def _not_in(value: Any) -> Test:
    return lambda given: given not in value


def _contains(value: Any) -> Test:
    return lambda given: value in given


def _contains_not(value: Any) -> Test:
    return lambda given: value not in given


def _time_range(value: dict[str, Any]) -> Test:
    where = comparators.zone_of(value)
    start, end = comparators.minutes(value["START"]), comparators.minutes(value["END"])

    def test(_: Any) -> bool:
        now = comparators._get_now_from_timezone(where)  # noqa: SLF001  # the one clock, which tests replace
        return comparators.is_between(start, now.hour * 60 + now.minute, end)

    return test


def _days(value: dict[str, Any]) -> Test:
    where = comparators.zone_of(value)
    days = frozenset(value["DAYS"])

    def test(_: Any) -> bool:
        now = comparators._get_now_from_timezone(where)  # noqa: SLF001  # as above
        return comparators.WEEKDAYS[now.weekday()] in days

    return test


def _with(function: Callable[[Any, Any], bool]) -> Callable[[Any], Test]:
    return lambda value: lambda given: function(given, value)


_COMPILERS: dict[str, Callable[[Any], Test]] = {
    "EQUALS": _equals,
    "NOT_EQUALS": _not_equals,
    "KEY_GREATER_THAN_VALUE": _greater,
    "KEY_GREATER_THAN_OR_EQUAL_VALUE": _greater_or_equal,
    "KEY_LESS_THAN_VALUE": _less,
    "KEY_LESS_THAN_OR_EQUAL_VALUE": _less_or_equal,
    "STARTSWITH": _starts,
    "ENDSWITH": _ends,
    "IN": _in,
    "KEY_IN_VALUE": _in,
    "NOT_IN": _not_in,
    "KEY_NOT_IN_VALUE": _not_in,
    "VALUE_IN_KEY": _contains,
    "VALUE_NOT_IN_KEY": _contains_not,
    "ANY_IN_VALUE": _with(comparators.compare_any_in_list),
    "ALL_IN_VALUE": _with(comparators.compare_all_in_list),
    "NONE_IN_VALUE": _with(comparators.compare_none_in_list),
    "SCHEDULE_BETWEEN_TIME_RANGE": _time_range,
    "SCHEDULE_BETWEEN_DATETIME_RANGE": _with(comparators.compare_datetime_range),
    "SCHEDULE_BETWEEN_DAYS_OF_WEEK": _days,
    "MODULO_RANGE": _with(comparators.compare_modulo_range),
}
