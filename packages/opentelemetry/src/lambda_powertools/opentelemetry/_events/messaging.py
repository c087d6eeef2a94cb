"""Messages, streams and other events that no client waits for.

Reference: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/. `aws_kinesis` and `aws_eventbridge`
are no names of the conventions, which have none for these systems.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lambda_powertools.opentelemetry._events.description import Description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lambda_powertools.opentelemetry._events.description import Carrier

CARRIED = ("traceparent", "tracestate", "baggage")
"""Names under which a message carries its context."""

MAX_LINKS = 128
"""The SDK's own bound of links: a batch may be of ten thousand messages."""

_OPERATIONS = {"INSERT": "insert", "MODIFY": "edit", "REMOVE": "delete"}


def describe_messages(event: dict[str, Any]) -> Description | None:
    """Return the description of an event of these sources, None for any other."""
    records = event.get("Records")
    if isinstance(records, list) and records and isinstance(records[0], dict):
        source = records[0].get("eventSource") or records[0].get("EventSource")
        describe_records = _SOURCES.get(str(source))
        return None if describe_records is None else describe_records([one for one in records if isinstance(one, dict)])
    if event.get("eventSource") in {"aws:kafka", "SelfManagedKafka"} and isinstance(event.get("records"), dict):
        return _kafka(event["records"])
    if isinstance(event.get("detail-type"), str) and isinstance(event.get("source"), str):
        return _eventbridge(event)
    return None


def _batch(
    system: str, destination: str, links: Iterable[Carrier], count: int, message_id: Any = None, **more: Any
) -> Description:
    attributes: dict[str, Any] = {
        "faas.trigger": "pubsub",
        "messaging.system": system,
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        **more,
    }
    if destination:
        attributes["messaging.destination.name"] = destination
    if count == 1:
        if message_id:
            attributes["messaging.message.id"] = str(message_id)
    else:
        attributes["messaging.batch.message_count"] = count
    found: list[Carrier] = []
    for link in links:
        if link:
            found.append(link)
        if len(found) == MAX_LINKS:
            break
    return Description(attributes, name=f"process {destination}".strip(), kind="CONSUMER", links=found)


def _sqs(records: list[dict[str, Any]]) -> Description:
    queue = _last(records[0].get("eventSourceARN"), ":")
    return _batch("aws_sqs", queue, map(_sqs_carrier, records), len(records), records[0].get("messageId"))


def _sqs_carrier(record: dict[str, Any]) -> Carrier:
    carrier = _carried(record.get("messageAttributes"), "stringValue")
    attributes = record.get("attributes")
    header = attributes.get("AWSTraceHeader") if isinstance(attributes, dict) else None
    if isinstance(header, str):
        carrier["x-amzn-trace-id"] = header
    return carrier


def _sns(records: list[dict[str, Any]]) -> Description:
    messages = [record["Sns"] for record in records if isinstance(record.get("Sns"), dict)]
    topic = _last(messages[0].get("TopicArn"), ":")
    carriers = (_carried(message.get("MessageAttributes"), "Value") for message in messages)
    return _batch("aws.sns", topic, carriers, len(messages), messages[0].get("MessageId"))


def _kinesis(records: list[dict[str, Any]]) -> Description:
    stream = _last(records[0].get("eventSourceARN"), "/")
    return _batch("aws_kinesis", stream, map(_kinesis_carrier, records), len(records), records[0].get("eventID"))


def _kinesis_carrier(record: dict[str, Any]) -> Carrier:
    """Return the context in a JSON payload: a record of Kinesis has no headers."""
    data = (record.get("kinesis") or {}).get("data")
    with suppress(ValueError, TypeError):
        payload = base64.b64decode(data or "")
        if b'"traceparent"' in payload:
            return _texts(json.loads(payload))
    return {}


def _kafka(partitions: dict[str, Any]) -> Description:
    lists = [records for records in partitions.values() if isinstance(records, list)]
    records = [record for one in lists for record in one if isinstance(record, dict)]
    topics = {str(record.get("topic")) for record in records}
    more: dict[str, Any] = {}
    if len(records) == 1:
        more["messaging.kafka.offset"] = records[0].get("offset")
        more["messaging.destination.partition.id"] = str(records[0].get("partition"))
    return _batch("kafka", ",".join(sorted(topics)), map(_kafka_carrier, records), len(records), **more)


def _kafka_carrier(record: dict[str, Any]) -> Carrier:
    carrier: dict[str, str] = {}
    for header in record.get("headers") or ():
        for name, value in header.items() if isinstance(header, dict) else ():
            if str(name).lower() in CARRIED:
                with suppress(ValueError, TypeError):
                    carrier[str(name).lower()] = bytes(byte % 256 for byte in value).decode("utf-8")
    return carrier


def _eventbridge(event: dict[str, Any]) -> Description:
    if event["source"] == "aws.events" and event["detail-type"] == "Scheduled Event":
        return Description({"faas.trigger": "timer", "faas.time": str(event.get("time", ""))})
    detail = event.get("detail")
    carrier = _texts(detail) if isinstance(detail, dict) else {}
    more = {"aws.eventbridge.source": event["source"], "aws.eventbridge.detail_type": event["detail-type"]}
    return _batch("aws_eventbridge", event["detail-type"], [carrier], 1, event.get("id"), **more)


def _dynamodb(records: list[dict[str, Any]]) -> Description:
    arn = str(records[0].get("eventSourceARN", ""))
    table = arn.partition(":table/")[2].partition("/")[0]
    return _documents(table, {_OPERATIONS.get(str(record.get("eventName"))) for record in records}, len(records))


def _s3(records: list[dict[str, Any]]) -> Description:
    names = {str(record.get("eventName")).partition(":")[0] for record in records}
    bucket = records[0].get("s3", {}).get("bucket", {}).get("name", "")
    known = {"ObjectCreated": "insert", "ObjectRemoved": "delete"}
    return _documents(str(bucket), {known.get(name) for name in names}, len(records))


def _documents(collection: str, operations: set[str | None], count: int) -> Description:
    attributes: dict[str, Any] = {"faas.trigger": "datasource", "messaging.batch.message_count": count}
    if collection:
        attributes["faas.document.collection"] = collection
    if len(operations) == 1 and None not in operations:
        attributes["faas.document.operation"] = operations.pop()
    return Description(attributes, kind="CONSUMER")


def _carried(attributes: Any, value: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, attribute in attributes.items() if isinstance(attributes, dict) else ():
        if str(name).lower() in CARRIED and isinstance(attribute, dict) and isinstance(attribute.get(value), str):
            found[str(name).lower()] = attribute[value]
    return found


def _texts(values: Any) -> Carrier:
    if not isinstance(values, dict):
        return {}
    return {name: values[name] for name in CARRIED if isinstance(values.get(name), str)}


def _last(arn: Any, separator: str) -> str:
    return str(arn).rpartition(separator)[2] if isinstance(arn, str) else ""


_SOURCES: dict[str, Callable[[list[dict[str, Any]]], Description]] = {
    "aws:dynamodb": _dynamodb,
    "aws:kinesis": _kinesis,
    "aws:s3": _s3,
    "aws:sns": _sns,
    "aws:sqs": _sqs,
}
