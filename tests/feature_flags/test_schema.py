from __future__ import annotations

import copy

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.feature_flags import SchemaValidationError, SchemaValidator
from lambda_powertools.feature_flags.schema import (
    ConditionsValidator,
    FeaturesValidator,
    RuleAction,
    RulesValidator,
    TimeValues,
)

PERSONAL = "jane.doe@example.com"


def document(**condition):
    """Return a document of one feature `f` with one rule `r`, whose second condition has the given members."""
    fine = {"action": "EQUALS", "key": "a", "value": 1}
    odd = {"action": "EQUALS", "key": "a", "value": PERSONAL, **condition}
    odd = {name: value for name, value in odd.items() if value is not ...}
    return {"f": {"default": False, "rules": {"r": {"when_match": True, "conditions": [fine, odd]}}}}


FEATURES = [
    ({"f": {}}, "A feature must be a non-empty dictionary, feature=f"),
    ({"f": "on"}, "A feature must be a non-empty dictionary, feature=f"),
    ({"f": {"rules": {}}}, "'default' is missing, feature=f"),
    ({"f": {"default": None, "boolean_type": False}}, "'default' is missing, feature=f"),
    ({"f": {"default": "true"}}, "'default' must be true or false, feature=f"),
    ({"f": {"default": 0}}, "'default' must be true or false, feature=f"),
    ({"f": {"default": True, "boolean_type": "no"}}, "'boolean_type' must be true or false, feature=f"),
    ({"f": {"default": True, "rules": ["x"]}}, "'rules' must be a dictionary, feature=f"),
    ({"f": {"default": True, "rules": "x"}}, "'rules' must be a dictionary, feature=f"),
    ({"f": {"default": True, "rules": {"r": {}}}}, "A rule must be a non-empty dictionary, feature=f, rule=r"),
    ({"f": {"default": True, "rules": {"r": "x"}}}, "A rule must be a non-empty dictionary, feature=f, rule=r"),
    ({"f": {"default": True, "rules": {"": {"x": 1}}}}, "The name of a rule must be a non-empty string, feature=f"),
    ({"f": {"default": True, "rules": {7: {"x": 1}}}}, "The name of a rule must be a non-empty string, feature=f"),
    (
        {"f": {"default": True, "rules": {"r": {"conditions": [1]}}}},
        "'when_match' must be true or false, feature=f, rule=r",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": 1, "conditions": [1]}}}},
        "'when_match' must be true or false, feature=f, rule=r",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": True}}}},
        "'conditions' must be a non-empty list, feature=f, rule=r",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": True, "conditions": []}}}},
        "'conditions' must be a non-empty list, feature=f, rule=r",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": True, "conditions": {"action": "EQUALS"}}}}},
        "'conditions' must be a non-empty list, feature=f, rule=r",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": True, "conditions": [{}]}}}},
        "A condition must be a non-empty dictionary, feature=f, rule=r, conditions[0]",
    ),
    (
        {"f": {"default": True, "rules": {"r": {"when_match": True, "conditions": ["x"]}}}},
        "A condition must be a non-empty dictionary, feature=f, rule=r, conditions[0]",
    ),
]


@pytest.mark.parametrize(("schema", "message"), FEATURES)
def test_a_malformed_feature_or_rule_is_refused_by_name(schema, message):
    """FF-25, 26: the message says what is wrong and where."""
    with pytest.raises(SchemaValidationError) as caught:
        SchemaValidator(schema).validate()

    assert str(caught.value) == message


