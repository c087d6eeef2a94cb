from dataclasses import dataclass
from typing import Annotated, Literal, Optional, Union

import pytest
from pydantic import BaseModel, Field, ValidationError

from lambda_powertools.kafka import SchemaConfig
from lambda_powertools.kafka.consumer_records import ConsumerRecordRecords
from lambda_powertools.kafka.exceptions import KafkaConsumerOutputSerializerError
from lambda_powertools.kafka.serialization import pydantic as adapters
from lambda_powertools.kafka.serialization import serialize_to_output_type


@dataclass
class Plain:
    id: int


class Model(BaseModel):
    kind: Literal["model"] = "model"
    id: int


class Other(BaseModel):
    kind: Literal["other"]
    name: str


def value(kafka, text, output, kind="JSON"):
    return ConsumerRecordRecords(kafka.record(text), SchemaConfig(kind, value_output_serializer=output)).value


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (Plain, Plain(7)),
        (Model, Model(id=7)),
        (Union[Model, Other], Model(id=7)),  # noqa: UP007  # both ways to write it
        (Model | Other, Model(id=7)),
        (Optional[Model], Model(id=7)),  # noqa: UP045  # the same
        (Annotated[Model, "a note"], Model(id=7)),
        (lambda data: data["id"] + 1, 8),
        (dict, {"id": 7}),
        (None, {"id": 7}),
    ],
)
def test_output(kafka, output, expected):
    """KAF-25: dataclasses, pydantic models and types with one in them, functions and classes."""
    assert value(kafka, b'{"id": 7}', output) == expected
    assert serialize_to_output_type({"id": 7}, output) == expected


def test_discriminated_union(kafka):
    """KAF-25: a union of models is told apart by its discriminator."""
    output = Annotated[Model | Other, Field(discriminator="kind")]

    assert value(kafka, b'{"kind": "other", "name": "x"}', output) == Other(kind="other", name="x")


def test_key_output(kafka):
    """KAF-8: keys are converted on their own."""
    config = SchemaConfig(key_schema_type="JSON", key_output_serializer=Plain)

    assert ConsumerRecordRecords(kafka.record(key=b'{"id": 7}'), config).key == Plain(7)


@pytest.mark.parametrize(("output", "text", "expected"), [(str.upper, b"hi", "HI"), (Model, b'{"id": 7}', Model(id=7))])
def test_output_of_text(kafka, output, text, expected):
    """KAF-8: without a schema type the output is made of the text, for a model of its JSON."""
    assert value(kafka, text, output, kind=None) == expected


def test_failing_output(kafka):
    """KAF-26: the error names the record and the output, and has the cause; the data is not in its text."""
    with pytest.raises(KafkaConsumerOutputSerializerError) as caught:
        value(kafka, b'{"other": "secret"}', Plain)

    assert isinstance(caught.value.__cause__, TypeError)
    assert str(caught.value) == (
        "a dict cannot be converted to Plain: TypeError (value of topic orders, partition 0, offset 15)"
    )


def test_validation_error_is_pydantics_own(kafka):
    """KAF-26: code that catches pydantic's error goes on working."""
    with pytest.raises(ValidationError):
        value(kafka, b"{}", Model)


@pytest.mark.parametrize("text", [b"[1]", b"5", b"null"])
def test_dataclass_needs_a_dictionary(kafka, text):
    """KAF-27: data that is no dictionary has no fields for a dataclass."""
    with pytest.raises(KafkaConsumerOutputSerializerError, match="has no fields for the dataclass Plain"):
        value(kafka, text, Plain)


def test_adapters_are_built_once(kafka):
    """KAF-32: one adapter for an output type, and a bounded number of them."""
    output = Model | None
    value(kafka, b'{"id": 7}', output)
    before = adapters._adapters[id(output)]
    value(kafka, b'{"id": 8}', output)

    assert adapters._adapters[id(output)] is before
    for _ in range(adapters.MAX_ADAPTERS + 5):
        serialize_to_output_type({"id": 7}, Annotated[Model, object()])
    assert len(adapters._adapters) == adapters.MAX_ADAPTERS
