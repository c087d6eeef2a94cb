from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import ipaddress
import re
import uuid
from collections import deque
from decimal import Decimal
from pathlib import PurePosixPath

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from lambda_powertools.openapi import exceptions
from lambda_powertools.openapi.encoders import jsonable_encoder
from lambda_powertools.openapi.exceptions import (
    OpenAPISchemaError,
    SchemaValidationError,
    SerializationError,
)
from lambda_powertools.openapi.models import (
    APIKey,
    Components,
    Example,
    HTTPBase,
    HTTPBearer,
    Info,
    MutualTLS,
    OAuth2,
    OpenIdConnect,
    Operation,
    PathItem,
    Schema,
    Server,
)


def dump(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Schema, {"$ref": "#/a", "$defs": {"A": True}, "not": {"type": "null"}, "if": {}, "else": False}),
        (Schema, {"default": None, "const": None, "examples": [None, {"a": None}, 1]}),
        (Schema, {"examples": [{"summary": "s", "value": None}, {"value": {"a": None}}]}),
        (Schema, {"type": ["string", "null"], "x-more": {"a": [None]}}),
        (Schema, {"type": "object", "properties": {"a": {"$ref": "#/b"}}, "discriminator": {"propertyName": "t"}}),
        (
            PathItem,
            {"$ref": "#/a", "get": {"responses": {"200": {"description": "x"}, "default": {"description": "y"}}}},
        ),
        (Operation, {"responses": {"4XX": {"description": "x"}}, "x-a": 1, "security": []}),
        (Server, {"url": "https://example.com/{a}", "variables": {"a": {"default": "b"}}}),
    ],
)
def test_what_goes_in_comes_out(model, data):
    """A model gives back the object it was made of, extensions and nulls of the user included."""
    assert dump(model.model_validate(data)) == data


def test_responses_have_numbers_as_keys():
    """Statuses are numbers, what names no single status is text."""
    operation = Operation(responses={"200": {"description": "x"}, "4XX": {"description": "y"}})
    assert list(operation.responses) == [200, "4XX"]


def test_examples_that_look_like_example_objects_are_models():
    """A mapping with nothing but the keys of an Example Object, and a value, is one; all others stay as they are."""
    examples = Schema(examples=[{"value": 1}, {"summary": "x"}, {"value": 1, "more": 2}, "a", None]).examples
    assert [type(each) for each in examples] == [Example, dict, dict, str, type(None)]


def test_info_drops_what_it_does_not_know():
    """Other objects keep it."""
    assert "more" not in dump(Info(title="a", version="1", more=2))
    assert dump(Components(**{"x-more": 2})) == {"x-more": 2}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"type": "apiKey", "in": "header", "name": "a"}, APIKey),
        ({"type": "http", "scheme": "basic"}, HTTPBase),
        ({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}, HTTPBearer),
        ({"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a", "scopes": {}}}}, OAuth2),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://a"}, OpenIdConnect),
        ({"type": "mutualTLS"}, MutualTLS),
    ],
)
def test_a_security_scheme_becomes_its_class(data, kind):
    """The type decides, and the scheme comes out as it was."""
    scheme = Components(securitySchemes={"a": data}).securitySchemes["a"]
    assert (type(scheme), dump(scheme)) == (kind, data)


def test_security_models_take_both_spellings():
    """`in_` and `in` are the same."""
    assert APIKey(name="a", in_="query") == APIKey(**{"name": "a", "in": "query"})
    with pytest.raises(ValidationError, match="type has to be apiKey"):
        APIKey(name="a", in_="query", type_="http")


def test_extensions_become_members():
    """They are merged into the object, and their names are checked."""
    server = Server(url="/", openapi_extensions={"x-a": {"b": None}})
    assert dump(server) == {"url": "/", "x-a": {"b": None}}
    with pytest.raises(SchemaValidationError, match="'a' has to begin with 'x-'"):
        Server(url="/", openapi_extensions={"a": 1})


