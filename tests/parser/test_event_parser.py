import asyncio
import inspect
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError

from lambda_powertools.core import MiddlewareInvalidArgumentError, lambda_handler_decorator
from lambda_powertools.parser import InvalidModelTypeError, envelopes, event_parser


class Order(BaseModel):
    id: int


class Parcel(BaseModel):
    kind: Literal["parcel"]


class Letter(BaseModel):
    kind: Literal["letter"]


EVENT = {"id": "7"}
BRIDGE = {
    "version": "0",
    "id": "1",
    "source": "shop",
    "account": "1",
    "time": "2030-01-01T00:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": EVENT,
}


def annotated(event: Order, context):
    return event


def otherwise_named(message: Order, _):
    return message


def as_text(event: "Order", context: "NoSuchName") -> "NoSuchName":  # noqa: F821  # what is tested
    return event


def enveloped(event: Annotated[Order, envelopes.EVENTBRIDGE], context):
    return event


def enveloped_as_text(event: "Annotated[Order, 'a note', envelopes.EventBridgeEnvelope()]", context):
    return event


@pytest.mark.parametrize(
    ("handler", "event"),
    [
        (annotated, EVENT),
        (otherwise_named, EVENT),
        (as_text, EVENT),
        (enveloped, BRIDGE),
        (enveloped_as_text, BRIDGE),
    ],
)
def test_the_annotation_of_the_first_parameter_is_the_model(handler, event):
    """PAR-20, 21, 22: the annotation of the first parameter is the model, and may name an envelope."""
    assert event_parser(handler)(event, None) == Order(id=7)
    assert event_parser()(handler)(event, None) == Order(id=7)


def test_a_discriminator_in_an_annotation_is_used():
    """PAR-22: the metadata of an annotation survives."""

    @event_parser
    def handler(event: Annotated[Parcel | Letter, Field(discriminator="kind")], context):
        return type(event)

    assert handler({"kind": "letter"}, None) is Letter
    with pytest.raises(ValidationError) as caught:
        handler({"kind": "box"}, None)
    assert caught.value.errors()[0]["type"] == "union_tag_invalid"


def test_an_explicit_model_wins_and_no_annotation_is_looked_at():
    """PAR-21, PAR-23: with a model given, annotations may be nonsense."""

    @event_parser(model=Order)
    def handler(event: "nonsense!", context: 7):  # noqa: F722  # what is tested
        return event

    assert handler(EVENT, None) == Order(id=7)


@pytest.mark.parametrize("annotation", [None, "NoSuchName"])
def test_a_handler_without_a_model_is_an_error_when_it_is_called(annotation):
    """PAR-21, PAR-22: without a model the call fails; the hints of context and result are no models."""

    def handler(event, context: Order) -> Order:
        return event

    if annotation:
        handler.__annotations__["event"] = annotation
    decorated = event_parser(handler)

    with pytest.raises(InvalidModelTypeError, match=r"handler.*model=\.\.\."):
        decorated(EVENT, None)


def test_extra_keyword_arguments_reach_the_handler():
    """PAR-20: what the caller gives beyond event and context is passed on."""

    @event_parser(model=Order)
    def handler(event, context, tenant=None, **more):
        return event.id, tenant, more

    assert handler(EVENT, None, tenant="a", model="b", event_id=1) == (7, "a", {"model": "b", "event_id": 1})


def test_errors_reach_the_caller_unchanged():
    """PAR-24: the errors of parsing and of the handler are those that were raised."""
    boom = ValueError("boom")

    @event_parser(on_error=None)
    def handler(event: Order, context):
        raise boom

    with pytest.raises(ValidationError):
        handler({}, None)
    with pytest.raises(ValueError, match="boom") as caught:
        handler(EVENT, None)
    assert caught.value is boom


class Handlers:
    @event_parser
    def method(self, event: Order, context):
        return self, event

    @event_parser
    @staticmethod
    def static(event: Order, context):
        return event

    @event_parser
    @classmethod
    def of_class(cls, event: Order, context):
        return cls, event

    @event_parser
    def unusual(this, event: Order, context):  # noqa: N805  # what is tested
        return this, event


def test_methods_are_handlers():
    """PAR-25: methods, static methods and class methods receive the parsed event."""
    handlers = Handlers()

    assert handlers.method(EVENT, None) == (handlers, Order(id=7))
    assert handlers.static(EVENT, None) == Order(id=7)
    assert handlers.of_class(EVENT, None) == (Handlers, Order(id=7))
    assert handlers.unusual(EVENT, None) == (handlers, Order(id=7))


def test_async_handlers_stay_async():
    """PAR-25: an async handler is one afterwards, and its errors and responses come when it is awaited."""

    @event_parser
    async def handler(event: Order, context):
        await asyncio.sleep(0)
        return event

    @event_parser(on_error=lambda error, event: {"statusCode": 400})
    async def lenient(event: Order, context):
        return event

    assert inspect.iscoroutinefunction(handler)
    assert asyncio.run(handler(EVENT, None)) == Order(id=7)
    assert asyncio.run(lenient({}, None)) == {"statusCode": 400}
    with pytest.raises(ValidationError):
        asyncio.run(handler({}, None))


def test_a_handler_keeps_its_name_and_documentation():
    """PAR-25: the decorated handler looks as before."""

    @event_parser(model=Order)
    def handler(event, context):
        """Handle."""

    assert (handler.__name__, handler.__doc__) == ("handler", "Handle.")
    assert list(inspect.signature(handler).parameters) == ["event", "context"]


def test_decorators_outside_see_the_raw_event():
    """PAR-26: outside of `event_parser` the event is raw, inside it is parsed."""
    seen = []

    @lambda_handler_decorator
    def look(handler, event, context):
        seen.append(event)
        return handler(event, context)

    @look
    @event_parser
    @look
    def handler(event: Order, context):
        return event

    handler(EVENT, None)

    assert seen == [EVENT, Order(id=7)]


def test_a_parse_failure_may_become_a_response():
    """`on_error` gives the response when the event does not fit; it sees the error and the raw event."""

    def answer(error, event):
        return {"statusCode": 400, "wrong": [detail["loc"] for detail in error.errors()], "event": event}

    @event_parser(model=Order, on_error=answer)
    def handler(event, context):
        raise ValueError("of the handler")

    assert handler({"id": "x"}, None) == {"statusCode": 400, "wrong": [("id",)], "event": {"id": "x"}}
    with pytest.raises(ValueError, match="of the handler"):
        handler(EVENT, None)


def test_undecodable_data_may_become_a_response():
    """`on_error` sees data that cannot be decoded as well."""
    event = {"raw_path": "/", "method": "POST", "headers": {}, "query_string_parameters": {}}

    @event_parser(model=Order, envelope=envelopes.VPC_LATTICE, on_error=lambda error, event: str(error))
    def handler(event, context):
        return event

    assert "base64" in handler({**event, "body": "!", "is_base64_encoded": True}, None)


def test_options_have_names():
    """A model given by position is an error that says what to write."""
    with pytest.raises(MiddlewareInvalidArgumentError, match="no handler"):
        event_parser(Order)
