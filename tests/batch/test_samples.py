"""Events as AWS writes them: the templates of aws-sam-cli."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
from batch_support import EventType, run

from lambda_powertools.batch import BatchProcessor, batch_handler

EVENTS = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events" / "events"
SAMPLES = [
    ("sqs/Sqs.json", EventType.SQS, lambda one: one.message_id),
    ("kinesis/Kinesis.json", EventType.KinesisDataStreams, lambda one: one.kinesis.sequence_number),
    ("dynamodb/DynamoDBUpdate.json", EventType.DynamoDBStreams, lambda one: one.dynamodb.sequence_number),
    ("kinesis/KinesisFirehose.json", EventType.Firehose, lambda one: one.record_id),
    ("kinesis/KinesisFirehoseStreamsAsSource.json", EventType.Firehose, lambda one: one.record_id),
    ("s3/S3BatchInvocation.json", EventType.S3Batch, lambda one: one.task_id),
]


def load(name):
    """Return an event with a word for each of its variables."""
    return json.loads(re.sub(r"\{\{\{(\w+)\}\}\}", r"\1", (EVENTS / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(("name", "event_type", "identifier"), SAMPLES)
@pytest.mark.parametrize("bare", [False, True])
def test_an_event_of_aws_is_processed(name, event_type, identifier, bare):
    """Each record has the identifier that the sample gives it, and the source is told from the sample alone."""
    seen = []

    def handle(record):
        seen.append(identifier(record))
        return "{}"

    response = batch_handler(handle)(load(name), None) if bare else run(BatchProcessor(event_type), load(name), handle)

    assert seen
    assert all(seen)
    assert response.get("batchItemFailures", []) == []


@pytest.mark.parametrize(("name", "event_type", "identifier"), SAMPLES[:3])
def test_a_failed_record_of_aws_is_reported_by_its_identifier(name, event_type, identifier):
    """The response names what the sample calls the record."""
    seen = []

    def handle(record):
        seen.append(identifier(record))
        raise ValueError

    response = run(BatchProcessor(event_type, raise_on_entire_batch_failure=False), load(name), handle)

    assert response == {"batchItemFailures": [{"itemIdentifier": one} for one in seen]}
