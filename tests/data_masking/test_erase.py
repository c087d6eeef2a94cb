"""Erasing all of the data: what each kind of value and each mask makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lambda_powertools.core.exceptions import PowertoolsError
from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.exceptions import DataMaskingError

MASK = "*****"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        *[(value, MASK) for value in ("secret", "", 42, 4.2, True, None, b"x", {"a": {"b": 1}}, {}, date(2026, 1, 1))],
        ([1, "a", {"b": 2}, [3]], [MASK] * 4),
        ((1, 2), (MASK, MASK)),
        ({1, 2, 3}, {MASK}),
        (frozenset({1, 2}), frozenset({MASK})),
        ([], []),
        ((), ()),
        (set(), set()),
        ('{"a": 1}', MASK),
    ],
    ids=repr,
)
@pytest.mark.parametrize("options", [{}, {"dynamic_mask": False}, {"custom_mask": "", "regex_pattern": ""}], ids=repr)
def test_data_without_a_mask_is_replaced(data, expected, options):
    """MASK-10, MASK-11, MASK-19: a scalar or dict becomes the mask, a container one for each member."""
    result = DataMasking().erase(data, **options)

    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("abc-def 1", "***-*** *"),
        ("a_b.c", "*_*.*"),
        (4.2, "*.*"),
        (True, "****"),
        (1e22, "**+**".replace("+", "*")),
        ("", ""),
        (None, MASK),
        (b"x", MASK),
        (Decimal("1.5"), MASK),
        (date(2026, 1, 1), MASK),
        ({"a": {"b": ["xy", 12, None]}, 3: ("z",)}, {"a": {"b": ["**", "**", MASK]}, 3: ("*",)}),
        ({12, 34}, {"**"}),
        ({}, {}),
    ],
    ids=repr,
)
def test_dynamic_mask_hides_each_character_of_each_leaf(data, expected):
    """MASK-12, MASK-15: leaves are masked on their text, `-`, `_`, `.` and the space stay, other leaves are hidden."""
    assert DataMasking().erase(data, dynamic_mask=True) == expected


@pytest.mark.parametrize(
    ("options", "data", "expected"),
    [
        ({"custom_mask": "XXXXXXXX"}, "abc", "XXX"),
        ({"custom_mask": "XX-XX"}, "abc-def 1", "XX-XX"),
        ({"custom_mask": "XX"}, ["abc", {"a": 12345}], ["XX", {"a": "XX"}]),
        ({"regex_pattern": r"(.).*(@.*)", "mask_format": r"\1***\2"}, "abc@x.com", "a***@x.com"),
        ({"regex_pattern": r"(.).*(@.*)", "mask_format": r"\1***\2"}, "no match", "no match"),
        ({"regex_pattern": r"\d", "mask_format": "#"}, {"a": 12, "b": "c3"}, {"a": "##", "b": "c#"}),
        ({"regex_pattern": r"\d", "mask_format": "#", "custom_mask": "X", "dynamic_mask": True}, "a1", "a#"),
        ({"custom_mask": "XY", "dynamic_mask": True}, "a1", "XY"),
        ({"custom_mask": "XY", "regex_pattern": "a"}, "a1", "XY"),
        ({"regex_pattern": "a"}, "a-1", "*-*"),
        ({"mask_format": "a"}, "a-1", "*-*"),
    ],
    ids=repr,
)
def test_masks_have_their_precedence(options, data, expected):
    """MASK-16, MASK-17: a complete regular expression wins over a custom mask, that over masking each character."""
    assert DataMasking().erase(data, **options) == expected


@pytest.mark.parametrize(
    "options",
    [
        {"regex_pattern": "(", "mask_format": "x"},
        {"regex_pattern": "4", "mask_format": r"\7"},
    ],
    ids=repr,
)
def test_wrong_regular_expression_is_named(options):
    """MASK-17: a wrong pattern or format is an error of the package that names it, and not the data."""
    with pytest.raises(DataMaskingError) as failure:
        DataMasking().erase("4711-secret", **options)

    assert repr(options["regex_pattern"]) in str(failure.value)
    assert "4711" not in str(failure.value)
    assert failure.value.__cause__ is not None
    assert isinstance(failure.value, PowertoolsError)


def test_patterns_are_compiled_once_and_not_for_ever():
    """MASK-18: compiled patterns are cached, and the cache has a bound."""
    from lambda_powertools.data_masking._masks import _compile

    masking = DataMasking()
    for number in range(200):
        masking.erase("a", regex_pattern=f"a{number}", mask_format="b")
    before = _compile.cache_info()
    masking.erase("a", regex_pattern="a199", mask_format="b")

    assert before.currsize == 128
    assert _compile.cache_info().hits == before.hits + 1
