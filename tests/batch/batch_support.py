"""Events of every source, of any number of records, and a context that knows its deadline."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from lambda_powertools.batch import AsyncBatchProcessor, BatchProcessor, EventType

ALL = list(EventType)
REPORTING = [EventType.SQS, EventType.KinesisDataStreams, EventType.DynamoDBStreams, EventType.Kafka]
"""Sources that take an identifier for each failed record."""


def base64(value: Any) -> str:
    return b64encode(json.dumps(value).encode()).decode()


def record(event_type: EventType, index: int, group: str | None = "a") -> dict[str, Any]:  # noqa: PLR0911  # a table
    """Return the record with this number; its content is `{"number": index}`."""
    content = {"number": index}
    if event_type is EventType.SQS:
        attributes = {} if group is None else {"MessageGroupId": group}
        return {"messageId": f"id-{index}", "body": json.dumps(content), "attributes": attributes}
    if event_type is EventType.KinesisDataStreams:
        return {"kinesis": {"sequenceNumber": f"id-{index}", "partitionKey": group, "data": base64(content)}}
    if event_type is EventType.DynamoDBStreams:
        image = {"number": {"N": str(index)}}
        return {"dynamodb": {"SequenceNumber": f"id-{index}", "Keys": {"id": {"S": group}}, "NewImage": image}}
    if event_type is EventType.Kafka:
        partition = 0 if group is None else ord(group[0]) - ord("a")
        return {"topic": "orders", "partition": partition, "offset": index, "value": base64(content), "headers": []}
    if event_type is EventType.Firehose:
        return {"recordId": f"id-{index}", "data": base64(content)}
    if event_type is EventType.S3Batch:
        return {"taskId": f"id-{index}", "s3Key": str(index), "s3BucketArn": "arn:aws:s3:::photos"}
    if event_type is EventType.ActiveMQ:
        return {"messageID": f"id-{index}", "data": base64(content), "destination": {"physicalName": group}}
    return {"basicProperties": {"messageId": f"id-{index}"}, "data": base64(content)}


def event_of(event_type: EventType, records: list[Any]) -> dict[str, Any]:
    """Return an event that holds these records."""
    if event_type is EventType.Kafka:
        parts: dict[str, list[Any]] = {}
        for one in records:
            parts.setdefault(f"{one['topic']}-{one['partition']}", []).append(one)
        return {"eventSource": "aws:kafka", "records": parts}
    if event_type is EventType.Firehose:
        return {"invocationId": "i", "deliveryStreamArn": "arn:aws:firehose:::s", "records": records}
    if event_type is EventType.S3Batch:
        return {"invocationSchemaVersion": "1.0", "invocationId": "i", "job": {"id": "j"}, "tasks": records}
    if event_type is EventType.ActiveMQ:
        return {"eventSource": "aws:mq", "messages": records}
    if event_type is EventType.RabbitMQ:
        return {"eventSource": "aws:rmq", "rmqMessagesByQueue": {"orders::/": records}}
    return {"Records": records}


def event(event_type: EventType, count: int) -> dict[str, Any]:
    """Return an event with this many records."""
    return event_of(event_type, [record(event_type, index) for index in range(count)])


def number_of(data: Any) -> int:
    """Return the number of a record, whatever class it is."""
    raw = getattr(data, "raw_event", data)
    for read in (
        lambda: raw["offset"],
        lambda: raw["messageId"],
        lambda: raw["kinesis"]["sequenceNumber"],
        lambda: raw["dynamodb"]["SequenceNumber"],
        lambda: raw["recordId"],
        lambda: raw["taskId"],
        lambda: raw["messageID"],
        lambda: raw["basicProperties"]["messageId"],
    ):
        try:
            return int(str(read()).removeprefix("id-"))
        except KeyError:
            continue
    raise AssertionError(raw)


def reported(event_type: EventType, response: Any) -> list[int]:
    """Return the numbers of the records that a response says have failed."""
    if event_type is EventType.Firehose:
        return [int(one["recordId"][3:]) for one in response["records"] if one["result"] == "ProcessingFailed"]
    if event_type is EventType.S3Batch:
        return [int(one["taskId"][3:]) for one in response["results"] if one["resultCode"] == "TemporaryFailure"]
    identifiers = [item["itemIdentifier"] for item in response["batchItemFailures"]]
    return [one["offset"] if isinstance(one, dict) else int(one[3:]) for one in identifiers]


def processor_for(way: str, event_type: EventType, **options: Any) -> Any:
    """Return a processor that handles records one by one, in three threads, or as tasks."""
    if way == "tasks":
        return AsyncBatchProcessor(event_type, **options)
    if way == "threads":
        options["max_concurrency"] = 3
    return BatchProcessor(event_type, **options)


def run(processor: Any, given: Any, handler: Any, context: Any = None) -> Any:
    """Process an event with a plain record handler, which becomes a coroutine function where that is needed."""
    from lambda_powertools.batch import async_process_partial_response, process_partial_response

    if not isinstance(processor, AsyncBatchProcessor):
        return process_partial_response(given, handler, processor, context)

    async def asynchronous(record: Any) -> Any:
        return handler(record)

    return async_process_partial_response(given, asynchronous, processor, context)
