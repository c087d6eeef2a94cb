from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import functools
import hashlib
import json
import pathlib
import uuid

import pytest
from jmespath.exceptions import UnknownFunctionError
from jmespath.functions import Functions
from pydantic import BaseModel

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.idempotency import IdempotencyConfig, idempotent, idempotent_function
from lambda_powertools.idempotency.exceptions import (
    IdempotencyConfigError,
    IdempotencyKeyError,
    IdempotencyPersistenceLayerError,
)
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
from lambda_powertools.jmespath import InvalidEnvelopeExpressionError


def key_of(store, payload, **options):
    """Call a function with a payload and return the hash in the key of its record."""
    config = IdempotencyConfig(in_progress_expires_after_seconds=30, **options)
    function = idempotent_function(
        lambda data: None, data_keyword_argument="data", persistence_store=store, config=config, key_prefix="p"
    )
    store.records.clear()
    function(data=payload)
    return store.record.idempotency_key.removeprefix("p#")


def md5(data):
    text = data if isinstance(data, str) else json.dumps(data, sort_keys=True)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("function_name", [None, "orders"])
def test_prefix_names_lambda_function_and_function(store, make_config, monkeypatch, function_name):
    """IDEM-14: the key begins with the names of the Lambda function, the module and the innermost function."""
    if function_name:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function_name)

    def handler(event, context):
        return None

    @functools.wraps(handler)
    def wrapped(event, context):
        return handler(event, context)

    idempotent(persistence_store=store, config=make_config())(wrapped)({"id": 1}, None)

    expected = f"{function_name or 'test-func'}.{handler.__module__}.{handler.__qualname__}"
    assert store.record.idempotency_key == f"{expected}#{md5({'id': 1})}"


def test_prefix_of_a_partial_is_its_function(store, make_config):
    """IDEM-14: a partial object is named after the function in it."""

    def charge(customer, data):
        return None

    partial = functools.partial(charge, "Ada")
    idempotent_function(partial, data_keyword_argument="data", persistence_store=store, config=make_config())(data=1)

    assert f".{charge.__qualname__}#" in store.record.idempotency_key


def test_key_prefix_takes_the_place_of_the_names(store, make_config):
    """IDEM-14: a given prefix makes functions of different names share records."""

    @idempotent(persistence_store=store, config=make_config(), key_prefix="shared")
    def one(event, context):
        return "one"

    @idempotent(persistence_store=store, config=make_config(), key_prefix="shared")
    def other(event, context):
        return "other"

    assert [one({"id": 1}, None), other({"id": 1}, None)] == ["one", "one"]


@dataclasses.dataclass
class Order:
    id: int
    tags: list


class Model(BaseModel):
    id: int
    at: dt.datetime


class OldModel:
    def dict(self):
        return {"id": 3}


class DataClass:
    def __init__(self):
        self.raw_event = {"id": 4}


