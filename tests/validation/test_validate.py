import base64
import gzip
import json
from decimal import Decimal

import pytest
from jmespath.exceptions import UnknownFunctionError

from lambda_powertools.data_classes import SQSEvent
from lambda_powertools.validation import (
    InvalidEnvelopeExpressionError,
    InvalidSchemaFormatError,
    SchemaValidationError,
    envelopes,
    validate,
)
from lambda_powertools.validation.base import validate_data_against_schema

ORDER = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
ORDERS = {"type": "array", "items": ORDER}


def text(value):
    return json.dumps(value)


def coded(value):
    return base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()


def test_data_is_returned():
    """VAL-1: what conforms comes back, the very object."""
    data = {"id": 1}

    assert validate(data, ORDER) is data


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ({"a": 1}, {"type": "object"}),
        ([1], {"type": "array"}),
        ("text", {"type": "string"}),
        (1.5, {"type": "number"}),
        (Decimal("1.5"), {"type": "number"}),
        (True, {"type": "boolean"}),
        (None, {"type": "null"}),
        ("anything", True),
        ({}, {}),
    ],
)
def test_every_json_type_can_be_validated(value, schema):
    """VAL-3, VAL-5: data of any JSON type is judged as what it is, and True is a schema that all data conforms to."""
    assert validate(value, schema) == value


def test_text_is_not_parsed():
    """VAL-3: JSON in a text is a text."""
    with pytest.raises(SchemaValidationError, match="data must be object"):
        validate('{"id": 1}', ORDER)


def test_nothing_conforms_to_false():
    """VAL-5: False is a schema that no data conforms to."""
    with pytest.raises(SchemaValidationError):
        validate({}, False)


def test_defaults_are_written_into_the_data():
    """VAL-2: the caller's own dict has the default, and use_default turns that off."""
    schema = {"properties": {"note": {"default": "none"}}}
    filled, unfilled = {}, {}

    validate(filled, schema)
    validate(unfilled, schema, provider_options={"use_default": False})

    assert (filled, unfilled) == ({"note": "none"}, {})


def test_a_default_is_not_shared_between_events():
    """A handler that appends to a defaulted list does not change the default of the next event, nor the schema."""
    schema = {"properties": {"tags": {"default": []}}}

    validate({}, schema)["tags"].append("new")

    assert validate({}, schema) == {"tags": []}
    assert schema == {"properties": {"tags": {"default": []}}}


def test_data_class_is_unwrapped():
    """VAL-4: an event source data class is validated as its raw event."""
    raw = {"Records": []}

    assert validate(SQSEvent(raw), {"type": "object", "required": ["Records"]}) is raw


@pytest.mark.parametrize("schema", ["schema.json", None, [ORDER], 5, object()])
def test_schema_is_a_dict_or_a_boolean(schema):
    """VAL-5: anything else is refused by its type."""
    with pytest.raises(InvalidSchemaFormatError, match=f"not a {type(schema).__name__}"):
        validate({}, schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "none such"},
        {"$schema": 4},
        {"properties": []},
        {"required": 7},
        {"pattern": "("},
        {"$ref": "#/definitions/missing"},
        {"enum": 5},
        {"format": {}},
    ],
    ids=str,
)
def test_schema_that_does_not_compile_is_refused(schema):
    """A schema that cannot be compiled is an InvalidSchemaFormatError with the cause chained."""
    with pytest.raises(InvalidSchemaFormatError) as caught:
        validate({"a": "text"}, schema)

    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("name", ["formats", "handlers", "provider_options"])
def test_options_that_are_no_mappings(name):
    """VAL-6: what is false counts as absent, what is true and no mapping is refused."""
    for absent in ({}, None, [], ""):
        assert validate({"id": 1}, ORDER, **{name: absent}) == {"id": 1}
    with pytest.raises(InvalidSchemaFormatError, match=f"{name} is a mapping"):
        validate({"id": 1}, ORDER, **{name: type("Formats", (), {})})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formats": {"even": 5}}, "format 'even' is a int"),
        ({"handlers": {"https": "x"}}, "handler of 'https' is a str"),
        ({"provider_options": {"use_defaults": False}}, "'use_defaults': did you mean 'use_default'"),
        ({"formats": {"even": "("}, "schema": {"format": "even"}}, "schema cannot be compiled: .*unterminated"),
    ],
)
def test_bad_formats_handlers_and_options(arguments, message):
    """VAL-10: an option the library does not have, and formats and handlers of a wrong type, are named."""
    with pytest.raises(InvalidSchemaFormatError, match=message):
        validate({}, **{"schema": ORDER, **arguments})


