from __future__ import annotations

import base64
import binascii
import gzip
import json
import zlib
from collections import OrderedDict
from collections.abc import Mapping

import jmespath
import pytest
from jmespath.exceptions import ArityError, JMESPathTypeError, UnknownFunctionError
from jmespath.functions import Functions, signature

from lambda_powertools.jmespath import PowertoolsFunctions, functions, query


def b64(data):
    return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()


@pytest.mark.parametrize(
    ("data", "expression", "expected"),
    [
        pytest.param({"a": {"b": 1}}, "a.b", 1, id="scalar"),
        pytest.param({"a": {"b": 1}}, "a", {"b": 1}, id="dict"),
        pytest.param([{"a": 1}, {"a": 2}], "[*].a", [1, 2], id="list"),
        pytest.param("text", "a", None, id="field of a str"),
        pytest.param(None, "a", None, id="field of nothing"),
        pytest.param({"a": 1}, "b", None, id="no match"),
        pytest.param({"a": 1}, "b[*].c", None, id="projection over nothing"),
        pytest.param({"b": []}, "b[*].c", [], id="projection without match"),
        pytest.param({"body": '{"a": [1]}'}, "powertools_json(body).a[0]", 1, id="json is navigated"),
        pytest.param({"body": "7"}, "powertools_json(body)", 7, id="json scalar"),
        pytest.param({"data": b64("grün")}, "powertools_base64(data)", "grün", id="base64"),
        pytest.param({"data": "%%%"}, "powertools_base64(data)", "", id="lenient base64"),
        pytest.param({"data": b64(gzip.compress(b"x"))}, "powertools_base64_gzip(data)", "x", id="gzip"),
        pytest.param({"d": b64('{"a": 1}')}, "powertools_json(powertools_base64(d)).a", 1, id="nested"),
        pytest.param(
            {"awslogs": {"data": b64(gzip.compress(b'{"logEvents": [{"id": 1}]}'))}},
            "awslogs.powertools_base64_gzip(data) | powertools_json(@).logEvents[*].id",
            [1],
            id="piped",
        ),
        pytest.param(
            {"Records": [{"body": "null"}, {"body": "1"}]}, "Records[*].powertools_json(body)", [1], id="nulls drop"
        ),
    ],
)
def test_query_gives_what_the_expression_finds(data, expression, expected):
    """JMS-1, 3, 5, 6, 7, 9, 11: the result is what JMESPath yields, with text decoded on the way."""
    assert query(data, expression) == expected


class Event(Mapping):
    """A data class: its properties have other names than its event's keys."""

    def __init__(self, raw_event):
        self.raw_event = raw_event

    def __getitem__(self, key):
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


def test_data_class_is_queried_by_the_keys_of_its_event():
    """JMS-2: a Mapping with a raw event is unwrapped."""
    assert query(Event({"requestContext": {"stage": "dev"}}), "requestContext.stage") == "dev"


@pytest.mark.parametrize("function", ["powertools_json", "powertools_base64", "powertools_base64_gzip"])
@pytest.mark.parametrize("value", [None, 1, 1.5, True, {"a": 1}, ["a"]], ids=repr)
def test_functions_take_a_string_only(function, value):
    """JMS-8: anything but a string is jmespath's type error."""
    with pytest.raises(JMESPathTypeError, match=function):
        query({"a": value}, f"{function}(a)")


@pytest.mark.parametrize("function", ["powertools_json", "powertools_base64", "powertools_base64_gzip"])
def test_functions_take_exactly_one_argument(function):
    """JMS-8, 22: another number of arguments is jmespath's arity error."""
    with pytest.raises(ArityError):
        query({"a": "1"}, f"{function}(a, a)")


class OwnFunctions(PowertoolsFunctions):
    @signature({"types": ["string"]})
    def _func_upper(self, text):
        return text.upper()

    @signature()
    def _func_type_error(self):
        raise TypeError("mine")

    @signature()
    def _func_not_text(self):
        return b"\xff".decode()


def test_own_functions_stand_beside_the_built_in_ones():
    """JMS-10: a subclass of PowertoolsFunctions adds to them."""
    options = {"custom_functions": OwnFunctions()}

    assert query({"body": '{"id": "a"}'}, "powertools_json(body).upper(id)", options) == "A"


def test_given_functions_replace_the_built_in_ones():
    """JMS-4: custom functions that do not derive from ours stand alone."""
    with pytest.raises(UnknownFunctionError):
        query({"body": "{}"}, "powertools_json(body)", {"custom_functions": Functions()})


@pytest.mark.parametrize("options", [None, {}], ids=repr)
def test_no_options_mean_the_built_in_functions(options):
    """JMS-4: falsy options are the default ones."""
    assert query({"body": "1"}, "powertools_json(body)", options) == 1


def test_other_options_keep_the_built_in_functions():
    """JMS-4: options that name no functions leave ours in place."""
    result = query({"body": '{"a": 1}'}, "powertools_json(body).{b: a}", {"dict_cls": OrderedDict})

    assert result == {"b": 1}
    assert type(result) is OrderedDict


@pytest.mark.parametrize(
    ("data", "expression", "error"),
    [
        ({}, "no_such(@)", UnknownFunctionError),
        ({"a": "{"}, "powertools_json(a)", json.JSONDecodeError),
        ({"Records": [{"body": "1"}, {"body": "{"}]}, "Records[*].powertools_json(body)", json.JSONDecodeError),
        ({"a": "abcde"}, "powertools_base64(a)", binascii.Error),
        ({"a": b64("plain")}, "powertools_base64_gzip(a)", gzip.BadGzipFile),
        ({"a": b64(gzip.compress(b"x" * 100)[:-9])}, "powertools_base64_gzip(a)", EOFError),
        ({"a": b64(gzip.compress(b"")[:10] + b"\xff\xff")}, "powertools_base64_gzip(a)", zlib.error),
        ({}, "type_error()", TypeError),
        ({}, "not_text()", UnicodeDecodeError),
    ],
)
def test_errors_of_the_data_pass_unchanged(data, expression, error):
    """JMS-11, 22: what a function raises is what the caller sees."""
    with pytest.raises(error) as caught:
        query(data, expression, {"custom_functions": OwnFunctions()})

    assert caught.type is error


def test_inflating_may_be_bounded(monkeypatch):
    """A bomb is refused as bad gzip once a bound is set, and what stays within it is read."""
    monkeypatch.setattr(functions, "MAX_DECOMPRESSED_BYTES", 10)

    assert query({"a": b64(gzip.compress(b"x" * 10))}, "powertools_base64_gzip(a)") == "x" * 10
    with pytest.raises(gzip.BadGzipFile, match="MAX_DECOMPRESSED_BYTES = 10"):
        query({"a": b64(gzip.compress(b"x" * 11))}, "powertools_base64_gzip(a)")


def test_third_party_library_keeps_its_name():
    """`import jmespath` is the library, whoever has imported this package."""
    assert jmespath.search("a", {"a": 1}) == 1
