from __future__ import annotations

import pytest
from batch_support import ALL, event, event_of, number_of, processor_for, record, run

from lambda_powertools.batch import BasePartialProcessor, BatchProcessor, EventType, process_partial_response
from lambda_powertools.batch.exceptions import BatchProcessingError, InvalidBatchEventError, UnexpectedBatchTypeError
from lambda_powertools.core import PowertoolsError


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
def test_every_record_reaches_the_handler_in_order(event_type):
    """BAT-1/2: the handler is called with each record of the event, in the order of the event."""
    seen = []

    run(BatchProcessor(event_type), event(event_type, 5), lambda record: seen.append(number_of(record)) or "{}")

    assert seen == [0, 1, 2, 3, 4]


def test_partitions_of_kafka_are_joined_in_their_order():
    """BAT-2: the lists of all partitions come one after the other, each in its own order."""
    records = [record(EventType.Kafka, index, group) for index, group in enumerate("baab")]
    seen = []

    run(BatchProcessor(EventType.Kafka), event_of(EventType.Kafka, records), lambda record: seen.append(record.offset))

    assert seen == [0, 3, 1, 2]


@pytest.mark.parametrize(
    ("event_type", "wrong"),
    [
        (EventType.SQS, {}),
        (EventType.SQS, {"Records": []}),
        (EventType.SQS, {"Records": None}),
        (EventType.SQS, {"Records": {"a": 1}}),
        (EventType.SQS, {"Records": "text"}),
        (EventType.KinesisDataStreams, {"records": [{}]}),
        (EventType.DynamoDBStreams, {"Records": ()}),
        (EventType.Kafka, {"Records": [{}]}),
        (EventType.Kafka, {"records": {}}),
        (EventType.Kafka, {"records": []}),
        (EventType.Kafka, {"records": [{}]}),
        (EventType.Kafka, {"records": {"t-0": []}}),
        (EventType.Kafka, {"records": {"t-0": {}}}),
        (EventType.Firehose, {"records": {}}),
        (EventType.S3Batch, {"Records": [{}]}),
        (EventType.RabbitMQ, {"rmqMessagesByQueue": []}),
    ],
)
def test_an_event_without_usable_records_is_refused(event_type, wrong):
    """BAT-3: missing, empty or wrongly typed records are an error that names the supported types."""
    with pytest.raises(UnexpectedBatchTypeError) as caught:
        run(BatchProcessor(event_type), wrong, print)

    for name in ("SQS", "KinesisDataStreams", "DynamoDBStreams", "Kafka"):
        assert name in str(caught.value)
    assert isinstance(caught.value, BatchProcessingError)
    if event_type is EventType.Kafka:
        assert "non-empty dict" in str(caught.value)
        assert "topic-partition" in str(caught.value)


@pytest.mark.parametrize("wrong", [7, 1.5, "text", b"", None, True, [], (), {1}, dict, EventType, print])
@pytest.mark.parametrize("event_type", [EventType.SQS, EventType.Kafka])
def test_an_event_that_is_no_mapping_is_a_value_error(event_type, wrong):
    """BAT-4: the message names the type of the processor, all event types, and where an example is to be found."""
    with pytest.raises(ValueError) as caught:
        run(BatchProcessor(event_type), wrong, print)

    assert isinstance(caught.value, InvalidBatchEventError)
    assert isinstance(caught.value, PowertoolsError)
    assert f"an event of {event_type.name}" in str(caught.value)
    assert "README" in str(caught.value)
    for one in EventType:
        assert one.name in str(caught.value)


def test_an_event_source_data_class_serves_as_event():
    """BAT-5: the raw event of a data class is used."""
    from lambda_powertools.data_classes import KafkaEvent, SQSEvent

    for event_type, kind in ((EventType.SQS, SQSEvent), (EventType.Kafka, KafkaEvent)):
        seen = []
        run(BatchProcessor(event_type), kind(event(event_type, 2)), lambda record, seen=seen: seen.append(record))
        assert [number_of(one) for one in seen] == [0, 1]


class Counting(BasePartialProcessor):
    """Knows no event type."""

    def _prepare(self):
        self.success_messages.clear()

    def _clean(self):
        self.counted = len(self.success_messages)

    def _process_record(self, record):
        return self.success_handler(record, self.handler(record))

    async def _async_process_record(self, record):
        raise NotImplementedError

    def response(self):
        return {"batchItemFailures": [], "counted": self.counted}


@pytest.mark.parametrize(("given", "counted"), [({"Records": [{"a": 1}, {"a": 2}]}, 2), ({"Records": []}, 0), ({}, 0)])
def test_a_processor_without_an_event_type_takes_what_it_gets(given, counted):
    """BAT-6: a processor of one's own gets the records, and an empty list is fine with it."""
    assert process_partial_response(given, lambda one: one["a"], Counting())["counted"] == counted


@pytest.mark.parametrize("way", ["one by one", "threads", "tasks"])
@pytest.mark.parametrize("odd", [None, 5, "text", []])
def test_a_record_that_is_no_object_fails_and_the_others_go_on(way, odd):
    """A record of a strange type never reaches the handler; as it cannot be reported, the whole batch is failed."""
    seen = []
    records = [record(EventType.SQS, 0), odd, record(EventType.SQS, 2)]

    with pytest.raises(BatchProcessingError, match="record at index 1 failed and has no identifier"):
        run(processor_for(way, EventType.SQS), {"Records": records}, lambda record: seen.append(number_of(record)))

    assert sorted(seen) == [0, 2]


def test_records_of_one_identifier_are_handled_and_reported_each():
    """Two messages of one id are two records: each is handled, each that fails is reported."""
    records = [record(EventType.SQS, 1), record(EventType.SQS, 1), record(EventType.SQS, 2)]
    seen = []

    def handle(record):
        seen.append(record.message_id)
        if record.message_id == "id-1":
            raise ValueError

    response = run(BatchProcessor(EventType.SQS), {"Records": records}, handle)

    assert seen == ["id-1", "id-1", "id-2"]
    assert response == {"batchItemFailures": [{"itemIdentifier": "id-1"}, {"itemIdentifier": "id-1"}]}


@pytest.mark.parametrize(
    "options",
    [
        {"event_type": "SQS"},
        {"event_type": None},
        {"model": 7},
        {"model": object},
        {"on_error": "halt"},
        {"max_concurrency": 0},
        {"max_concurrency": True},
        {"max_concurrency": 2.5},
        {"record_timeout": 0},
        {"record_timeout": "1"},
        {"deadline_margin": -1},
        {"deadline_margin": float("nan")},
    ],
)
def test_an_option_that_cannot_work_is_refused_at_once(options):
    """A wrong option is an error of the constructor that names it, and a ValueError."""
    with pytest.raises(ValueError, match=next(iter(options))):
        BatchProcessor(**{"event_type": EventType.SQS, **options})