def test_the_error_of_a_document_has_a_name_of_its_own():
    """The name that code knows stands for a class that no other package has an exception of the name of."""
    assert SchemaValidationError is OpenAPISchemaError
    assert OpenAPISchemaError.__name__ == "OpenAPISchemaError"
    with pytest.raises(AttributeError, match="NoSuchError"):
        exceptions.NoSuchError  # noqa: B018  # looking the name up is what is tested


class Color(enum.Enum):
    red = "r"


class Text(str, enum.Enum):
    a = "x"


class Model(BaseModel):
    id: int = 1
    amount: Decimal = Decimal("1.50")
    secret: SecretStr = SecretStr("s")


@dataclasses.dataclass
class Point:
    x: object


class Plain:
    def __init__(self):
        self.a = 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Model(), {"id": 1, "amount": "1.50", "secret": "**********"}),
        (Point({1}), {"x": [1]}),
        (Point(Point(Color.red)), {"x": {"x": "r"}}),
        (Color.red, "r"),
        (Text.a, "x"),
        (dt.datetime(2024, 1, 2, 3, 4, tzinfo=dt.timezone.utc), "2024-01-02T03:04:00+00:00"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.time(1, 2), "01:02:00"),
        (dt.timedelta(minutes=1), 60.0),
        (Decimal(1), 1),
        (Decimal("1.5"), 1.5),
        (Decimal("NaN"), None),
        (Decimal("-Infinity"), None),
        (b"abc", "abc"),
        (PurePosixPath("a/b"), "a/b"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (re.compile("a+"), "a+"),
        (SecretStr("s"), "**********"),
        ({1}, [1]),
        (frozenset({1}), [1]),
        (deque([1]), [1]),
        ((1, 2), [1, 2]),
        ((n for n in (1, 2)), [1, 2]),
        ({"a": {1}, "_sa_state": object(), Color.red: 1}, {"a": [1], "r": 1}),
        (Plain(), {"a": 1}),
        (ipaddress.ip_address("127.0.0.1"), "127.0.0.1"),
        ([None, True, 1, 1.5, "a"], [None, True, 1, 1.5, "a"]),
    ],
)
def test_values_become_json_ready(value, expected):
    """EHO-45: each type has its form."""
    assert jsonable_encoder(value) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"include": {"id"}}, {"id": 1}),
        ({"exclude": {"amount", "secret"}}, {"id": 1}),
        ({"exclude_defaults": True}, {}),
        ({"exclude_unset": True}, {}),
    ],
)
def test_parts_of_a_model_can_be_chosen(options, expected):
    """EHO-45: the options of a dump are passed on."""
    assert jsonable_encoder(Model(), **options) == expected


def test_parts_of_a_dictionary_can_be_chosen():
    """EHO-45: keys without a value can be left out at any depth."""
    assert jsonable_encoder({"a": None, "b": {"c": None}}, exclude_none=True) == {"b": {}}
    assert jsonable_encoder({"a": 1, "b": 2}, include={"a"}) == {"a": 1}


def test_unknown_objects_go_to_the_custom_serializer():
    """EHO-46: what it gives stands where the object was."""
    assert jsonable_encoder({"a": object()}, custom_serializer=lambda value: "text") == {"a": "text"}


def cycle():
    value = {}
    value["self"] = [value]
    return value


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "name"), [(object(), "object"), (b"\xff", "bytes"), (cycle(), "dict"), (3j, "complex")]
)
def test_what_has_no_json_form_is_one_error(value, name):
    """EHO-45: the error names the type; a value inside itself is no endless recursion."""
    with pytest.raises(SerializationError, match=name):
        jsonable_encoder({"a": value})


def test_a_value_that_is_nested_too_deeply_is_an_error():
    """EHO-45: it does not end the process."""
    with pytest.raises(SerializationError, match="RecursionError"):
        jsonable_encoder(deep())
