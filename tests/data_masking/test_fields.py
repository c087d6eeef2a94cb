"""Erasing fields: which paths there are, what they need, and what happens where they match nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.exceptions import (
    DataMaskingError,
    DataMaskingFieldNotFoundError,
    DataMaskingUnsupportedTypeError,
)
from lambda_powertools.data_masking.provider import BaseProvider

MASK = "*****"
DOCUMENT = {
    "card": "4711",
    "customer": {"name": "Ada", "zip": {"code": "1010", "city": "Wien"}},
    "items": [{"sku": "a", "price": 50}, {"sku": "b", "price": 150, "token": "t"}],
    "totals": {"2024": 7, "a-b": 8},
    "order": {"lines": [{"name": "x"}, {"deep": {"name": "y"}}]},
    "none": None,
}


def changed(path, value=MASK):
    """Return the document with other values at some places, each a list of keys."""
    document = json.loads(json.dumps(DOCUMENT))
    for keys in path:
        parent = document
        for key in keys[:-1]:
            parent = parent[key]
        parent[keys[-1]] = value
    return document


@pytest.mark.parametrize(
    ("field", "places"),
    [
        ("card", [["card"]]),
        ("$.card", [["card"]]),
        ("customer.zip.code", [["customer", "zip", "code"]]),
        ("customer.zip", [["customer", "zip"]]),
        ("customer.*", [["customer", "name"], ["customer", "zip"]]),
        ("items[*].sku", [["items", 0, "sku"], ["items", 1, "sku"]]),
        ("items[0].sku", [["items", 0, "sku"]]),
        ("items[-1].sku", [["items", 1, "sku"]]),
        ("items[0:1].sku", [["items", 0, "sku"]]),
        ("order..name", [["order", "lines", 0, "name"], ["order", "lines", 1, "deep", "name"]]),
        ("$..token", [["items", 1, "token"]]),
        ("$.items[?(@.price > 100)]", [["items", 1]]),
        ("$.items[?(@.price > 100)].sku", [["items", 1, "sku"]]),
        ("totals.'2024'", [["totals", "2024"]]),
        ("totals.'a-b'", [["totals", "a-b"]]),
        ("none", [["none"]]),
    ],
)
@pytest.mark.parametrize("form", [lambda data: data, json.dumps], ids=["dict", "json"])
def test_path_erases_all_that_it_matches(field, places, form):
    """MASK-20, MASK-21, MASK-24: each kind of path replaces its matches and nothing else, in a dict or its JSON."""
    assert DataMasking().erase(form(DOCUMENT), fields=[field]) == changed(places)


@pytest.mark.parametrize("form", [lambda data: data, json.dumps, tuple], ids=["list", "json", "tuple"])
def test_array_has_fields_too(form):
    """MASK-21: a list, or the JSON of one, may be the root."""
    data = form([{"a": 1}, {"a": 2, "b": 3}])

    assert DataMasking().erase(data, fields=["[*].a"]) == [{"a": MASK}, {"a": MASK, "b": 3}]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"list": [MASK, MASK], "dict": MASK, "none": MASK}),
        ({"dynamic_mask": True}, {"list": ["**", {"b": "*"}], "dict": {"c": "*.*"}, "none": MASK}),
        ({"custom_mask": "XYZ"}, {"list": ["XY", {"b": "X"}], "dict": {"c": "XYZ"}, "none": MASK}),
    ],
    ids=repr,
)
def test_match_is_masked_by_the_options(options, expected):
    """MASK-24: without a mask a list keeps its length; with one, the leaves of a match are masked."""
    data = {"list": ["ab", {"b": 1}], "dict": {"c": 1.5}, "none": None}

    assert DataMasking().erase(data, fields=["list", "dict", "none"], **options) == expected


def test_root_is_a_path():
    """MASK-20: `$` is the whole document."""
    assert DataMasking().erase({"a": "bc"}, fields=["$"], dynamic_mask=True) == {"a": "**"}
    assert DataMasking().erase({"a": "bc"}, fields=["$"]) == MASK


def test_match_inside_of_a_match_is_masked_once():
    """MASK-24: where a path matches a value and one inside of it, the mask is put on once."""
    data = {"token": {"id": "a1", "token": "b2"}}
    options = {"regex_pattern": "([a-z])", "mask_format": r"\1\1"}

    assert DataMasking().erase(data, fields=["$..token"], **options) == {"token": {"id": "aa1", "token": "bb2"}}


@pytest.mark.parametrize("data", [42, None, 1.5, b"x", '"text"', "42", "no json"], ids=repr)
@pytest.mark.parametrize("options", [{"fields": ["a"]}, {"masking_rules": {"a": {}}}], ids=["fields", "rules"])
def test_data_without_fields_is_refused(data, options):
    """MASK-21, MASK-38: what holds no fields is an error that names its type."""
    with pytest.raises(DataMaskingUnsupportedTypeError, match=r"not (type|JSON of type|a text that is no JSON)"):
        DataMasking().erase(data, **options)


def test_document_goes_through_json():
    """MASK-22: keys become texts and tuples lists."""
    assert DataMasking().erase({1: (1, 2), "a": 1}, fields=["a"]) == {"1": [1, 2], "a": MASK}


@pytest.mark.parametrize("value", [date(2026, 1, 1), Decimal(1), {1}], ids=repr)
def test_value_without_a_json_form_is_the_serialisers_error(value):
    """MASK-22: what JSON cannot express is the error of the serialiser, and nothing is masked."""
    with pytest.raises(TypeError, match="not JSON serializable"):
        DataMasking().erase({"a": 1, "b": value}, fields=["a"])


def test_serialisers_are_the_providers():
    """MASK-22, MASK-62: the provider's serialisers read and write the document."""
    provider = BaseProvider(
        json_serializer=lambda data: json.dumps(data, default=str),
        json_deserializer=lambda text: json.loads(text, parse_float=Decimal),
    )
    masking = DataMasking(provider=provider)

    assert masking.json_serializer is provider.json_serializer
    assert masking.json_deserializer is provider.json_deserializer
    assert masking.erase({"a": 1, "b": date(2026, 1, 1), "c": 1.5}, fields=["a"]) == {
        "a": MASK,
        "b": "2026-01-01",
        "c": Decimal("1.5"),
    }


