import decimal
from decimal import Decimal

import pytest
from boto3.dynamodb.types import TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.data_classes.dynamo_db_stream_event import StreamRecord
from lambda_powertools.data_classes.dynamodb_deserializer import TypeDeserializer

deserialize = TypeDeserializer().deserialize


def numbers():
    """Make any number that DynamoDB can hold: 38 digits, from 1E-130 to 9.9…E+125."""
    digits = st.integers(min_value=-(10**38) + 1, max_value=10**38 - 1)
    return st.builds(lambda number, exponent: Decimal(number).scaleb(exponent), digits, st.integers(-128, 88))


scalars = st.none() | st.booleans() | st.text() | numbers()
sets = st.sets(st.text(min_size=1), min_size=1) | st.sets(numbers(), min_size=1)
values = st.recursive(
    scalars | sets, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@given(values)
def test_values_come_back_as_they_were_written(value):
    """DC-70: what boto3 writes for a value is read as that value, however deep."""
    found = deserialize(TypeSerializer().serialize(value))

    assert found == value
    assert type(found) is type(value)


@given(st.dictionaries(st.text(), values, max_size=3))
def test_images_come_back_as_they_were_written(item):
    """DC-70: the image of a stream record is the item that was stored."""
    serialize = TypeSerializer().serialize

    record = StreamRecord({"NewImage": {name: serialize(value) for name, value in item.items()}})

    assert record.new_image == item


@given(numbers(), st.integers(0, 60), st.integers(0, 60))
def test_zeros_around_a_number_do_not_count(number, leading, trailing):
    """DC-72: a number may be written with any number of zeros before and behind it, and never changes."""
    sign, digits = ("-", format(abs(number), "f")) if number < 0 else ("", format(number, "f"))
    written = sign + "0" * leading + digits + ("0" * trailing if "." in digits else "." + "0" * trailing)

    assert deserialize({"N": written}) == number


@given(st.integers(10**38, 10**60).filter(lambda number: number % 10))
def test_number_with_too_many_digits(number):
    """DC-72: more than 38 significant digits are an error, never another number."""
    with pytest.raises(decimal.Inexact):
        deserialize({"N": str(number)})


@pytest.mark.parametrize("text", ["1E+127", "1E-166"])
def test_number_out_of_range(text):
    """DC-71: a number that DynamoDB cannot hold is a signal of decimal."""
    with pytest.raises(decimal.DecimalException):
        deserialize({"N": text})


@pytest.mark.parametrize("text", ["", "."])
def test_empty_number(text):
    """DC-71: a number without a digit is 0."""
    assert deserialize({"N": text}) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"B": "AAE="}, "AAE="),
        ({"B": b"\x00\x01"}, b"\x00\x01"),
        ({"BS": ["AAE=", "Ag=="]}, {"AAE=", "Ag=="}),
        ({"NS": ["1", "2.50"]}, {Decimal(1), Decimal("2.50")}),
        ({"L": []}, []),
        ({"M": {}}, {}),
    ],
)
def test_binary_and_collections(value, expected):
    """DC-70: binary values pass through as they are, text or bytes, and collections keep their kind."""
    found = deserialize(value)

    assert found == expected
    assert type(found) is type(expected)


def test_unknown_type():
    """DC-70: a type that DynamoDB does not have is a TypeError that names it, also inside others."""
    with pytest.raises(TypeError, match="XX"):
        deserialize({"L": [{"XX": 1}]})