@pytest.mark.parametrize(
    ("payload", "hashed"),
    [
        (Order(1, ["a"]), {"id": 1, "tags": ["a"]}),
        (Model(id=2, at=dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)), {"id": 2, "at": "2024-01-02T00:00:00Z"}),
        (OldModel(), {"id": 3}),
        (DataClass(), {"id": 4}),
        ({"b": 1, "a": 2}, '{"a": 2, "b": 1}'),
        (["b", "a"], '["b", "a"]'),
        ("text", '"text"'),
        ("grün", '"gr\\u00fcn"'),
        (7, "7"),
        (0, "0"),
        (False, "false"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_payload_is_hashed_as_sorted_json(store, payload, hashed):
    """IDEM-15, 18: a model is its data, and the hash is of the JSON text that records of old were made with."""
    assert key_of(store, payload) == md5(hashed)


class Colour(enum.Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (decimal.Decimal("1.10"), '"1.10"'),
        (decimal.Decimal("NaN"), "NaN"),
        (Order(1, []), '{"id": 1, "tags": []}'),
        (
            Model(id=2, at=dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)),
            '{"at": "2024-01-02T00:00:00Z", "id": 2}',
        ),
        (Colour.RED, '"red"'),
        (dt.date(2024, 1, 2), '"2024-01-02"'),
        (dt.datetime(2024, 1, 2, 3, 4, tzinfo=dt.timezone.utc), '"2024-01-02T03:04:00+00:00"'),
        (dt.time(3, 4), '"03:04:00"'),
        (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (pathlib.PurePosixPath("/a/b"), '"/a/b"'),
        ((1, 2), "[1, 2]"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_that_json_does_not_know_are_hashed(store, value, text):
    """IDEM-19: each kind has its JSON form inside a payload."""
    assert key_of(store, {"v": value}) == md5(f'{{"v": {text}}}')


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()], ids=lambda value: type(value).__name__)
def test_other_values_are_an_error(store, value):
    """IDEM-19, 63: what has no JSON form is a TypeError, wrapped."""
    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        key_of(store, {"v": value})

    assert isinstance(caught.value.__cause__, TypeError)
    assert caught.value.args[1] is caught.value.__cause__
    assert store.calls == []


@pytest.mark.parametrize("payload", [{"a": 1, 2: 3}, {"v": {(1, 2): 3}}], ids=repr)
def test_keys_that_cannot_be_sorted_are_a_problem_of_the_key(store, payload):
    """Names of several types in an object are no outage of the store."""
    with pytest.raises(IdempotencyKeyError):
        key_of(store, payload)


def test_order_of_names_does_not_matter_and_that_of_lists_does(store):
    """IDEM-18: two payloads that are equal as JSON have one key."""
    assert key_of(store, {"a": 1, "b": 2}) == key_of(store, {"b": 2, "a": 1})
    assert key_of(store, [1, 2]) != key_of(store, [2, 1])


def test_payload_is_what_it_was_before_the_function_ran(store, make_config):
    """IDEM-15: a function that changes its payload changes neither key nor payload hash."""
    config = make_config(payload_validation_jmespath="amount")

    @idempotent_function(data_keyword_argument="order", persistence_store=store, config=config)
    def charge(order):
        order["id"] = order["amount"] = "changed"

    charge(order={"id": 1, "amount": 5})
    charge(order={"id": 1, "amount": 5})

    assert store.calls == ["put", "update", "put"]


def test_payload_need_not_be_copied(store):
    """A payload that cannot be deep-copied has a key all the same."""

    class Stubborn(dict):
        def __deepcopy__(self, memo):
            raise TypeError("no copies")

    assert key_of(store, Stubborn(id=1)) == md5({"id": 1})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("body", json.dumps('{"id": 7, "at": 1}')),
        ("powertools_json(body).id", 7),
        ("[method, powertools_json(body).id]", ["POST", 7]),
        ("powertools_json(powertools_base64(encoded))", [1]),
    ],
)
def test_expression_finds_what_is_hashed(store, expression, value):
    """IDEM-16: only what the expression finds is in the key, with the built-in functions."""
    event = {"method": "POST", "body": '{"id": 7, "at": 1}', "encoded": "WzFd", "noise": object()}

    assert key_of(store, event, event_key_jmespath=expression) == md5(value)


def test_options_of_jmespath_replace_the_built_in_functions(store):
    """IDEM-16: with functions of one's own, the built-in ones are unknown."""
    with pytest.raises(IdempotencyPersistenceLayerError) as caught:
        key_of(
            store,
            {"body": "1"},
            event_key_jmespath="powertools_json(body)",
            jmespath_options={"custom_functions": Functions()},
        )

    assert isinstance(caught.value.__cause__, UnknownFunctionError)


MISSING = [None, "", {}, [], (), {"a": None}, [None, None], (None,)]
PRESENT = [0, False, 0.0, "a", {"a": None, "b": 1}, [None, 0], ["", None], 1]


