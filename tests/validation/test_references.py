import socket
import urllib.request
from contextlib import suppress

import pytest

from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, validate


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.parametrize(
    ("schema", "scheme"),
    [
        ({"$ref": "http://169.254.169.254/latest/meta-data"}, "http"),
        ({"$ref": "https://schemas.example.com/order.json#/x"}, "https"),
        ({"$ref": "file:///etc/passwd"}, "file"),
        ({"$ref": "ftp://example.com/a"}, "ftp"),
        ({"$ref": "order.json"}, ""),
        ({"$id": "http://example.com/root", "$ref": "other"}, "http"),
        ({"properties": {"a": {"allOf": [{"$ref": "http://example.com/a"}]}}}, "http"),
        ({"$ref": "http://json-schema.org/draft-07/schema#"}, "http"),
    ],
)
def test_nothing_is_fetched_without_a_handler(schema, scheme):
    """A reference to another document is an error that says which handler would allow it, and nothing is fetched."""
    with pytest.raises(InvalidSchemaFormatError, match=f"handlers={{'{scheme}': function}}"):
        validate({"a": 1}, schema)


def test_handler_of_another_scheme_does_not_help():
    """A handler serves its own scheme only."""
    with pytest.raises(InvalidSchemaFormatError, match="'http'"):
        validate({}, {"$ref": "http://example.com/a"}, handlers={"https": lambda uri: {}})


def test_handler_resolves_references():
    """VAL-9: a handler is given the URI, and what it returns is part of the schema; it is asked once."""
    asked = []
    remote = {"definitions": {"id": {"type": "integer"}, "pair": {"items": {"$ref": "#/definitions/id"}}}}

    def fetch(uri):
        asked.append(uri)
        return remote

    schema = {"properties": {"ids": {"$ref": "https://shop.example/types#/definitions/pair"}}}
    handlers = {"https": fetch}

    assert validate({"ids": [1]}, schema, handlers=handlers)
    with pytest.raises(SchemaValidationError, match="must be integer"):
        validate({"ids": ["1"]}, schema, handlers=handlers)
    assert asked == ["https://shop.example/types"]
    assert remote["definitions"]["pair"] == {"items": {"$ref": "#/definitions/id"}}


def test_unknown_format_behind_a_reference_is_refused():
    """VAL-8: the formats of a document that a handler returns are checked too."""
    with pytest.raises(InvalidSchemaFormatError, match="'int64'"):
        validate("a", {"$ref": "shop://a"}, handlers={"shop": lambda uri: {"format": "int64"}})


@pytest.mark.parametrize("error", [TypeError("no"), KeyError("no"), InvalidSchemaFormatError("no")])
def test_error_inside_a_handler_is_its_own(error):
    """VAL-50: what a handler raises comes out as it is."""

    def fetch(uri):
        raise error

    with pytest.raises(type(error)) as caught:
        validate({}, {"$ref": "shop://a"}, handlers={"shop": fetch})

    assert caught.value is error


def nested(depth):
    schema = {}
    for _ in range(depth):
        schema = {"properties": {"a": schema}}
    return schema


def circle():
    schema = {"properties": {}}
    schema["properties"]["a"] = schema
    return schema


@pytest.mark.parametrize(
    "schema",
    [nested(5_000), circle(), {"$ref": "#/definitions/" + "a/" * 2_000}, {"properties": {1: {"format": 7}}}],
    ids=["deep", "circular", "long reference", "odd"],
)
def test_hostile_schema_is_refused(schema):
    """A schema that is too deep, circular or odd is an InvalidSchemaFormatError, not a crash."""
    with pytest.raises(InvalidSchemaFormatError):
        validate({}, schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {'"]; raise SystemExit  #': {"type": "string"}}},
        {"properties": {"{data.__class__}": {"type": "string"}}},
        {"required": ["a\n    raise SystemExit"]},
        {"pattern": '"+exit()+"'},
        {"enum": ['"+exit()+"', "}{"]},
        {"patternProperties": {'^"""$': {"type": "string"}}},
        {"definitions": {'x"()\n': {"type": "integer"}}, "properties": {"a": {"$ref": '#/definitions/x"()\n'}}},
    ],
    ids=str,
)
@pytest.mark.parametrize("data", [{}, "text", {"a": 1, '"""': 1, "{data.__class__}": 1, '"]; raise SystemExit  #': 1}])
def test_texts_of_a_schema_are_never_run(schema, data):
    """Whatever names and patterns a schema holds, they are data: they validate, or are refused."""
    with suppress(SchemaValidationError, InvalidSchemaFormatError):
        assert validate(data, schema) is data


def test_recursive_schema():
    """A schema may refer to itself."""
    schema = {"type": "object", "properties": {"next": {"$ref": "#"}, "id": {"type": "integer"}}}

    assert validate({"next": {"next": {"id": 1}}}, schema)
    with pytest.raises(SchemaValidationError) as caught:
        validate({"next": {"next": {"id": "1"}}}, schema)
    assert caught.value.path == ["data", "next", "next", "id"]


def test_schema_is_left_as_it_was():
    """Compiling does not write into the caller's schema."""
    schema = {"$id": "http://example.com/a", "properties": {"b": {"$ref": "#/definitions/c"}}, "definitions": {"c": {}}}
    before = repr(schema)

    validate({"b": 1}, schema)

    assert repr(schema) == before