TIME = {"action": "SCHEDULE_BETWEEN_TIME_RANGE", "key": "CURRENT_TIME"}
DATETIME = {"action": "SCHEDULE_BETWEEN_DATETIME_RANGE", "key": "CURRENT_DATETIME"}
DAYS = {"action": "SCHEDULE_BETWEEN_DAYS_OF_WEEK", "key": "CURRENT_DAY_OF_WEEK"}
MODULO = {"action": "MODULO_RANGE"}
HOURS = {"START": "08:00", "END": "09:00"}
MOMENTS = {"START": "2030-01-01T00:00:00", "END": "2030-01-02T00:00:00"}
CLOCK = "must be a time in the format %H:%M"
ISO = "must be an ISO 8601 timestamp"
OFFSET = "must not have an offset: the time zone belongs into TIMEZONE"
THREE = "must be a dictionary with the integers BASE, START and END"
RELATION = "MODULO_RANGE needs 0 <= START <= END <= BASE - 1"

CONDITIONS = [
    ({"action": ...}, "'action' must be one of EQUALS, .*, MODULO_RANGE, not ''"),
    ({"action": "EQUALZ"}, "'action' must be one of EQUALS, .*, MODULO_RANGE, not 'EQUALZ'"),
    ({"action": ["EQUALS"]}, "'action' must be one of"),
    ({"action": "equals"}, "'action' must be one of"),
    ({"key": ...}, "'key' must be a non-empty string"),
    ({"key": ""}, "'key' must be a non-empty string"),
    ({"key": 7}, "'key' must be a non-empty string"),
    ({**TIME, "key": "a", "value": HOURS}, "action SCHEDULE_BETWEEN_TIME_RANGE must be CURRENT_TIME"),
    ({**DATETIME, "key": "CURRENT_TIME"}, "action SCHEDULE_BETWEEN_DATETIME_RANGE must be CURRENT_DATETIME"),
    ({**DAYS, "key": "CURRENT_TIME"}, "action SCHEDULE_BETWEEN_DAYS_OF_WEEK must be CURRENT_DAY_OF_WEEK"),
    ({"value": ...}, "'value' is missing"),
    ({"value": None}, "'value' is missing"),
    ({**TIME, "value": "08:00"}, "'value' of SCHEDULE_BETWEEN_TIME_RANGE must be a dictionary with START and END"),
    ({**DATETIME, "value": []}, "'value' of SCHEDULE_BETWEEN_DATETIME_RANGE must be a dictionary with START and END"),
    ({**TIME, "value": {"START": 8, "END": "09:00"}}, "START and END of SCHEDULE_BETWEEN_TIME_RANGE must be strings"),
    ({**TIME, "value": {"START": "08:00", "END": None}}, "must be strings"),
    ({**TIME, "value": {}}, f"START of SCHEDULE_BETWEEN_TIME_RANGE {CLOCK}"),
    ({**TIME, "value": {"START": "08:00"}}, f"END of SCHEDULE_BETWEEN_TIME_RANGE {CLOCK}"),
    *(
        ({**TIME, "value": {"START": "08:00", "END": end}}, f"END of SCHEDULE_BETWEEN_TIME_RANGE {CLOCK}")
        for end in ("24:00", "8:00", "08:60", "08-00", "08:0", "08:00:00", "0٨:00", " 8:00", "+8:00", "")
    ),
    ({**DATETIME, "value": {}}, f"START of SCHEDULE_BETWEEN_DATETIME_RANGE {ISO}"),
    ({**DATETIME, "value": {**MOMENTS, "END": "tomorrow"}}, f"END of SCHEDULE_BETWEEN_DATETIME_RANGE {ISO}"),
    ({**DATETIME, "value": {**MOMENTS, "START": "2030-01-01T00:00:00Z"}}, f"START .* {OFFSET}"),
    ({**DATETIME, "value": {**MOMENTS, "END": "2030-01-01T00:00:00+02:00"}}, f"END .* {OFFSET}"),
    ({**DATETIME, "value": {"START": "2030-01-01T00:00:00Z", "END": "x"}}, f"START .* {OFFSET}"),
    ({**DAYS, "value": ["MONDAY"]}, "must be a dictionary with a list DAYS and, if needed, a TIMEZONE"),
    ({**DAYS, "value": {"DAYS": "MONDAY"}}, "must be a dictionary with a list DAYS"),
    ({**DAYS, "value": {}}, "must be a dictionary with a list DAYS"),
    *(
        ({**DAYS, "value": {"DAYS": ["MONDAY", day]}}, "a day in DAYS must be one of SUNDAY, MONDAY,")
        for day in ("monday", "DAYS", "MON", 1, None, ["MONDAY"])
    ),
    *(
        ({**kind, "value": {**value, "TIMEZONE": 1}}, "TIMEZONE must be a string")
        for kind, value in ((TIME, HOURS), (DATETIME, MOMENTS), (DAYS, {"DAYS": ["MONDAY"]}))
    ),
    *(
        ({**TIME, "value": {**HOURS, "TIMEZONE": zone}}, "TIMEZONE must be the name of an IANA time zone")
        for zone in ("Europe/Atlantis", "/etc/passwd", "../../etc/passwd", "Europe", "a" * 5000, "a\0b", "é")
    ),
    ({**MODULO, "value": 10}, THREE),
    ({**MODULO, "value": {}}, THREE),
    ({**MODULO, "value": {"BASE": 10, "START": 0}}, THREE),
    ({**MODULO, "value": {"BASE": 10, "START": 0, "END": 5.0}}, THREE),
    ({**MODULO, "value": {"BASE": 10, "START": False, "END": 5}}, THREE),
    ({**MODULO, "value": {"BASE": "10", "START": 0, "END": 5}}, THREE),
    ({**MODULO, "value": {"BASE": 100, "START": -10, "END": 20}}, RELATION),
    ({**MODULO, "value": {"BASE": 100, "START": 20, "END": 10}}, RELATION),
    ({**MODULO, "value": {"BASE": 100, "START": 0, "END": 100}}, RELATION),
    ({**MODULO, "value": {"BASE": 0, "START": 0, "END": 0}}, RELATION),
    ({**MODULO, "value": {"BASE": -100, "START": -10, "END": -5}}, RELATION),
    ({"action": "ANY_IN_VALUE", "value": "ab"}, "'value' of ANY_IN_VALUE must be a list"),
    ({"action": "ALL_IN_VALUE", "value": {}}, "'value' of ALL_IN_VALUE must be a list"),
    ({"action": "NONE_IN_VALUE", "value": 0}, "'value' of NONE_IN_VALUE must be a list"),
]