def test_empty_fields_are_refused_whatever_the_data():
    """MASK-23: an empty list is an error, also for data that could have no fields."""
    with pytest.raises(ValueError, match="fields is empty"):
        DataMasking().erase(42, fields=[])


def test_one_text_is_no_list_of_fields():
    """A single text is refused, not read letter by letter."""
    with pytest.raises(DataMaskingUnsupportedTypeError, match="a list of expressions"):
        DataMasking().erase({"a": 1}, fields="a")


def test_missing_field_is_raised():
    """MASK-25: a field that matches nothing is an error that names it, and none of the data."""
    with pytest.raises(DataMaskingFieldNotFoundError, match="missing.field") as failure:
        DataMasking().erase({"card": "4711"}, fields=["missing.field"])

    assert "4711" not in str(failure.value)
    assert "card" not in str(failure.value)


def test_missing_field_is_a_warning_if_wished():
    """MASK-25: with `raise_on_missing_field=False` it is a warning at the caller's line, and the others are masked."""
    masking = DataMasking(raise_on_missing_field=False)

    with pytest.warns(UserWarning, match="^Field or expression missing not found") as warned:
        result = masking.erase({"a": 1}, fields=["missing", "a"])

    assert result == {"a": MASK}
    assert warned[0].filename == __file__


def test_fields_are_applied_in_order():
    """MASK-26: a path may have lost its parent to an earlier one."""
    with pytest.raises(DataMaskingFieldNotFoundError, match=r"a\.b"):
        DataMasking().erase({"a": {"b": 1}}, fields=["a", "a.b"])


@pytest.mark.parametrize("path", ["a[", "a..", "'", "[?(", "", "a b"], ids=repr)
@pytest.mark.parametrize("make", [lambda path: {"fields": [path]}, lambda path: {"masking_rules": {path: {}}}])
def test_wrong_path_is_named(path, make):
    """MASK-27, MASK-37: a path that cannot be read is an error that names it, with the parser's as its cause."""
    with pytest.raises(DataMaskingError) as failure:
        DataMasking().erase({"a": "4711"}, **make(path))

    assert repr(path) in str(failure.value)
    assert failure.value.__cause__ is not None


@pytest.mark.parametrize("path", ["a.`len`", "$.a + $.a"])
def test_computed_value_cannot_be_masked(path):
    """A path whose result is no part of the data is an error, instead of a mask that hides nothing."""
    with pytest.raises(DataMaskingError, match="computed"):
        DataMasking().erase({"a": [1, 2]}, fields=[path])


def test_paths_are_compiled_once_and_not_for_ever():
    """MASK-28: compiled paths are cached, and the cache has a bound."""
    from lambda_powertools.data_masking._paths import _compile

    masking = DataMasking()
    for number in range(140):
        masking.erase({f"f{number}": 1}, fields=[f"f{number}"])
    before = _compile.cache_info()
    masking.erase({"f139": 1}, fields=["f139"])

    assert before.currsize == 128
    assert (_compile.cache_info().hits, _compile.cache_info().misses) == (before.hits + 1, before.misses)


def test_models_have_fields():
    """MASK-1: a dataclass is masked by the names of its fields."""

    @dataclass
    class Customer:
        name: str
        card: str

    assert DataMasking().erase([Customer("Ada", "4711")], fields=["[*].card"]) == [{"name": "Ada", "card": MASK}]


def test_threads_share_the_compiled_paths():
    """Paths are compiled and applied in many threads at a time without one seeing another's data."""
    masking = DataMasking()

    def erase(number):
        data = {f"t{number % 7}": {"secret": number, "open": number}}
        return masking.erase(data, fields=[f"t{number % 7}.secret"])

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(erase, range(200)))

    assert results == [{f"t{n % 7}": {"secret": MASK, "open": n}} for n in range(200)]
