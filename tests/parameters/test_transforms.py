from __future__ import annotations

import base64
import binascii
import json

import pytest

from lambda_powertools.parameters.base import get_transform_method, transform_value
from lambda_powertools.parameters.exceptions import TransformParameterError

TEXT = base64.b64encode(b"caf\xc3\xa9").decode()


@pytest.mark.parametrize(
    ("name", "transform", "value", "expected"),
    [
        ("a", None, '{"b": 1}', '{"b": 1}'),
        ("a", None, b"\xff", b"\xff"),
        ("a", "json", '{"b": 1}', {"b": 1}),
        ("a", "json", b"[1]", [1]),
        ("a", "binary", TEXT, b"caf\xc3\xa9"),
        ("a", "binary", TEXT.encode(), b"caf\xc3\xa9"),
        ("a.json", "auto", "true", True),
        ("a.binary", "auto", TEXT, b"caf\xc3\xa9"),
        ("a.txt", "auto", "true", "true"),
        ("a.json.old", "auto", "true", "true"),
        ("json", "auto", "true", "true"),
        ("a", "auto", b"true", "true"),
    ],
)
def test_values_are_decoded(shelf, name, transform, value, expected):
    """PRM-20, 21: by transform, or by what follows the last dot of the name; bytes become text first."""
    result = shelf({name: value}).get(name, transform=transform)

    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("transform", "value", "cause"),
    [
        ("json", "{never closed", json.JSONDecodeError),
        ("json", b"\xff\xfe", UnicodeDecodeError),
        ("binary", "abc", binascii.Error),
        ("binary", b"\xff\xfe", UnicodeDecodeError),
        ("json", 5, TypeError),
    ],
)
def test_what_cannot_be_decoded_is_one_error(shelf, transform, value, cause):
    """PRM-21, 22: the error names transform and cause, has the cause chained, and never holds the value."""
    with pytest.raises(TransformParameterError, match=f"transform {transform!r} of 'a' failed") as caught:
        shelf({"a": value}).get("a", transform=transform)

    assert isinstance(caught.value.__cause__, cause)
    assert "never closed" not in str(caught.value)


def test_an_unknown_transform_names_those_that_are_known(shelf):
    """PRM-22: a typo in the transform is told with what there is."""
    with pytest.raises(TransformParameterError, match="transform 'yaml' is unknown; known: json, binary, auto"):
        shelf({"a": "1"}).get("a", transform="yaml")


def test_of_several_the_broken_one_is_none(shelf):
    """PRM-22: in get_multiple a value that cannot be decoded is None and the others are kept."""
    provider = shelf({"a.json": "{", "b.json": "1", "c": "text"})

    assert provider.get_multiple("/", transform="auto") == {"a.json": None, "b.json": 1, "c": "text"}
    with pytest.raises(TransformParameterError, match="'auto' of 'a.json'"):
        provider.get_multiple("/", transform="auto", raise_on_transform_error=True)


def test_failed_decoding_is_not_kept(shelf):
    """PRM-8: an error is not cached, so a value that has been mended is seen at once."""
    provider = shelf({"a": "{"})
    with pytest.raises(TransformParameterError):
        provider.get("a", transform="json")

    provider.values["a"] = "{}"

    assert provider.get("a", transform="json") == {}


@pytest.mark.parametrize(
    ("value", "options", "expected"),
    [
        ({"a.json": "1", "b": "x"}, {"transform": "auto"}, {"a.json": 1, "b": "x"}),
        ("[1]", {"transform": "auto", "key": "a.json"}, [1]),
        ("[1", {"transform": "json", "raise_on_transform_error": False}, None),
        ({"a": "[1", "b": "2"}, {"transform": "json", "raise_on_transform_error": False}, {"a": None, "b": 2}),
    ],
)
def test_transform_value_takes_one_or_several(value, options, expected):
    """PRM-23: of a dict each value is decoded under its own name; failures are None if that is wanted."""
    assert transform_value(value, **options) == expected


def test_the_method_of_no_transform_changes_nothing():
    """PRM-20: get_transform_method gives the identity where nothing matches."""
    marker = object()

    assert get_transform_method("a.txt", "auto")(marker) is marker
    assert get_transform_method("a.json")(marker) is marker
    assert get_transform_method("a.json", "auto")("1") == 1
