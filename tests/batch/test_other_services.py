from __future__ import annotations

import base64
import json

import pytest
from batch_support import EventType, event, number_of, processor_for, record, run

from lambda_powertools.batch import BatchProcessingError, BatchProcessor, process_partial_response
from lambda_powertools.batch.exceptions import RecordResultError

WAYS = ["one by one", "threads", "tasks"]


def decoded(text):
    return base64.b64decode(text).decode()


@pytest.mark.parametrize("way", WAYS)
def test_firehose_gets_each_record_back_in_its_order(way):
    """A record is Ok with its new content, ProcessingFailed with the old one, or as the handler built it."""

    def handle(record):
        number = number_of(record)
        if number == 0:
            return record.data_as_text.upper()
        if number == 1:
            return {"number": 7}
        if number == 2:
            return b"bytes"
        if number == 3:
            return record.build_data_transformation_response(result="Dropped")
        if number == 4:
            raise ValueError
        return None

    processor = processor_for(way, EventType.Firehose)
    given = event(EventType.Firehose, 6)
    response = run(processor, given, handle)

    assert [one["recordId"] for one in response["records"]] == [f"id-{index}" for index in range(6)]
    results = [one["result"] for one in response["records"]]
    assert results == ["Ok", "Ok", "Ok", "Dropped", "ProcessingFailed", "ProcessingFailed"]
    assert decoded(response["records"][0]["data"]) == '{"NUMBER": 0}'
    assert json.loads(decoded(response["records"][1]["data"])) == {"number": 7}
    assert decoded(response["records"][2]["data"]) == "bytes"
    for index in (4, 5):
        assert response["records"][index]["data"] == given["records"][index]["data"]
    assert [exception[0] for exception in processor.exceptions] == [ValueError, RecordResultError]


def test_a_record_that_makes_the_response_of_firehose_too_large_is_failed_alone():
    """Lambda takes 6 MB: what does not fit goes back as it came, the others as they were made."""
    big = "x" * 3_000_000

    processor, given = BatchProcessor(EventType.Firehose), event(EventType.Firehose, 3)

    response = run(processor, given, lambda record: "1" if number_of(record) else big)
    several = run(processor, given, lambda record: big)

    assert [one["result"] for one in response["records"]] == ["Ok", "Ok", "Ok"]
    assert [one["result"] for one in several["records"]] == ["Ok", "ProcessingFailed", "ProcessingFailed"]
    assert len(json.dumps(several)) < 6_000_000


@pytest.mark.parametrize("way", WAYS)
def test_s3_batch_operations_get_a_result_for_each_task(way):
    """A failed task is to be tried again, with the type of its exception; a result may be built by the handler."""

    def handle(record):
        number = number_of(record)
        if number == 0:
            return f"copied {record.s3_key}"
        if number == 1:
            raise ValueError("secret")
        if number == 2:
            return record.build_task_batch_response("PermanentFailure", "gone")
        return None

    response = run(processor_for(way, EventType.S3Batch), event(EventType.S3Batch, 4), handle)

    assert response["invocationSchemaVersion"] == "1.0"
    assert response["invocationId"] == "i"
    assert response["results"] == [
        {"taskId": "id-0", "resultCode": "Succeeded", "resultString": "copied 0"},
        {"taskId": "id-1", "resultCode": "TemporaryFailure", "resultString": "ValueError"},
        {"taskId": "id-2", "resultCode": "PermanentFailure", "resultString": "gone"},
        {"taskId": "id-3", "resultCode": "Succeeded", "resultString": ""},
    ]


def test_a_single_task_that_fails_is_answered():
    """S3 sends one task at a time: its failure is a result, not an error of the invocation."""

    def handle(record):
        raise ValueError

    response = run(BatchProcessor(EventType.S3Batch), event(EventType.S3Batch, 1), handle)

    assert [one["resultCode"] for one in response["results"]] == ["TemporaryFailure"]


@pytest.mark.parametrize("event_type", [EventType.ActiveMQ, EventType.RabbitMQ])
@pytest.mark.parametrize("raises", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_amazon_mq_fails_the_invocation_if_one_message_failed(way, event_type, raises):
    """The broker takes no report: a response would acknowledge the failed message, an error brings all of them back."""

    def handle(record):
        if number_of(record) == 1:
            raise ValueError

    processor = processor_for(way, event_type, raise_on_entire_batch_failure=raises)

    with pytest.raises(BatchProcessingError, match="1 of 3 records failed"):
        run(processor, event(event_type, 3), handle)
    assert run(processor, event(event_type, 1), handle) == {"batchItemFailures": []}


@pytest.mark.parametrize("event_type", [EventType.Firehose, EventType.S3Batch])
def test_a_record_without_identifier_cannot_be_answered(event_type):
    """Every record needs a result, so the batch fails with the place of the one that has no identifier."""
    given = event(event_type, 2)
    records = given.get("records") or given["tasks"]
    records[1] = {key: value for key, value in records[1].items() if not key.endswith("Id")}

    with pytest.raises(BatchProcessingError, match="index 1"):
        run(BatchProcessor(event_type), given, lambda record: "{}")


def test_the_processor_of_s3_tasks_works_in_a_with_block():
    """Without the event the response has the results; the two values of the event are the caller's to add."""
    processor = BatchProcessor(EventType.S3Batch)
    with processor([record(EventType.S3Batch, 0)], lambda record: "done"):
        processor.process()

    assert processor.response()["results"][0]["resultString"] == "done"
    assert process_partial_response(event(EventType.S3Batch, 1), lambda record: None, processor)["invocationId"] == "i"
