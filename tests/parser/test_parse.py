import threading
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Gt
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator, model_validator
from pydantic_core import core_schema
from typing_extensions import TypedDict

from lambda_powertools.core.typing import LambdaContext
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.parser import BaseEnvelope, InvalidEnvelopeError, InvalidModelTypeError, envelopes, parse
from lambda_powertools.parser import _adapters as adapters


class Order(BaseModel):
    id: int


class Parcel(BaseModel):
    kind: Literal["parcel"]
    weight: float


class Letter(BaseModel):
    kind: Literal["letter"]
    pages: int


class Post(TypedDict):
    pages: int


@dataclass
class Point:
    x: int


class Swallowing(BaseModel):
    text: str

    @model_validator(mode="before")
    @classmethod
    def _take_text(cls, value):
        return {"text": value} if isinstance(value, str) else value


MAIL = Annotated[Parcel | Letter, Field(discriminator="kind")]
ORDER = {"id": "7"}


@pytest.mark.parametrize(
    ("event", "model", "parsed"),
    [
        (ORDER, Order, Order(id=7)),
        ('{"id": "7"}', Order, Order(id=7)),
        (b'{"id": "7"}', Order, Order(id=7)),
        (bytearray(b'{"id": "7"}'), Order, Order(id=7)),
        ([ORDER], list[Order], [Order(id=7)]),
        ("[1, 2]", list[int], [1, 2]),
        ({"x": "1"}, Point, Point(1)),
        ('{"pages": "3"}', Post, {"pages": 3}),
        (ORDER, Order | Post, Order(id=7)),
        (None, Order | None, None),
        ({"kind": "letter", "pages": 2}, MAIL, Letter(kind="letter", pages=2)),
        ('{"kind": "parcel", "weight": 2}', MAIL, Parcel(kind="parcel", weight=2)),
        ({"a": 1}, dict, {"a": 1}),
        ('{"a": 1}', dict, {"a": 1}),
        ("plain text", str, "plain text"),
        (b"plain text", str, "plain text"),
        ('"quoted"', str, "quoted"),
        ("7", int, 7),
        ("plain text", Swallowing, Swallowing(text="plain text")),
        (ORDER, TypeAdapter(Order), Order(id=7)),
        ("anything {", Any, "anything {"),
    ],
)
def test_an_event_becomes_an_object_of_the_model(event, model, parsed):
    """PAR-1, 2, 4, 5: whatever pydantic takes is a model; text is JSON, or itself where the model takes plain text."""
    assert parse(event, model=model) == parsed


def test_an_object_of_the_model_stays_itself():
    """PAR-5: an object of the model passes unchanged."""
    order = Order(id=7)

    assert parse(order, model=Order) is order


