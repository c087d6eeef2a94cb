import asyncio
import json
from dataclasses import dataclass

import pytest

from lambda_powertools.core import MiddlewareInvalidArgumentError
from lambda_powertools.data_classes import EventBridgeEvent, event_source
from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, envelopes, validator

ORDER = {"type": "object", "required": ["id"], "properties": {"note": {"default": "none"}}}
ANSWER = {"type": "object", "required": ["statusCode"]}


def test_inbound_handler_outbound():
    """VAL-13, VAL-14: the handler receives the unwrapped event with its defaults, its response comes back unchanged."""
    response = {"statusCode": 200}

    @validator(inbound_schema=ORDER, outbound_schema=ANSWER, envelope=envelopes.API_GATEWAY_REST)
    def handler(event, context):
        assert event == {"id": 7, "note": "none"}
        return response

    assert handler({"body": json.dumps({"id": 7})}, None) is response


def test_invalid_event_does_not_reach_the_handler():
    """VAL-13: inbound validation comes before the handler."""
    called = []

    @validator(inbound_schema=ORDER)
    def handler(event, context):
        called.append(event)

    with pytest.raises(SchemaValidationError):
        handler({}, None)
    assert called == []


def test_invalid_response_is_an_error():
    """VAL-13: outbound validation comes after the handler."""

    @validator(outbound_schema=ANSWER)
    def handler(event, context):
        return {}

    with pytest.raises(SchemaValidationError, match="statusCode"):
        handler({}, None)


@pytest.mark.parametrize("absent", [None, {}])
def test_absent_schemas(absent):
    """VAL-14, VAL-15: without schemas nothing is validated, and an envelope still unwraps."""

    @validator(inbound_schema=absent, outbound_schema=absent, envelope="detail")
    def handler(event, context):
        return event

    assert handler({"detail": [1]}, None) == [1]


@pytest.mark.parametrize(("event", "schema"), [([1], {"type": "array"}), (None, {"type": "null"}), ("a", True)])
def test_events_that_are_no_dicts(event, schema):
    """An event of any JSON type works."""

    @validator(inbound_schema=schema)
    def handler(event, context):
        return event

    assert handler(event, None) == event


def test_handler_exception_skips_outbound_validation():
    """VAL-16: the handler's exception comes out as it is; further arguments of the handler are handed on."""

    @validator(inbound_schema=ORDER, outbound_schema=ANSWER)
    def handler(event, context, fail=None):
        raise fail

    error = KeyError("mine")
    with pytest.raises(KeyError) as caught:
        handler({"id": 1}, None, fail=error)
    assert caught.value is error


def test_response_objects_are_not_converted():
    """VAL-17: a dataclass object is no JSON object."""

    @dataclass
    class Answer:
        statusCode: int  # noqa: N815  # as Lambda has it

    @validator(outbound_schema=ANSWER)
    def handler(event, context):
        return Answer(200)

    with pytest.raises(SchemaValidationError, match="data must be object"):
        handler({}, None)


def test_async_handler():
    """VAL-18: the response of an async handler is validated once it is there."""

    @validator(inbound_schema=ORDER, outbound_schema=ANSWER)
    async def handler(event, context):
        await asyncio.sleep(0)
        return event["answer"]

    assert asyncio.run(handler({"id": 1, "answer": {"statusCode": 1}}, None)) == {"statusCode": 1}
    with pytest.raises(SchemaValidationError):
        asyncio.run(handler({"id": 1, "answer": {}}, None))


def test_positional_use():
    """VAL-19: a schema by position is the middleware factory's error."""
    with pytest.raises(MiddlewareInvalidArgumentError):
        validator(ORDER)


def test_data_class_event_stays_one():
    """VAL-4: a data class is validated as its raw event, and the handler still receives the data class."""

    @event_source(data_class=EventBridgeEvent)
    @validator(inbound_schema={"type": "object", "required": ["detail"]})
    def handler(event, context):
        return type(event), event.detail

    assert handler({"detail": {"id": 1}}, None) == (EventBridgeEvent, {"id": 1})


def test_unusable_schema_surfaces_when_the_handler_is_called():
    """VAL-31: decorating works, calling is an InvalidSchemaFormatError, each time."""

    @validator(inbound_schema={"type": "none such"})
    def handler(event, context): ...

    for _ in range(2):
        with pytest.raises(InvalidSchemaFormatError):
            handler({}, None)


def test_schemas_are_compiled_when_the_handler_is_decorated(compilations):
    """VAL-31: the invocations compile nothing."""

    @validator(inbound_schema=ORDER, outbound_schema=ANSWER)
    def handler(event, context):
        return {"statusCode": 1}

    assert compilations == [ORDER, ANSWER]
    for _ in range(3):
        handler({"id": 1}, None)
    assert len(compilations) == 2


def test_formats_handlers_and_options_of_both_sides():
    """The keywords of each side reach its validator."""

    @validator(
        inbound_schema={"$ref": "shop://in"},
        inbound_handlers={"shop": lambda uri: {"format": uri.partition("//")[2]}},
        inbound_formats={"in": "^a"},
        outbound_schema={"format": "out"},
        outbound_formats={"out": "^b"},
        outbound_provider_options={"detailed_exceptions": False},
    )
    def handler(event, context):
        return event[1:]

    assert handler("ab", None) == "b"
    with pytest.raises(SchemaValidationError, match="must be in"):
        handler("b", None)
    with pytest.raises(SchemaValidationError, match="must be out.*Path: \\[\\]"):
        handler("aa", None)
