"""The shared JSON encoder: compact, and able to write what functions commonly hold."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pytest

from lambda_powertools.core.json import Encoder, default, dumps, plain


@dataclass
class Order:
    """A dataclass."""

    id: int
    price: Decimal


class Point(NamedTuple):
    """A named tuple."""

    x: int
    y: int


class Model:
    """What looks like a pydantic model."""

    def model_dump(self):
        return {"id": 1}


class DataClass:
    """What looks like an event source data class."""

    raw_event = {"source": "aws.s3"}  # noqa: RUF012  # never changed


class Money(Decimal):
    """A Decimal of a class of its own."""


class Moment(dt.datetime):
    """A datetime of a class of its own, as libraries that fake time have."""


UTC = dt.timezone.utc
WRITTEN = {
    "dict": ({"b": 1, "a": None}, '{"b":1,"a":null}'),
    "not ASCII": ("grün", '"grün"'),
    "tuple": ((1, 2), "[1,2]"),
    "set": ({1}, "[1]"),
    "frozenset": (frozenset(["a"]), '["a"]'),
    "Decimal": (Decimal("9.90"), '"9.90"'),
    "Decimal subclass": (Money(5), '"5"'),
    "UUID": (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
    "path": (pathlib.PurePosixPath("/tmp/x"), '"/tmp/x"'),  # noqa: S108  # a path like any other
    "real path": (pathlib.Path("x"), '"x"'),
    "date": (dt.date(2024, 2, 29), '"2024-02-29"'),
    "time": (dt.time(1, 2, 3), '"01:02:03"'),
    "datetime": (dt.datetime(2024, 2, 29, 1, 2, 3, tzinfo=UTC), '"2024-02-29T01:02:03+00:00"'),
    "datetime subclass": (Moment(2024, 2, 29, tzinfo=UTC), '"2024-02-29T00:00:00+00:00"'),
    "dataclass": (Order(1, Decimal("2.5")), '{"id":1,"price":"2.5"}'),
    "model": (Model(), '{"id":1}'),
    "data class": (DataClass(), '{"source":"aws.s3"}'),
    "nested": ({"orders": [Order(1, Decimal(2))], "tags": {"new"}}, '{"orders":[{"id":1,"price":"2"}],"tags":["new"]}'),
    "namedtuple": (Point(1, 2), "[1,2]"),
}


@pytest.mark.parametrize(("value", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_values_are_written(value, expected):
    """Dumps gives compact JSON in one line; json with our Encoder and with our default gives the same data."""
    assert dumps(value) == expected
    assert json.loads(json.dumps(value, cls=Encoder)) == json.loads(expected)
    assert json.loads(json.dumps(value, default=default)) == json.loads(expected)


@pytest.mark.parametrize(
    "value", [object(), b"bytes", 1j, Order, print], ids=["object", "bytes", "complex", "class", "function"]
)
def test_what_has_no_json_form_is_an_error_without_a_fallback(value):
    """A value that cannot be written is a TypeError that names its type; a fallback gets it instead."""
    with pytest.raises(TypeError, match=type(value).__name__):
        dumps({"key": value})

    assert dumps({"key": value}, lambda value: type(value).__name__) == f'{{"key":"{type(value).__name__}"}}'


def test_a_fallback_is_asked_last():
    """What default can write is not given to the fallback."""
    assert dumps([Decimal(1), object()], lambda value: "?") == '["1","?"]'


def test_an_error_inside_a_model_is_not_hidden():
    """An exception out of a model's own method leaves as it is."""

    class Broken:
        def model_dump(self):
            raise KeyError("inside")

    with pytest.raises(KeyError, match="inside"):
        dumps(Broken())


@pytest.mark.parametrize("value", [{}, [], "text", 1, 1.5, True, None, (1,)])
def test_plain_leaves_plain_values_alone(value):
    """Only models are turned into what is inside them."""
    assert plain(value) is value


@pytest.mark.parametrize("model", [Order(1, 2), Model(), DataClass()], ids=lambda model: type(model).__name__)
def test_plain_gives_the_data_inside_a_model(model):
    """Plain is shallow: the data of the model, as Python values."""
    assert plain(model) in ({"id": 1, "price": 2}, {"id": 1}, {"source": "aws.s3"})


def test_plain_leaves_a_dataclass_itself_alone():
    """A class is no model, an object of it is."""
    assert plain(Order) is Order