@pytest.mark.parametrize(
    ("event", "envelope"),
    [
        ({"body": text({"id": 1})}, envelopes.API_GATEWAY_REST),
        ({"body": text({"id": 1})}, envelopes.API_GATEWAY_HTTP),
        ({"Records": [{"Sns": {"Message": text({"id": 1})}}]}, envelopes.SNS),
        ({"detail": {"id": 1}}, envelopes.EVENTBRIDGE),
        ({"detail": {"id": 1}}, envelopes.CLOUDWATCH_EVENTS_SCHEDULED),
        ({"Records": [{"body": text({"id": 1})}]}, envelopes.SQS),
        ({"Records": [{"kinesis": {"data": coded(text({"id": 1}))}}]}, envelopes.KINESIS_DATA_STREAM),
        (
            {"awslogs": {"data": coded(gzip.compress(text({"logEvents": [{"id": 1}]}).encode()))}},
            envelopes.CLOUDWATCH_LOGS,
        ),
        ({"Records": [{"body": text({"detail": {"id": 1}})}]}, envelopes.S3_EVENTBRIDGE_SQS),
        ({"Records": [{"body": text({"Records": [{"id": 1}]})}]}, envelopes.S3_SQS),
        (
            {"Records": [{"body": text({"Message": text({"Records": [{"id": 1}]})})}]},
            envelopes.S3_SNS_SQS,
        ),
        ({"records": [{"data": coded(text({"Records": [{"id": 1}]}))}]}, envelopes.S3_KINESIS_FIREHOSE),
        (
            {"records": [{"data": coded(text({"Message": text({"Records": [{"id": 1}]})}))}]},
            envelopes.S3_SNS_KINESIS_FIREHOSE,
        ),
    ],
)
def test_envelope(event, envelope):
    """VAL-1, VAL-20, VAL-21: what the expression finds is validated and returned, a list where there are records."""
    schema = {"anyOf": [ORDER, {**ORDERS, "minItems": 1}]}

    assert validate(event, schema, envelope=envelope) in ({"id": 1}, [{"id": 1}])


def test_envelopes_are_those_of_the_jmespath_package():
    """VAL-20: the eight constants and the five further ones have the same values in both packages."""
    from lambda_powertools.jmespath import envelopes as others

    ours = {name: value for name, value in vars(envelopes).items() if name.isupper()}

    assert ours == {name: value for name, value in vars(others).items() if name.isupper()}
    assert len(ours) == 13


def test_empty_envelope_unwraps_nothing():
    """VAL-11: the empty text and None leave the event as it is."""
    assert validate({"id": 1}, ORDER, envelope="") == validate({"id": 1}, ORDER, envelope=None) == {"id": 1}


@pytest.mark.parametrize(
    ("envelope", "error"),
    [
        ("detail[", InvalidEnvelopeExpressionError),
        (True, InvalidEnvelopeExpressionError),
        ("unknown(detail)", UnknownFunctionError),
        ("missing", SchemaValidationError),
    ],
)
def test_envelope_that_finds_nothing_or_is_wrong(envelope, error):
    """VAL-11: a wrong expression is its own error; one that matches nothing gives null, which does not conform."""
    with pytest.raises(error):
        validate({"detail": {"id": 1}}, ORDER, envelope=envelope)


def test_jmespath_options_are_handed_on():
    """VAL-11: custom functions can be used in an envelope."""
    import jmespath

    class Functions(jmespath.functions.Functions):
        @jmespath.functions.signature({"types": ["string"]})
        def _func_number(self, value):
            return {"id": int(value)}

    found = validate({"n": "4"}, ORDER, envelope="number(n)", jmespath_options={"custom_functions": Functions()})

    assert found == {"id": 4}


def test_validation_without_an_envelope():
    """`validate_data_against_schema` is the same without an envelope."""
    assert validate_data_against_schema({"id": 1}, ORDER) == {"id": 1}
    with pytest.raises(SchemaValidationError):
        validate_data_against_schema({}, schema=ORDER)


@pytest.mark.parametrize(
    ("draft", "schema", "good", "bad"),
    [
        ("http://json-schema.org/draft-04/schema", {"maximum": 5, "exclusiveMaximum": True}, 4, 5),
        ("http://json-schema.org/draft-06/schema", {"exclusiveMaximum": 5}, 4, 5),
        ("http://json-schema.org/draft-06/schema", {"const": "a"}, "a", "b"),
        ("http://json-schema.org/draft-07/schema", {"if": {"minimum": 5}, "then": {"multipleOf": 2}}, 6, 7),
        (None, {"if": {"minimum": 5}, "then": {"multipleOf": 2}}, 6, 7),
    ],
)
def test_drafts(draft, schema, good, bad):
    """Drafts 4, 6 and 7 are told apart by $schema; without it the schema is of draft 7 or newer."""
    schema = schema if draft is None else {"$schema": draft, **schema}

    assert validate(good, schema) == good
    with pytest.raises(SchemaValidationError):
        validate(bad, schema)