class NoJson:
    """A type for which pydantic has no JSON mode."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        def validate(value, info):
            if info.mode == "json":
                raise NotImplementedError
            return (cls, value)

        return core_schema.with_info_plain_validator_function(validate)


@pytest.mark.parametrize(("event", "content"), [('{"a": 1}', {"a": 1}), ("no json", "no json")])
def test_a_type_without_json_mode_gets_decoded_json(event, content):
    """PAR-3: where pydantic has no JSON mode, the text is decoded first and validated as Python data."""
    assert parse(event, model=NoJson) == (NoJson, content)


@pytest.mark.parametrize(
    "event", [None, False, [], 7, LambdaContext, {"id": "seven"}, {}, "not JSON", "[]", '{"id": {}}']
)
def test_data_that_does_not_fit_is_pydantics_error(event):
    """PAR-6: the error is a ValidationError, with the very details that pydantic gives."""
    with pytest.raises(ValidationError) as ours:
        parse(event, model=Order)
    adapter = TypeAdapter(Order)
    with pytest.raises(ValidationError) as theirs:
        adapter.validate_json(event) if isinstance(event, str) else adapter.validate_python(event)

    details = [{**detail, "url": None} for detail in ours.value.errors()]
    assert details == [{**detail, "url": None} for detail in theirs.value.errors()]


def test_the_text_of_an_error_has_places_and_types_but_no_content():
    """The text of an error names each wrong value's record, field and type, and no value."""

    class Item(BaseModel):
        sku: str = Field(max_length=3)
        count: int

        @field_validator("count")
        @classmethod
        def _check(cls, value):
            if value < 0:
                raise ValueError("must be {positive}")
            return value

    class Basket(BaseModel):
        Records: list[Item]

    wrong = [{"sku": "secret", "count": "hidden"}, {"sku": "ok", "count": -77}, {}]
    event = {"Records": [{"sku": "ok", "count": 1}, *wrong]}
    with pytest.raises(ValidationError) as caught:
        parse(event, model=Basket)

    text = str(caught.value)
    assert "Records[1].sku is of type str, Records[1].count is of type str, Records[2].count is of type int" in text
    assert "Records[3].sku is missing, Records[3].count is missing" in text
    assert "must be {positive}" in text
    assert not [value for value in ("secret", "hidden", "77") if value in text]
    assert caught.value.errors()[0]["input"] == "secret"  # still there for a program
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_an_error_with_many_wrong_values_stays_short():
    """The title of an error names the first five wrong values and counts the rest."""
    with pytest.raises(ValidationError, match=r"\[4\] is of type str and 5 more"):
        parse(["x"] * 10, model=list[int])


@pytest.mark.parametrize("model", [False, [], (), LambdaContext, "Order", 7])
def test_what_is_no_model_is_an_invalid_model_type(model):
    """PAR-7: something of which pydantic can make no schema is an InvalidModelTypeError."""
    with pytest.raises(InvalidModelTypeError, match="no model that pydantic can use"):
        parse(ORDER, model=model)


class Broken(BaseModel):
    id: int

    @field_validator("id")
    @classmethod
    def _check(cls, value):
        return value.no_such_attribute


def test_a_validator_that_breaks_is_an_invalid_model_type_with_its_cause():
    """PAR-7: an AttributeError of a validator is an InvalidModelTypeError that names the model and has the cause."""
    with pytest.raises(InvalidModelTypeError, match="Broken") as caught:
        parse(ORDER, model=Broken)

    assert isinstance(caught.value.__cause__, AttributeError)


class KeyEnvelope(BaseEnvelope):
    def __init__(self, key="parcel"):
        self.key = key

    def parse(self, data, model):
        return self._parse(data=data[self.key], model=model)


@pytest.mark.parametrize(
    ("event", "envelope"),
    [
        ({"parcel": ORDER}, KeyEnvelope),
        ({"letter": ORDER}, KeyEnvelope("letter")),
        ({"parcel": '{"id": 7}'}, KeyEnvelope),
        ('{"parcel": {"id": 7}}', KeyEnvelope),
        (b'{"parcel": {"id": 7}}', KeyEnvelope),
        ({"letter": ORDER}, lambda: KeyEnvelope("letter")),
    ],
)
def test_an_envelope_is_taken_off(event, envelope):
    """PAR-8, PAR-11, PAR-43: an envelope's class, object or maker; the event may be JSON text."""
    assert parse(event, model=Order, envelope=envelope) == Order(id=7)


def test_an_absent_payload_is_none():
    """PAR-31: a payload of None is not validated."""
    assert parse({"parcel": None}, model=Order, envelope=KeyEnvelope) is None


class NoParse:
    pass


class Abstract(BaseEnvelope):
    pass


class BreakingEnvelope(BaseEnvelope):
    def parse(self, data, model):
        return data.no_such_attribute


@pytest.mark.parametrize("envelope", [NoParse, Abstract, BreakingEnvelope, int, lambda: None, LambdaContext])
def test_an_envelope_that_cannot_be_used_is_an_invalid_envelope(envelope):
    """PAR-9: an envelope without `parse`, or that breaks, is an InvalidEnvelopeError with its cause."""
    with pytest.raises(InvalidEnvelopeError, match="Order") as caught:
        parse(ORDER, model=Order, envelope=envelope)

    assert isinstance(caught.value.__cause__, AttributeError)


