import pytest

from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, validate


@pytest.mark.parametrize("form", ["^A[0-9]+$", lambda value: value.startswith("A")], ids=["regex", "function"])
def test_format_of_ones_own(form):
    """VAL-7: a regular expression and a function both decide, and the message names place and format."""
    schema = {"properties": {"id": {"type": "string", "format": "order-id"}}}

    assert validate({"id": "A1"}, schema, formats={"order-id": form}) == {"id": "A1"}
    with pytest.raises(SchemaValidationError, match="data.id must be order-id"):
        validate({"id": "B1"}, schema, formats={"order-id": form})


@pytest.mark.parametrize("falsy", [False, None, 0, ""])
def test_falsy_result_of_a_format_function_refuses(falsy):
    """VAL-7: any false value means that the text does not conform."""
    with pytest.raises(SchemaValidationError, match="data must be odd"):
        validate("text", {"format": "odd"}, formats={"odd": lambda _: falsy})


def test_regex_matches_from_the_beginning_only():
    """VAL-7: a regular expression is matched at the beginning, not to the end."""
    assert validate("A1 and more", {"format": "id"}, formats={"id": "A1"})
    with pytest.raises(SchemaValidationError):
        validate("an A1", {"format": "id"}, formats={"id": "A1"})


def test_formats_apply_to_texts_only():
    """VAL-7: a number has no format."""
    assert validate(5, {"format": "never"}, formats={"never": lambda _: False}) == 5


def test_built_in_format_can_be_overridden():
    """VAL-7: a format of one's own wins over a built-in one."""
    with pytest.raises(SchemaValidationError):
        validate("not an address", {"format": "email"})
    assert validate("not an address", {"format": "email"}, formats={"email": ".*"})


@pytest.mark.parametrize(
    "schema",
    [
        {"format": "int64"},
        {"properties": {"a": {"items": {"format": "int64"}}}},
        {"allOf": [{"anyOf": [{"format": "int64"}]}]},
        {"$ref": "#/definitions/x", "definitions": {"x": {"format": "int64"}}},
        {"$schema": "http://json-schema.org/draft-04/schema", "format": "int64"},
    ],
    ids=str,
)
def test_unknown_format_is_refused_by_name(schema):
    """VAL-8: a format that nobody knows is an error, wherever it stands; use_formats=False checks none."""
    with pytest.raises(InvalidSchemaFormatError, match="'int64'"):
        validate({"a": ["text"]}, schema, formats={"other": ".*"})
    assert validate({"a": ["text"]}, schema, provider_options={"use_formats": False})


def test_format_of_a_later_draft_is_unknown_to_an_earlier_one():
    """VAL-8: which formats are built in depends on the draft."""
    schema = {"format": "idn-email"}

    assert validate("a@b.ch", schema)
    with pytest.raises(InvalidSchemaFormatError, match="idn-email"):
        validate("a@b.ch", {"$schema": "http://json-schema.org/draft-04/schema", **schema})


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"format": {"type": "string"}}},
        {"enum": [{"format": "int64"}]},
        {"properties": {"a": {"default": {"format": "int64"}}}},
        {"examples": [{"format": "int64"}]},
        {"const": {"format": "int64"}},
        {"definitions": {"unused": {"format": "int64"}}},
    ],
    ids=str,
)
def test_format_that_is_no_keyword(schema):
    """VAL-8: a property called format, or data in the schema that has one, is no format."""
    assert validate({"format": "int64"}, schema)


@pytest.mark.parametrize("error", [TypeError("a"), AttributeError("b"), ValueError("c"), KeyError("d")])
def test_error_inside_a_format_function_is_its_own(error):
    """VAL-50: what a format function raises comes out as it is."""

    def broken(value):
        raise error

    with pytest.raises(type(error)) as caught:
        validate("text", {"format": "odd"}, formats={"odd": broken})

    assert caught.value is error
