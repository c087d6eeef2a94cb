"""Masking rules: a mask of its own for each path."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.exceptions import DataMaskingError, DataMaskingFieldNotFoundError
from lambda_powertools.data_masking.provider import BaseProvider

MASK = "*****"
EMAIL = {"regex_pattern": r"(.).*(@.*)", "mask_format": r"\1***\2"}


def test_each_path_has_its_mask():
    """MASK-30, MASK-32: masks differ by path, with or without `$.`."""
    data = {"email": "abc@x.com", "age": 36, "cards": [{"n": "4711"}, {"n": "12"}], "name": "Ada"}
    rules = {"email": EMAIL, "$.age": {"dynamic_mask": True}, "cards[*].n": {"custom_mask": "XX"}}

    assert DataMasking().erase(data, masking_rules=rules) == {
        "email": "a***@x.com",
        "age": "**",
        "cards": [{"n": "XX"}, {"n": "XX"}],
        "name": "Ada",
    }


def test_rules_win_over_the_other_arguments():
    """MASK-31: with rules the fields and masks are ignored."""
    result = DataMasking().erase({"a": "xy", "b": 1}, fields=["b"], custom_mask="Z", masking_rules={"a": {}})

    assert result == {"a": MASK, "b": 1}


def test_empty_rules_count_as_none():
    """MASK-31: with an empty dict the other arguments decide."""
    assert DataMasking().erase({"a": "xy"}, masking_rules={}) == MASK
    assert DataMasking().erase({"a": "xy"}, fields=["a"], custom_mask="Z", masking_rules={}) == {"a": "Z"}


def test_other_values_stay_what_they_are():
    """MASK-33: nothing goes through JSON; tuples, dates and keys that are no texts survive."""
    data = {"a": "x", 1: (date(2026, 1, 1), [{"b": ({"c": "y"}, 2)}], ()), "d": Decimal("1.5"), "e": {1, 2}}

    result = DataMasking().erase(data, masking_rules={"a": {}, "$..c": {"dynamic_mask": True}})

    assert result == {**data, "a": MASK, 1: (date(2026, 1, 1), [{"b": ({"c": "*"}, 2)}], ())}


def test_member_of_a_tuple_is_masked():
    """MASK-33: a path may lead into a tuple, which is one afterwards."""
    assert DataMasking().erase({"t": ("ab", (1, 2))}, masking_rules={"t[0]": {}, "t[1][*]": {}}) == {
        "t": (MASK, (MASK, MASK))
    }


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        (1.5, {"dynamic_mask": True}, "*.*"),
        (True, {"custom_mask": "XXXXX"}, "XXXX"),
        (date(2026, 1, 2), {"dynamic_mask": True}, "****-**-**"),
        (Decimal("1.5"), {"dynamic_mask": True}, "*.*"),
        (None, {"dynamic_mask": True}, None),
        (None, {}, None),
        ("x", {}, MASK),
        (12, {}, MASK),
        ([1], {}, MASK),
        ({"a": 1}, {}, MASK),
        ("x", {"dynamic_mask": False}, MASK),
        ({"a": ["xy", 1]}, {"dynamic_mask": True}, {"a": ["**", "*"]}),
        (["xy", (1,)], {"custom_mask": "Z"}, ["Z", ("Z",)]),
    ],
    ids=repr,
)
def test_value_is_masked_on_its_text(value, options, expected):
    """MASK-34, MASK-35: any value but None is masked as text, of a dict or list its leaves; no option hides it."""
    assert DataMasking().erase({"v": value}, masking_rules={"v": options}) == {"v": expected}


def test_missing_path_is_raised():
    """MASK-36: a path that matches nothing is an error that names it."""
    with pytest.raises(DataMaskingFieldNotFoundError, match="missing") as failure:
        DataMasking().erase({"a": "4711"}, masking_rules={"missing": {}})

    assert "4711" not in str(failure.value)


def test_missing_path_is_a_warning_if_wished():
    """MASK-36: else it is a warning saying that there is no match, and the other rules are applied."""
    masking = DataMasking(raise_on_missing_field=False)

    with pytest.warns(UserWarning, match="^Field or expression missing not found: no match was found"):
        assert masking.erase({"a": "xy"}, masking_rules={"missing": {}, "a": {}}) == {"a": MASK}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"custom_maks": "X"}, "no option 'custom_maks', did you mean 'custom_mask'"),
        ({"fields": ["a"]}, "no option 'fields'"),
        ("X", "has to be a dict"),
        ({"regex_pattern": "(", "mask_format": "x"}, "no regular expression"),
    ],
)
def test_wrong_rule_is_an_error(rule, message):
    """MASK-37: a typo in an option, or a rule that is none, is named."""
    with pytest.raises(DataMaskingError) as failure:
        DataMasking().erase({"a": "4711"}, masking_rules={"a": rule})

    assert message.replace(", did", "").split(" you")[0] in str(failure.value)
    assert "4711" not in str(failure.value)


def test_failure_while_masking_names_the_path():
    """MASK-37: any other failure is chained in an error that names the path and not the data."""

    class Broken(BaseProvider):
        def erase(self, data, **options):
            raise RuntimeError("out of ink")

    with pytest.raises(DataMaskingError, match=r"'a\.b'") as failure:
        DataMasking(provider=Broken()).erase({"a": {"b": "4711"}}, masking_rules={"a.b": {}})

    assert isinstance(failure.value.__cause__, RuntimeError)
    assert "4711" not in str(failure.value)


def test_json_text_is_read_first():
    """MASK-38: the JSON of an object or array has paths too."""
    assert DataMasking().erase('{"a": "xy", "b": 1}', masking_rules={"a": {}}) == {"a": MASK, "b": 1}
    assert DataMasking().erase('[{"a": "xy"}]', masking_rules={"[0].a": {}}) == [{"a": MASK}]


def test_provider_takes_rules_as_well():
    """The base provider's own `erase` applies rules to a copy."""
    data = {"a": "xy"}

    assert BaseProvider().erase(data, masking_rules={"a": {"dynamic_mask": True}}) == {"a": "**"}
    assert data == {"a": "xy"}
