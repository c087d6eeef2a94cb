from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import enum
import json
from typing import Annotated, Literal, Optional, Union

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV30SpecValidator
from pydantic import BaseModel, Field, TypeAdapter

from lambda_powertools.openapi.down_conversion import schema_to_30, to_openapi_30


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, {}),
        (False, {"not": {}}),
        ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
        ({"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"type": ["null"]}, {"nullable": True, "enum": [None]}),
        ({"type": "null"}, {"nullable": True, "enum": [None]}),
        ({"anyOf": [{"type": "null"}, {"type": "null"}, {"type": "string"}]}, {"type": "string", "nullable": True}),
        (
            {"anyOf": [{"$ref": "#/a"}, {"type": "null"}], "title": "T"},
            {"title": "T", "anyOf": [{"$ref": "#/a"}], "nullable": True},
        ),
        (
            {"anyOf": [{"$ref": "#/a"}, {"type": "null"}], "default": None},
            {"anyOf": [{"$ref": "#/a"}], "nullable": True},
        ),
        (
            {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
            {"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": True},
        ),
        ({"const": "a"}, {"enum": ["a"]}),
        ({"const": None}, {"enum": [None], "nullable": True}),
        ({"examples": [1, 2]}, {"example": 1}),
        ({"examples": {"a": {"value": 3}}}, {"example": 3}),
        ({"examples": [], "type": "integer"}, {"type": "integer"}),
        ({"exclusiveMinimum": 3, "minimum": 5}, {"minimum": 5}),
        ({"exclusiveMinimum": 5, "minimum": 3}, {"minimum": 5, "exclusiveMinimum": True}),
        ({"exclusiveMaximum": 5}, {"maximum": 5, "exclusiveMaximum": True}),
        (
            {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "minItems": 2},
            {"type": "array", "minItems": 2, "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        ),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
        ({"type": "string", "contentMediaType": "a/b"}, {"type": "string", "format": "binary"}),
        ({"patternProperties": {"a": {"const": 1}}}, {"additionalProperties": {"enum": [1]}}),
        ({"$ref": "#/a", "description": "d"}, {"allOf": [{"$ref": "#/a"}], "description": "d"}),
        ({"properties": {"x-a": {"const": 1}, "const": True}}, {"properties": {"x-a": {"enum": [1]}, "const": {}}}),
        ({"default": {"const": 1, "$defs": 1}, "x-a": {"const": 1}, "enum": [{"const": 1}]}, ...),
    ],
)
def test_a_schema_says_the_same_in_other_words(schema, expected):
    """BDA-53: each keyword that 3.0 does not know becomes what it has for it; data stays as it is."""
    assert schema_to_30(schema) == (schema if expected is ... else expected)


def test_a_document_is_converted_at_every_depth():
    """BDA-53, BDA-54: parameters, headers, bodies, callbacks and components; the original stays as it is."""
    schema = {"type": ["string", "null"]}
    media = {"application/json": {"schema": schema, "examples": {"a": {"value": {"const": 1}}}}}
    operation = {
        "parameters": [{"name": "a", "in": "query", "schema": schema}],
        "requestBody": {"content": media},
        "responses": {"200": {"description": "", "content": media, "headers": {"a": {"schema": schema}}}},
        "x-keep": {"const": 1},
    }
    document = {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "x",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": {**operation, "callbacks": {"c": {"{$url}": {"get": operation}}}}}},
        "webhooks": {},
        "components": {
            "schemas": {"S": schema},
            "pathItems": {},
            "responses": {"r": {"description": "", "content": media}},
        },
    }
    before = copy.deepcopy(document)

    converted = to_openapi_30(document)

    assert document == before
    text = json.dumps(converted)
    assert '["string", "null"]' not in text
    assert text.count('"nullable": true') == 10
    assert text.count('{"value": {"const": 1}}') == 5
    assert converted["paths"]["/a"]["post"]["x-keep"] == {"const": 1}
    assert {"webhooks", "jsonSchemaDialect"} & set(converted) == set()
    OpenAPIV30SpecValidator(converted).validate()


class Color(enum.Enum):
    red = 1
    blue = "b"


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: Annotated[int, Field(gt=0, le=9)] | None = None


class Dog(BaseModel):
    kind: Literal["dog"]
    friends: list[Dog] = []


@dataclasses.dataclass
class Point:
    x: float
    y: tuple[int, str] = (1, "a")


TYPES = st.recursive(
    st.sampled_from([int, str, float, bool, None, bytes, dt.datetime, Color, Cat, Dog, Point, Literal["a", 1]]),
    lambda inner: (
        inner.map(lambda kind: list[kind])
        | inner.map(lambda kind: Optional[kind])  # noqa: UP045  # of a type that is no class, too
        | inner.map(lambda kind: dict[str, kind])
        | st.tuples(inner, inner).map(lambda kinds: Union[kinds])  # noqa: UP007  # of types
        | st.tuples(inner, inner).map(lambda kinds: tuple[kinds])
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(TYPES)
def test_whatever_pydantic_makes_is_valid_openapi_30(kind):
    """A document with the schema of any type passes the validator of the older standard."""
    schema = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    response = {"description": "", "content": {"a/b": {"schema": schema}}}
    document = to_openapi_30(
        {
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/": {"get": {"responses": {"200": response}}}},
            "components": {"schemas": definitions},
        }
    )
    OpenAPIV30SpecValidator(document).validate()
