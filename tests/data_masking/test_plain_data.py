"""What the operations take: models and objects become plain data, and nothing given is changed."""

from __future__ import annotations

import copy
import enum
import uuid
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pydantic
import pytest

from lambda_powertools.data_classes import SQSEvent
from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.provider import BaseProvider


class Echo(BaseProvider):
    """A provider that shows what it is given."""

    def encrypt(self, data, provider_options=None, **encryption_context):
        return data

    def erase(self, data, **options):
        return data


def plain(value):
    return DataMasking(provider=Echo()).encrypt(value)


@dataclass
class Card:
    number: str
    owner: object = None


@dataclass(frozen=True)
class Tag:
    name: str


class Model(pydantic.BaseModel):
    card: Card
    tags: list[str] = pydantic.Field(default_factory=list)


class WithDict:
    def dict(self):
        return {"inner": Card("1")}


class Bare:
    def __init__(self):
        self.card = Card("1")


class Slotted:
    __slots__ = ("number",)


class Color(enum.Enum):
    RED = "red"


class Size(enum.IntEnum):
    BIG = 3


Point = namedtuple("Point", "x y")  # noqa: PYI024  # an untyped one is what the test is about
SLOTTED = Slotted()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(Card("1", Card("2")), {"number": "1", "owner": {"number": "2", "owner": None}}, id="dataclass"),
        pytest.param(
            Model(card=Card("1"), tags=["a"]), {"card": {"number": "1", "owner": None}, "tags": ["a"]}, id="pydantic"
        ),
        pytest.param(WithDict(), {"inner": {"number": "1", "owner": None}}, id="dict-method"),
        pytest.param(Bare(), {"card": {"number": "1", "owner": None}}, id="attributes"),
        pytest.param([Card("1")], [{"number": "1", "owner": None}], id="list"),
        pytest.param((Card("1"), 2), ({"number": "1", "owner": None}, 2), id="tuple"),
        pytest.param({1, Size.BIG}, {1, 3}, id="set"),
        pytest.param({Tag("a")}, [{"name": "a"}], id="set-of-models"),
        pytest.param({Color.RED: 1, Tag("a"): 2, (1, Size.BIG): 3}, {"red": 1, Tag("a"): 2, (1, 3): 3}, id="keys"),
        pytest.param([Color.RED, Size.BIG], ["red", 3], id="enums"),
        pytest.param(Point(Color.RED, 2), Point("red", 2), id="namedtuple"),
        pytest.param(Card, Card, id="dataclass-class"),
        pytest.param(Model, Model, id="model-class"),
        pytest.param(SLOTTED, SLOTTED, id="neither"),
        pytest.param(OrderedDict(a=Color.RED), OrderedDict(a="red"), id="dict-subclass"),
        pytest.param(SQSEvent({"Records": []}), {"Records": []}, id="data-class"),
        *[
            pytest.param(value, value, id=type(value).__name__)
            for value in ("a", 1, 1.5, True, None, b"a", date(2026, 1, 1), Decimal("1.5"), uuid.UUID(int=1))
        ],
    ],
)
def test_input_becomes_plain_data(value, expected):
    """MASK-1, MASK-3: models, objects and enum members are converted at any depth; classes and scalars stay."""
    result = plain(value)

    assert result == expected
    assert type(result) is type(expected)


def test_named_tuple_keeps_its_class():
    """MASK-3: a named tuple is one afterwards, also when it is masked."""
    assert isinstance(plain(Point(1, 2)), Point)
    assert DataMasking().erase(Point(1, 2)) == Point("*****", "*****")
    assert DataMasking().erase([Point(12, 2)], custom_mask="X") == [Point("X", "X")]


def test_default_dict_keeps_its_factory():
    """MASK-1: what else belongs to a dict subclass is kept."""
    assert plain(defaultdict(list, a=1))["b"] == []


def test_hidden_value_stays_hidden():
    """A pydantic secret is not turned into its attributes, which would show it."""

    class Login(pydantic.BaseModel):
        password: pydantic.SecretStr

    assert "hunter2" not in repr(plain(Login(password="hunter2")))


def test_cycle_ends_at_the_second_occurrence():
    """MASK-2: an object that contains itself is left as it is where it is met again."""
    card = Card("1")
    card.owner = {"cards": [card]}

    assert plain(card) == {"number": "1", "owner": {"cards": [card]}}


def test_object_in_two_places_is_converted_in_both():
    """MASK-2: only what is on the current path counts as met."""
    card = Card("1")

    assert plain({"a": card, "b": [card, card]}) == {
        "a": {"number": "1", "owner": None},
        "b": [{"number": "1", "owner": None}] * 2,
    }


def test_cyclic_data_is_masked_and_not_changed():
    """MASK-2, MASK-4: masking ends on cyclic data, hides it where it is met again, and leaves the original alone."""
    loop = {"a": "x"}
    loop["self"] = loop

    assert DataMasking().erase(loop, dynamic_mask=True)["self"] == {"a": "*", "self": "*****"}
    assert DataMasking().erase(loop, masking_rules={"self.a": {}})["self"]["a"] == "*****"
    assert loop["a"] == "x"


@dataclass
class Order:
    items: list = field(default_factory=list)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"dynamic_mask": True},
        {"fields": ["items[*].card", "$..zip"]},
        {"fields": ["$"], "custom_mask": "X"},
        {"masking_rules": {"items[*].card": {"dynamic_mask": True}, "items": {"custom_mask": "XX"}, "$..zip": {}}},
    ],
    ids=str,
)
@pytest.mark.parametrize("make", [lambda items: {"items": items}, Order], ids=["dict", "dataclass"])
def test_what_is_given_is_never_changed(options, make):
    """MASK-4: no operation changes the caller's object."""
    given = make([{"card": "4711", "zip": ["1", {"zip": 2}]}, {"card": {"n": 1}, "zip": None}])
    before = copy.deepcopy(given)

    result = DataMasking().erase(given, **options)

    assert given == before
    assert result != before
