"""Values of attributes: whatever is noted can be sent."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core.secrets import clear_secrets, register_secret
from lambda_powertools.opentelemetry._values import MAX_LENGTH, to_attribute


@pytest.fixture
def secret():
    """A value that is registered as secret."""
    register_secret("correct horse battery")
    yield "correct horse battery"
    clear_secrets()


class Unwilling:
    def __str__(self):
        raise RuntimeError

    def __repr__(self):
        return "<unwilling>"


CYCLE: list = []
CYCLE.append(CYCLE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        (7, 7),
        (1 << 70, str(1 << 70)),
        (0.5, 0.5),
        ({"a": {1}}, '{"a":[1]}'),
        (None, "null"),
        (b"raw", "\"b'raw'\""),
        (ValueError("no"), "ValueError: no"),
        (Unwilling(), '"<unwilling>"'),
        ("half \ud800", "half ?"),
    ],
)
def test_a_value_becomes_what_an_attribute_holds(value, expected):
    """As it is, or as JSON."""
    assert to_attribute(value) == expected
    assert type(to_attribute(value)) is type(expected)


def test_what_refers_to_itself_is_written_as_text():
    """Instead of an error."""
    assert to_attribute(CYCLE) == "[[...]]"


def test_secrets_are_masked_wherever_they_stand(secret, receiver, provider):
    """In annotations, metadata, messages and stacks of exceptions."""

    def note():
        with provider.in_subsegment("work") as segment:
            segment.put_annotation("note", f"it is {secret}")
            segment.put_metadata("deep", {"password": [secret]})
            raise ValueError(f"cannot log in with {secret}")

    with pytest.raises(ValueError):
        note()
    provider.flush()

    (span,) = receiver.spans
    assert secret not in json.dumps([span.attributes, span.events, span.status])
    assert "*****" in span.attributes["note"]


def test_a_long_text_is_cut():
    """A response of megabytes would have the whole request refused."""
    assert len(to_attribute("x" * 1_000_000)) == MAX_LENGTH


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=9)
    | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(ANYTHING)
def test_anything_can_be_encoded(value):
    """By the official definitions: one value that cannot would have a whole batch lost."""
    from opentelemetry.proto.common.v1.common_pb2 import AnyValue

    made = to_attribute(value)
    field = {bool: "bool_value", int: "int_value", float: "double_value", str: "string_value"}[type(made)]
    AnyValue(**{field: made}).SerializeToString()