@pytest.mark.parametrize("data", MISSING, ids=repr)
def test_nothing_is_a_missing_key(data):
    """IDEM-17: None, nothing, and nothing but None."""
    assert BasePersistenceLayer.is_missing_idempotency_key(data=data) is True


@pytest.mark.parametrize("data", PRESENT, ids=repr)
def test_something_is_a_key(data):
    """IDEM-17: any number is a key, and anything with something in it."""
    assert BasePersistenceLayer.is_missing_idempotency_key(data=data) is False


def test_missing_key_skips_idempotency_with_one_warning(store, make_config):
    """IDEM-10: the function runs each time, the store is left alone, and one warning names the expression."""
    runs = []
    config = make_config(event_key_jmespath="user.id", response_hook=lambda *_: pytest.fail("no replay"))

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=config)
    def f(x):
        runs.append(x)
        return len(runs)

    for expected in (1, 2):
        with pytest.warns(PowertoolsUserWarning, match=r"user\.id.*skipped") as caught:
            assert f(x={"id": 1}) == expected
        assert len(caught) == 1
    assert store.calls == []


def test_missing_key_can_be_an_error(store, make_config):
    """IDEM-10: then the function does not run."""
    config = make_config(event_key_jmespath="id", raise_on_no_idempotency_key=True)

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=config)
    def f(x):
        pytest.fail("ran")

    with pytest.raises(IdempotencyKeyError, match="No data found.*'id'"):
        f(x={"other": 1})
    assert store.calls == []


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sha3_256", "blake2b", "sha512_256"])
def test_hash_function_can_be_chosen(store, name):
    """IDEM-18: any function of hashlib with a digest of fixed length."""
    assert key_of(store, {"id": 1}, hash_function=name) == hashlib.new(name, b'{"id": 1}').hexdigest()


@pytest.mark.parametrize("name", ["md6", "shake_128", "new", "", "pbkdf2_hmac"])
def test_wrong_hash_function_is_an_error_when_decorated(store, name):
    """IDEM-20: one error, where the decorator is built, names the value."""
    config = IdempotencyConfig(hash_function=name)

    with pytest.raises(IdempotencyConfigError, match=f"hash_function is '{name}'"):
        idempotent(persistence_store=store, config=config)(lambda event, context: None)


def test_md5_is_not_used_for_security(store, monkeypatch):
    """IDEM-20: on a FIPS build md5 works for those who say that it is not for security."""
    real = hashlib.md5

    def fips(data=b"", *, usedforsecurity=True):
        if usedforsecurity:
            raise ValueError("disabled for FIPS")
        return real(data, usedforsecurity=False)

    monkeypatch.setattr(hashlib, "md5", fips)

    assert key_of(store, {"id": 1})


@pytest.mark.parametrize("option", ["event_key_jmespath", "payload_validation_jmespath"])
@pytest.mark.parametrize("expression", ["a b", "powertools_json(body", "["])
def test_wrong_expression_is_an_error_when_decorated(store, option, expression):
    """IDEM-21: an expression that does not compile is known before the first call."""
    config = IdempotencyConfig(**{option: expression})

    for decorate in (
        lambda: idempotent(persistence_store=store, config=config)(lambda event, context: None),
        lambda: idempotent_function(
            lambda data: None, data_keyword_argument="data", persistence_store=store, config=config
        ),
    ):
        with pytest.raises(InvalidEnvelopeExpressionError):
            decorate()


def test_config_that_is_changed_later_is_obeyed(store, make_config):
    """Attributes of a config are assignable, also after decoration."""
    config = make_config()
    f = idempotent_function(
        lambda data: data["n"], data_keyword_argument="data", persistence_store=store, config=config
    )
    assert [f(data={"id": 1, "n": 1}), f(data={"id": 1, "n": 2})] == [1, 2]

    config.event_key_jmespath = "id"

    assert [f(data={"id": 1, "n": 3}), f(data={"id": 1, "n": 4})] == [3, 3]