def test_a_validation_error_passes_through_an_envelope():
    """PAR-9: data that does not fit is a ValidationError under an envelope too."""
    with pytest.raises(ValidationError):
        parse({"parcel": {}}, model=Order, envelope=KeyEnvelope)
    with pytest.raises(ValidationError):
        parse("no JSON", model=Order, envelope=envelopes.SqsEnvelope)


@pytest.mark.parametrize("envelope", [True, ["SqsEnvelope"], "SqsEnvelope"])
def test_what_is_no_envelope_is_ignored_with_a_warning(envelope):
    """PAR-10: something that cannot be an envelope is ignored, and a warning says so."""
    with pytest.warns(PowertoolsUserWarning, match="no envelope"):
        assert parse(ORDER, model=Order, envelope=envelope) == Order(id=7)


def test_an_equal_model_has_one_adapter():
    """PAR-12: a union written inline is one model however often it is written."""
    assert adapters.adapter_of(Order | Parcel) is adapters.adapter_of(Order | Parcel)
    assert adapters.adapter_of(list[Order]) is adapters.adapter_of(list[Order])
    assert adapters.adapter_of(Annotated[int, Gt(1)]) is adapters.adapter_of(Annotated[int, Gt(1)])
    assert adapters.adapter_of(Annotated[int, Gt(1)]) is not adapters.adapter_of(Annotated[int, Gt(2)])


def test_the_order_of_a_union_matters():
    """PAR-12: of two members that fit, the first is taken, whichever order was parsed before."""

    class One(BaseModel):
        id: int

    class Two(BaseModel):
        id: int

    assert [type(parse(ORDER, model=model)) for model in (One | Two, Two | One, One | Two)] == [One, Two, One]
    assert [type(parse([ORDER], model=list[model])[0]) for model in (One | Two, Two | One)] == [One, Two]


def test_an_unhashable_model_keeps_its_adapter():
    """PAR-12: a model that has no hash is remembered by its identity."""
    model = Annotated[dict, {"unhashable": True}]

    assert adapters.adapter_of(model) is adapters.adapter_of(model)
    assert adapters.adapter_of(model) is not adapters.adapter_of(Annotated[dict, {"unhashable": True}])


def test_the_adapters_are_bounded_and_the_last_used_stay():
    """PAR-12: 1024 adapters are kept, and those that were not used for longest go first."""
    kept = adapters.adapter_of(Order)
    for number in range(1100):
        adapters.adapter_of(Literal[f"one of many {number}"])
        if number == 1000:
            assert adapters.adapter_of(Order) is kept

    assert len(adapters._adapters) == 1024
    assert adapters.adapter_of(Order) is kept


def test_threads_share_one_adapter():
    """PAR-12: threads that ask for a new model at the same time get one adapter, built once."""
    built, barrier, found = [], threading.Barrier(8), []

    class Slow:
        @classmethod
        def __get_pydantic_core_schema__(cls, source, handler):
            built.append(threading.get_ident())
            return core_schema.any_schema()

    def ask():
        barrier.wait()
        found.append(adapters.adapter_of(Slow))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(id, found))) == len(built) == 1


def test_a_model_that_parses_while_it_is_built_does_not_block():
    """PAR-12: building an adapter may parse something itself."""

    class Nested:
        @classmethod
        def __get_pydantic_core_schema__(cls, source, handler):
            assert parse("7", model=int) == 7
            return core_schema.int_schema()

    assert parse("8", model=Nested) == 8


def test_a_strict_model_stays_strict():
    """PAR-2: text is validated in JSON mode, where a strict model takes an array for a tuple; Python data is not."""

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True)
        tags: tuple[str, ...]

    assert parse('{"tags": ["a"]}', model=Strict).tags == ("a",)
    with pytest.raises(ValidationError):
        parse({"tags": ["a"]}, model=Strict)
