from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Optional, Union

import pytest
from pydantic import BaseModel

from lambda_powertools.idempotency import idempotent, idempotent_function
from lambda_powertools.idempotency.exceptions import (
    IdempotencyModelTypeError,
    IdempotencyNoSerializationModelError,
)
from lambda_powertools.idempotency.serialization.base import (
    BaseIdempotencyModelSerializer,
    BaseIdempotencySerializer,
)
from lambda_powertools.idempotency.serialization.custom_dict import CustomDictSerializer
from lambda_powertools.idempotency.serialization.dataclass import DataclassSerializer
from lambda_powertools.idempotency.serialization.no_op import NoOpSerializer
from lambda_powertools.idempotency.serialization.pydantic import PydanticSerializer


@dataclasses.dataclass
class Item:
    name: str


@dataclasses.dataclass
class Order:
    id: int
    first: Item
    items: list[Item]
    by_name: dict[str, Item]
    gift: Item | None = None


class Payment(BaseModel):
    amount: Decimal


ORDER = Order(1, Item("a"), [Item("b")], {"c": Item("c")}, Item("d"))


def replay(store, config, function, serializer=None):
    """Call a function twice and return the two results."""
    decorated = idempotent_function(
        function, data_keyword_argument="x", persistence_store=store, config=config, output_serializer=serializer
    )
    return decorated(x=1), decorated(x=1)


@pytest.mark.parametrize(
    ("result", "replayed", "stored"),
    [
        ({"b": 1, "a": [1, None]}, {"b": 1, "a": [1, None]}, '{"a": [1, null], "b": 1}'),
        (None, None, "null"),
        ({}, {}, "{}"),
        ([], [], "[]"),
        (0, 0, "0"),
        (False, False, "false"),
        ("", "", '""'),
        ((1, 2), [1, 2], "[1, 2]"),
        (Decimal("1.10"), "1.10", '"1.10"'),
        ({1: 2}, {"1": 2}, '{"1": 2}'),
        ("grün", "grün", '"gr\\u00fcn"'),
        (Item("a"), {"name": "a"}, '{"name": "a"}'),
        (Payment(amount="1.5"), {"amount": "1.5"}, '{"amount": "1.5"}'),
    ],
    ids=repr,
)
def test_replay_is_what_json_carries(store, make_config, result, replayed, stored):
    """IDEM-29, 32: the result is stored as sorted JSON, and replayed as itself as far as JSON can, falsy ones too."""
    assert replay(store, make_config(), lambda x: result) == (result, replayed)
    assert store.record.response_data == stored


def test_handler_result_is_replayed(store, make_config, context):
    """IDEM-32: a handler's response goes through JSON as well."""

    @idempotent(persistence_store=store, config=make_config())
    def handler(event, context):
        return {"price": Decimal("9.90"), "item": Item("a")}

    handler({"id": 1}, context)

    assert handler({"id": 1}, context) == {"price": "9.90", "item": {"name": "a"}}


def test_replayed_objects_are_fresh(store, make_config):
    """Changing what a replay returned does not change the next one."""
    f = idempotent_function(
        lambda x: {"list": []},
        data_keyword_argument="x",
        persistence_store=store,
        config=make_config(use_local_cache=True),
    )
    f(x=1)
    f(x=1)["list"].append("changed")

    assert f(x=1) == {"list": []}


