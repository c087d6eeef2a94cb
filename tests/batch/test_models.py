# ruff: noqa: N815  # the names of AWS
from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from batch_support import ALL, event, event_of, number_of, processor_for, record, reported, run
from pydantic import BaseModel, TypeAdapter, ValidationError, field_validator

from lambda_powertools.batch import (
    BatchProcessor,
    EventType,
    Payload,
    SqsFifoPartialProcessor,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import RecordContentError
from lambda_powertools.data_classes import (
    DynamoDBRecord,
    KafkaEventRecord,
    KinesisStreamRecord,
    S3BatchOperationTask,
    SQSRecord,
)
from lambda_powertools.data_classes.active_mq_event import ActiveMQMessage
from lambda_powertools.data_classes.kinesis_firehose_event import KinesisFirehoseRecord
from lambda_powertools.data_classes.rabbit_mq_event import RabbitMessage

WAYS = ["one by one", "threads", "tasks"]
CLASSES = {
    EventType.SQS: SQSRecord,
    EventType.KinesisDataStreams: KinesisStreamRecord,
    EventType.DynamoDBStreams: DynamoDBRecord,
    EventType.Kafka: KafkaEventRecord,
    EventType.Firehose: KinesisFirehoseRecord,
    EventType.S3Batch: S3BatchOperationTask,
    EventType.ActiveMQ: ActiveMQMessage,
    EventType.RabbitMQ: RabbitMessage,
}


class Order(BaseModel):
    number: int

    @field_validator("number")
    @classmethod
    def reject(cls, value):
        if value == 3:
            raise TypeError("a validator that raises something else than ValueError")
        if value == 4:
            raise ValueError("four")
        return value


class Message(BaseModel):
    """A record of SQS."""

    messageId: str
    body: Order

    @field_validator("body", mode="before")
    @classmethod
    def parse(cls, value):
        return json.loads(value)


class KinesisData(BaseModel):
    sequenceNumber: str


class KinesisRecord(BaseModel):
    kinesis: KinesisData


class DynamoDBData(BaseModel):
    SequenceNumber: str


class Change(BaseModel):
    dynamodb: DynamoDBData


class KafkaRecord(BaseModel):
    topic: str
    partition: int
    offset: int


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
@pytest.mark.parametrize("way", WAYS)
def test_a_record_is_the_data_class_of_its_event_type(way, event_type):
    """BAT-15: without a model the handler gets the data class."""
    seen = []

    run(processor_for(way, event_type), event(event_type, 2), lambda record: seen.append(type(record)) or "{}")

    assert seen == [CLASSES[event_type]] * 2


@pytest.mark.parametrize(
    ("event_type", "model"),
    [
        (EventType.SQS, Message),
        (EventType.KinesisDataStreams, KinesisRecord),
        (EventType.DynamoDBStreams, Change),
        (EventType.Kafka, KafkaRecord),
        (EventType.SQS, TypeAdapter(Message)),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_model_is_what_the_handler_gets_and_what_failed(way, event_type, model):
    """BAT-16/18/22: the handler and fail_messages hold models, success_messages raw records; ids come out right."""
    kind = Message if isinstance(model, TypeAdapter) else model
    processor = processor_for(way, event_type, model=model)
    calls = []

    def handle(record):
        assert isinstance(record, kind)
        calls.append(record)
        if len(calls) == 2:
            raise LookupError

    given = event(event_type, 3)
    response = run(processor, given, handle)

    assert [type(one) for one in processor.fail_messages] == [kind]
    assert len(reported(event_type, response)) == 1
    assert all(isinstance(one, dict) for one in processor.success_messages)


@pytest.mark.parametrize("way", [*WAYS, "fifo", "fifo groups"])
@pytest.mark.parametrize("number", [3, 4])
def test_a_record_that_is_no_model_fails_without_its_handler(way, number):
    """BAT-17: its handler is not called and its data class is kept, whatever kind of exception a validator raised."""
    processor = (
        SqsFifoPartialProcessor(model=Message, skip_group_on_error="groups" in way)
        if "fifo" in way
        else processor_for(way, EventType.SQS, model=Message)
    )
    records = [record(EventType.SQS, index, group=str(index)) for index in (1, 2, number)]
    seen = []

    response = run(processor, {"Records": records}, lambda record: seen.append(record.body.number))

    assert sorted(seen) == [1, 2]
    assert reported(EventType.SQS, response) == [number]
    assert [type(one) for one in processor.fail_messages] == [SQSRecord]
    assert isinstance(processor.exceptions[0][1], TypeError if number == 3 else ValidationError)


@pytest.mark.parametrize("way", WAYS)
def test_a_handler_that_validates_the_same_model_is_a_failed_handler(way):
    """BAT-18: the phases are told apart by where the exception came from, so what failed here is the model."""
    processor = processor_for(way, EventType.SQS, model=Message)

    def handle(record):
        if record.messageId == "id-1":
            Message.model_validate({})

    response = run(processor, event(EventType.SQS, 3), handle)

    assert reported(EventType.SQS, response) == [1]
    assert [type(one) for one in processor.fail_messages] == [Message]


def test_skipped_messages_that_are_no_models_are_reported_all_the_same():
    """BAT-33: a message behind a failed one may be a poison pill as well; it comes back as data class."""
    processor = SqsFifoPartialProcessor(model=Message)

    response = process_partial_response(
        {"Records": [record(EventType.SQS, index) for index in (0, 3, 4, 5)]}, lambda record: None, processor
    )

    assert reported(EventType.SQS, response) == [3, 4, 5]
    assert [type(one) for one in processor.fail_messages] == [SQSRecord, SQSRecord, Message]


def takes_dict(record: dict):
    assert type(record) is dict


def takes_typed_dict(record: dict[str, Any]):
    assert type(record) is dict


def takes_model(record: Message):
    assert isinstance(record, Message)


def takes_annotated_model(record: Annotated[Message, "a note"]):
    assert isinstance(record, Message)


class Shouting(SQSRecord):
    @property
    def loud(self):
        return self.body.upper()


def takes_own_data_class(record: Shouting):
    assert record.loud


def takes_data_class(record: SQSRecord):
    assert type(record) is SQSRecord


def takes_unknown(record: NotDefinedAnywhere):  # noqa: F821  # that is the point
    assert type(record) is SQSRecord


def takes_payload(record: Annotated[Order, Payload]):
    assert isinstance(record, Order)


def takes_parsed(record: Annotated[dict, Payload]):
    assert set(record) == {"number"}


async def takes_payload_async(record: Annotated[Order, Payload()]):
    assert isinstance(record, Order)


@pytest.mark.parametrize(
    "handler",
    [
        takes_dict,
        takes_typed_dict,
        takes_model,
        takes_annotated_model,
        takes_own_data_class,
        takes_data_class,
        takes_unknown,
        takes_payload,
        takes_parsed,
        takes_payload_async,
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_the_annotation_says_what_the_handler_gets(way, handler):
    """A raw record, a model, a data class of one's own, or the content of the record, as the parameter is annotated."""
    process = async_process_partial_response if way == "tasks" else process_partial_response

    response = process(event(EventType.SQS, 2), handler, processor_for(way, EventType.SQS))

    assert response == {"batchItemFailures": []}


def test_a_class_of_the_function_around_it_may_annotate_a_handler():
    """An annotation that is a text is looked up where the handler was defined, its closure included."""

    class Inner(Message):
        pass

    seen = []

    def handle(record: Inner):
        seen.append(Inner)
        assert isinstance(record, Inner)

    assert run(BatchProcessor(EventType.SQS), event(EventType.SQS, 1), handle) == {"batchItemFailures": []}
    assert seen == [Inner]


def test_an_explicit_model_wins_over_the_annotation():
    """`model=` is what every record becomes, whatever the handler is annotated with."""
    seen = []

    def handle(record: dict):
        seen.append(type(record))

    run(BatchProcessor(EventType.SQS, model=Message), event(EventType.SQS, 1), handle)

    assert seen == [Message]


@pytest.mark.parametrize(
    "event_type", [one for one in ALL if one is not EventType.S3Batch], ids=lambda event_type: event_type.name
)
def test_the_content_of_a_record_is_parsed_and_validated(event_type):
    """Payload gives the body, the decoded data or value, or the new image: of every source that has content."""
    seen = []

    def handle(record: Annotated[Order, Payload]):
        seen.append(record.number)
        return "{}"

    processor = BatchProcessor(event_type)
    if event_type in {EventType.ActiveMQ, EventType.RabbitMQ}:
        process_partial_response(event(event_type, 3), handle, processor)
        assert seen == [0, 1, 2]
        return
    response = process_partial_response(event(event_type, 6), handle, processor)

    assert seen == [0, 1, 2, 5]
    assert reported(event_type, response) == [3, 4]


def test_a_type_adapter_validates_content_that_is_no_model():
    """Payload takes a TypeAdapter for lists, unions and the like."""
    seen = []

    def handle(record: Annotated[list, Payload(TypeAdapter(list[Order]))]):
        seen.extend(record)

    records = [{"messageId": "id-0", "body": '[{"number": 1}, {"number": 2}]'}, {"messageId": "id-1", "body": "{}"}]
    response = process_partial_response({"Records": records}, handle, BatchProcessor(EventType.SQS))

    assert seen == [Order(number=1), Order(number=2)]
    assert reported(EventType.SQS, response) == [1]


@pytest.mark.parametrize(
    ("event_type", "broken"),
    [
        (EventType.SQS, {"messageId": "id-9", "body": "no JSON"}),
        (EventType.SQS, {"messageId": "id-9", "body": None}),
        (EventType.SQS, {"messageId": "id-9"}),
        (EventType.KinesisDataStreams, {"kinesis": {"sequenceNumber": "id-9", "data": "%%%"}}),
        (EventType.KinesisDataStreams, {"kinesis": {"sequenceNumber": "id-9", "data": "/w=="}}),
        (EventType.Kafka, {"topic": "orders", "partition": 0, "offset": 9, "value": None}),
        (EventType.DynamoDBStreams, {"dynamodb": {"SequenceNumber": "id-9"}}),
        (EventType.Firehose, {"recordId": "id-9", "data": "%"}),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_content_that_cannot_be_decoded_fails_its_record_alone(way, event_type, broken):
    """An undecodable body is a failed record like any other; the handler is not called for it."""
    seen = []

    def handle(record: Annotated[dict, Payload]):
        seen.append(record)
        return "{}"

    async def handle_async(record: Annotated[dict, Payload]):
        return handle(record)

    process = async_process_partial_response if way == "tasks" else process_partial_response
    given = event_of(event_type, [record(event_type, 1), broken, record(event_type, 2)])
    response = process(given, handle_async if way == "tasks" else handle, processor_for(way, event_type))

    assert len(seen) == 2
    assert reported(event_type, response) == [9]


def test_a_task_of_s3_has_no_content():
    """Payload of an S3 batch task fails the task with an error that says so."""

    def handle(record: Annotated[dict, Payload]):
        raise AssertionError

    processor = BatchProcessor(EventType.S3Batch)
    process_partial_response(event(EventType.S3Batch, 1), handle, processor)

    assert isinstance(processor.exceptions[0][1], RecordContentError)
    assert number_of(processor.fail_messages[0]) == 0