@pytest.mark.parametrize(("condition", "message"), CONDITIONS)
def test_a_malformed_condition_is_refused_with_feature_rule_and_place(condition, message):
    """FF-25, 26: feature, rule and condition are named, and never a value that a condition compares with."""
    with pytest.raises(SchemaValidationError, match=message) as caught:
        SchemaValidator(document(**condition)).validate()

    assert str(caught.value).endswith(", feature=f, rule=r, conditions[1]")
    assert (caught.value.feature, caught.value.rule, caught.value.condition) == ("f", "r", 1)
    assert PERSONAL not in str(caught.value)


FINE = [
    {"value": 0},
    {"value": ""},
    {"value": False},
    {"value": {"any": ["json"]}},
    {"unknown": "member"},
    {**TIME, "value": HOURS},
    {**TIME, "value": {"START": "23:59", "END": "00:00", "TIMEZONE": ""}},
    {**TIME, "value": {**HOURS, "TIMEZONE": "Europe/Amsterdam", "more": 1}},
    {**DATETIME, "value": MOMENTS},
    {**DAYS, "value": {"DAYS": TimeValues.days(), "TIMEZONE": "UTC"}},
    {**DAYS, "value": {"DAYS": []}},
    {**MODULO, "value": {"BASE": 1, "START": 0, "END": 0}},
    {**MODULO, "value": {"BASE": 100, "START": 0, "END": 99}},
    {"action": "ANY_IN_VALUE", "value": []},
]


@pytest.mark.parametrize("condition", FINE)
def test_a_well_formed_condition_is_accepted(condition):
    """FF-1: falsy values, unknown members and every kind of range pass, and the document stays as it is."""
    schema = document(**condition)
    before = copy.deepcopy(schema)

    SchemaValidator(schema).validate()

    assert schema == before


