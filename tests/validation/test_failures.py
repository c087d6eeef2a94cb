import copy
import pickle
import traceback

import pytest

from lambda_powertools.core import PowertoolsError
from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, validate

SCHEMA = {"type": "object", "required": ["orderId"], "properties": {"card": {"type": "string", "maxLength": 4}}}


def failure(data, schema=SCHEMA, **options):
    with pytest.raises(SchemaValidationError) as caught:
        validate(data, schema, **options)
    return caught.value


def test_details():
    """VAL-40, VAL-42: place, value, rule and definition of what is wrong."""
    data = {"note": "x"}

    error = failure(data)

    assert error.message == str(error)
    assert error.validation_message == "data must contain ['orderId'] properties"
    assert (error.name, error.path, error.value_type) == ("data", ["data"], "dict")
    assert error.value is data
    assert (error.rule, error.rule_definition, error.definition) == ("required", ["orderId"], SCHEMA)
    assert error.errors == [error]


def test_message_names_the_type_and_never_the_value():
    """VAL-41: the text has its known form, with the type of the value in its place; no traceback shows the value."""
    error = failure({"orderId": 1, "card": "4111-secret"})

    assert str(error) == (
        "Failed schema validation. Error: data.card must be shorter than or equal to 4 characters, "
        "Path: ['data', 'card'], Data: str"
    )
    printed = "".join(traceback.format_exception(error)) + repr(error)
    assert "secret" not in printed


def test_path_into_a_list():
    """VAL-40: an index is a part of the path."""
    error = failure([{"a": 1}, {"a": "x"}], {"items": {"properties": {"a": {"type": "integer"}}}})

    assert (error.name, error.path) == ("data[1].a", ["data", "1", "a"])


def test_without_details():
    """VAL-43: detailed_exceptions=False leaves the message only."""
    error = failure({}, provider_options={"detailed_exceptions": False})

    assert error.validation_message.startswith("data must contain")
    assert (error.name, error.value, error.definition, error.rule, error.path) == (None, None, None, None, [])
    assert (error.value_type, error.rule_definition) == (None, None)
    assert str(error).endswith("Path: [], Data: None")


def test_all_failures():
    """VAL-44: fast_fail=False finds all failures: joined in the message, the first in the details, each in errors."""
    error = failure({"card": "too long"}, provider_options={"fast_fail": False})

    assert [single.rule for single in error.errors] == ["required", "maxLength"]
    assert (error.rule, error.path) == ("required", ["data"])
    assert error.validation_message == (
        "data must contain ['orderId'] properties; data.card must be shorter than or equal to 4 characters"
    )
    assert error.errors[1].errors == [error.errors[1]]


def test_a_single_failure_of_all():
    """VAL-44: fast_fail=False with one failure is like an ordinary one."""
    error = failure({}, provider_options={"fast_fail": False})

    assert error.errors == [error]
    assert error.validation_message == "data must contain ['orderId'] properties"


def test_constructor():
    """VAL-40: all attributes are optional arguments in their order."""
    names = ("message", "validation_message", "name", "path", "value", "definition", "rule", "rule_definition")

    error = SchemaValidationError(*names)

    assert [getattr(error, name) for name in names] == list(names)
    assert [getattr(SchemaValidationError(), name) for name in names] == [None] * 8


def test_error_can_be_copied_and_pickled():
    """An error crosses processes with its details."""
    error = failure({"orderId": 1, "card": 5})

    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  # our own
        assert (str(twin), twin.path, twin.rule) == (str(error), ["data", "card"], "type")


def test_errors_have_one_root():
    """Both errors are PowertoolsError, and neither is the other."""
    assert issubclass(SchemaValidationError, PowertoolsError)
    assert issubclass(InvalidSchemaFormatError, PowertoolsError)
    assert not issubclass(SchemaValidationError, InvalidSchemaFormatError)