@pytest.mark.parametrize(
    ("serializer", "result"),
    [
        (NoOpSerializer(), {"a": 1}),
        (CustomDictSerializer(to_dict=vars, from_dict=lambda data: Item(**data)), Item("a")),
        (DataclassSerializer(Order), ORDER),
        (DataclassSerializer(model=Item), Item("a")),
        (PydanticSerializer(Payment), Payment(amount="1.10")),
        (PydanticSerializer(model=Payment), Payment(amount="2")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_serializer_rebuilds_the_result(store, make_config, serializer, result):
    """IDEM-30: what is replayed equals what was returned, nested dataclasses included."""
    assert replay(store, make_config(), lambda x: result, serializer) == (result, result)


def plain(x) -> Order:
    return ORDER


def optional(x) -> Order | None:
    return ORDER


@pytest.mark.parametrize("function", [plain, optional], ids=lambda f: f.__name__)
def test_serializer_class_reads_the_return_annotation(store, make_config, function):
    """IDEM-31: a class given as serializer is made for the annotation, also when that is a string."""
    assert isinstance(function.__annotations__["return"], str)
    assert replay(store, make_config(), function, DataclassSerializer) == (ORDER, ORDER)


UNIONS = [Optional[Item], Union[Item, None], Union[None, Item], Item | None]  # noqa: UP007, UP045  # all are in use


@pytest.mark.parametrize("annotation", [Item, *UNIONS], ids=str)
def test_annotation_is_unwrapped(annotation):
    """IDEM-31: None beside a model is no second model, however the union is written."""
    assert DataclassSerializer.instantiate(annotation).from_dict({"name": "a"}) == Item("a")


def test_serializer_class_of_pydantic_reads_the_return_annotation(store, make_config):
    """IDEM-31: the same for models of pydantic."""

    def function(x) -> Payment:
        return Payment(amount="1.5")

    assert replay(store, make_config(), function, PydanticSerializer)[1] == Payment(amount="1.5")


def unannotated(x):
    return ORDER


def several(x) -> Order | Item:
    return ORDER


def builtin(x) -> dict:
    return {}


def unknown(x) -> NoSuchName:  # noqa: F821  # that is the test
    return ORDER


@pytest.mark.parametrize("serializer", [DataclassSerializer, PydanticSerializer])
@pytest.mark.parametrize(
    ("function", "error"),
    [
        (unannotated, IdempotencyNoSerializationModelError),
        (several, IdempotencyModelTypeError),
        (builtin, IdempotencyModelTypeError),
        (unknown, IdempotencyModelTypeError),
    ],
    ids=lambda value: value.__name__,
)
def test_annotation_that_does_not_fit_is_an_error_when_decorated(store, serializer, function, error):
    """IDEM-31: no annotation, several models, no model, and a name that does not exist."""
    with pytest.raises(error):
        idempotent_function(function, data_keyword_argument="x", persistence_store=store, output_serializer=serializer)


def test_serializers_are_not_called_for_none(store, make_config):
    """IDEM-29: None is stored and replayed without them."""

    def refuse(data):
        pytest.fail("called")

    assert replay(store, make_config(), lambda x: None, CustomDictSerializer(refuse, refuse)) == (None, None)


def test_serializers_are_abstract():
    """A serializer has both directions, and one that is made for a model can be made."""
    for kind in (BaseIdempotencySerializer, BaseIdempotencyModelSerializer):
        with pytest.raises(TypeError):
            kind()


def test_response_hook_is_called_on_replays_alone(store, make_config):
    """IDEM-33: after deserialization, with the record, also for None; what it returns is the result."""
    seen = []

    def hook(response, idempotent_data):
        seen.append((response, idempotent_data.status))
        return ["replayed", response]

    config = make_config(response_hook=hook)

    assert replay(store, config, lambda x: Item("a"), DataclassSerializer(Item))[1] == ["replayed", Item("a")]
    store.records.clear()
    assert replay(store, config, lambda x: None) == (None, ["replayed", None])
    assert seen == [(Item("a"), "COMPLETED"), (None, "COMPLETED")]


@pytest.mark.parametrize("cache", [False, True])
def test_response_hook_that_fails_leaves_the_record(store, make_config, cache):
    """IDEM-33: its exception comes out as it is, and the stored response is there for the next call."""
    failure = ValueError("hook")

    def hook(response, idempotent_data):
        idempotent_data.response_data = '"changed"'
        raise failure

    config = make_config(response_hook=hook, use_local_cache=cache)
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=config)
    f(x=1)
    with pytest.raises(ValueError) as caught:
        f(x=1)
    config.response_hook = None

    assert caught.value is failure
    assert f(x=1) == 1
    assert json.loads(store.record.response_data) == 1


def test_response_hook_is_not_called_for_errors(store, make_config):
    """IDEM-33: neither when the function fails."""
    config = make_config(response_hook=lambda *_: pytest.fail("called"))
    f = idempotent_function(lambda x: 1 / 0, data_keyword_argument="x", persistence_store=store, config=config)
    with pytest.raises(ZeroDivisionError):
        f(x=1)