@pytest.mark.parametrize("schema", [None, "features", ["f"], 7, True])
def test_a_document_that_is_no_object_is_refused(schema):
    """FF-25: features must be a dictionary, and what was there instead is shown, in part if it is long."""
    with pytest.raises(SchemaValidationError, match="Features must be a dictionary, schema=") as caught:
        SchemaValidator(schema).validate()
    assert repr(schema) in str(caught.value)

    with pytest.raises(SchemaValidationError) as caught:
        SchemaValidator("x" * 100_000).validate()
    assert len(str(caught.value)) < 300


def test_an_empty_document_is_a_warning():
    """FF-25: nothing to validate is told once, and no error."""
    with pytest.warns(PowertoolsUserWarning, match="nothing to validate") as caught:
        SchemaValidator({}).validate()

    assert len(caught) == 1


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({}, "'rules' of a feature is empty: its default serves, feature=f"),
        (None, "'rules' of a feature is empty: its default serves, feature=f"),
        ([], "'rules' of a feature is empty and no dictionary but a list: its default serves, feature=f"),
        ("", "'rules' of a feature is empty and no dictionary but a str: its default serves, feature=f"),
    ],
)
def test_empty_rules_are_a_warning(rules, message):
    """FF-25: rules that are there and empty are told, with their type if it is an odd one."""
    with pytest.warns(PowertoolsUserWarning) as caught:
        SchemaValidator({"f": {"default": True, "rules": rules}}).validate()

    assert [str(one.message) for one in caught] == [message]


def test_the_whole_document_is_refused_for_one_feature(flags):
    """FF-25: a violation anywhere refuses everything, the first in the order of the document."""
    made = flags(good={"default": True}, bad={"default": 1}, worse={})

    with pytest.raises(SchemaValidationError, match="feature=bad"):
        made.evaluate(name="good", default=False)


def test_the_static_validators_work_by_themselves():
    """FF-27: each part can be checked without constructing anything."""
    condition = {"action": RuleAction.EQUALS, "key": "a", "value": 1}

    assert FeaturesValidator.validate_feature("f", {"default": True}) is True
    assert FeaturesValidator.validate_feature("f", {"default": 1, "boolean_type": False}) is False
    RulesValidator.validate_rule({"when_match": True}, "r", "f")
    RulesValidator.validate_rule({"x": 1}, "r", "f", boolean_feature=False)
    RulesValidator.validate_rule_name("r", "f")
    RulesValidator.validate_rule_default_value({"when_match": True}, "r", boolean_feature=True)
    ConditionsValidator.validate_condition("r", condition)
    ConditionsValidator.validate_condition_action(condition, "r")
    ConditionsValidator.validate_condition_key(condition, "r")
    ConditionsValidator.validate_condition_value(condition, "r")
    with pytest.raises(SchemaValidationError, match="rule=r$"):
        ConditionsValidator.validate_condition_value({"action": "EQUALS"}, "r")
    with pytest.raises(SchemaValidationError, match="feature=f$"):
        RulesValidator.validate_rule_name("", "f")


def test_validators_can_be_built_by_themselves():
    """FF-27: rules and conditions of a part of a document."""
    rule = {"when_match": True, "conditions": [{"action": "EQUALS", "key": "", "value": 1}]}

    with pytest.raises(SchemaValidationError, match=r"rule=r, conditions\[0\]$"):
        ConditionsValidator(rule, "r").validate()
    with pytest.raises(SchemaValidationError, match=r"feature=f, rule=r, conditions\[0\]$"):
        RulesValidator({"rules": {"r": rule}}, boolean_feature=True, feature_name="f").validate()
    FeaturesValidator({"f": {"default": True}}).validate()


def test_the_days_are_seven():
    """FF-24: the names of the days, without the member that is called DAYS."""
    assert TimeValues.days() == ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"]
