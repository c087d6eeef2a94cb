"""Streams: Kinesis, DynamoDB, Firehose and Kafka."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.events._values import (
    MILLISECONDS,
    REGION,
    SECONDS,
    Payload,
    arn,
    base64_of,
    hex_id,
    image,
    iso,
    listed,
    uid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def kinesis(
    data: Payload = '{"id":7}',
    *,
    records: Sequence[Payload] | None = None,
    stream_name: str = "orders",
    partition_key: str = "7",
) -> dict[str, Any]:
    """Return records of a Kinesis data stream.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

    Args:
        data: data of the record: text, bytes, or what is sent as JSON; base64 in the event.
        records: data of several records, in the place of one.
        stream_name: name of the stream.
        partition_key: partition key of the records.

    Example:
        >>> kinesis("hello")["Records"][0]["kinesis"]["data"]
        'aGVsbG8='
    """
    made = []
    for index, one in enumerate(listed(data, records)):
        number = str(49_590_338_271_490_256_608_559_692_538_361_571_095_921_575_989_136_588_898 + index)
        made.append(
            {
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": partition_key,
                    "sequenceNumber": number,
                    "data": base64_of(one),
                    "approximateArrivalTimestamp": SECONDS + index / 1000,
                },
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": f"shardId-000000000006:{number}",
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
                "awsRegion": REGION,
                "eventSourceARN": arn("kinesis", f"stream/{stream_name}"),
            }
        )
    return {"Records": made}


def dynamodb_stream(
    new_image: Mapping[str, Any] | None = None,
    *,
    old_image: Mapping[str, Any] | None = None,
    keys: Sequence[str] = ("id",),
    event_name: str | None = None,
    table_name: str = "orders",
    view_type: str = "NEW_AND_OLD_IMAGES",
) -> dict[str, Any]:
    """Return a change of an item of a DynamoDB table.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html

    Args:
        new_image: the item afterwards, as Python values; by default `{"id": "7", "status": "placed"}`, unless there is
            an old one.
        old_image: the item before.
        keys: names of the attributes that are its key.
        event_name: INSERT, MODIFY or REMOVE; by default what the images say.
        table_name: name of the table.
        view_type: KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES.

    Example:
        >>> record = dynamodb_stream({"id": "7", "total": 12})["Records"][0]
        >>> record["eventName"], record["dynamodb"]["NewImage"]
        ('INSERT', {'id': {'S': '7'}, 'total': {'N': '12'}})
    """
    if new_image is None and old_image is None:
        new_image = {"id": "7", "status": "placed"}
    name = event_name or ("REMOVE" if new_image is None else "INSERT" if old_image is None else "MODIFY")
    item = new_image if new_image is not None else old_image or {}
    change: dict[str, Any] = {
        "ApproximateCreationDateTime": SECONDS,
        "Keys": image({key: item[key] for key in keys if key in item}),
        "SequenceNumber": "4421584500000000017450439091",
        "SizeBytes": 26,
        "StreamViewType": view_type,
    }
    if new_image is not None and view_type in {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"}:
        change["NewImage"] = image(new_image)
    if old_image is not None and view_type in {"OLD_IMAGE", "NEW_AND_OLD_IMAGES"}:
        change["OldImage"] = image(old_image)
    return {
        "Records": [
            {
                "eventID": hex_id(32, "dynamodb", table_name, name),
                "eventName": name,
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": REGION,
                "dynamodb": change,
                "eventSourceARN": arn("dynamodb", f"table/{table_name}/stream/2026-01-01T00:00:00.000"),
            }
        ]
    }


def firehose(
    data: Payload = '{"id":7}',
    *,
    records: Sequence[Payload] | None = None,
    stream_name: str = "orders",
    source_stream: str | None = None,
) -> dict[str, Any]:
    """Return records that Amazon Data Firehose wants to be transformed.

    Format: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html

    Args:
        data: data of the record: text, bytes, or what is sent as JSON; base64 in the event.
        records: data of several records, in the place of one.
        stream_name: name of the Firehose stream.
        source_stream: name of the Kinesis data stream that it reads, if it does.

    Example:
        >>> firehose("hello")["records"][0]["data"]
        'aGVsbG8='
    """
    event: dict[str, Any] = {
        "invocationId": uid("firehose", stream_name),
        "deliveryStreamArn": arn("firehose", f"deliverystream/{stream_name}"),
        "region": REGION,
        "records": [],
    }
    if source_stream is not None:
        event["sourceKinesisStreamArn"] = arn("kinesis", f"stream/{source_stream}")
    for index, one in enumerate(listed(data, records)):
        number = str(49_546_986_683_135_544_286_507_457_936_321_625_675_700_192_471_156_785_154 + index)
        record: dict[str, Any] = {
            "recordId": f"{number}000000",
            "approximateArrivalTimestamp": MILLISECONDS + index,
            "data": base64_of(one),
        }
        if source_stream is not None:
            record["kinesisRecordMetadata"] = {
                "sequenceNumber": number,
                "subsequenceNumber": "0",
                "partitionKey": "7",
                "shardId": "shardId-000000000000",
                "approximateArrivalTimestamp": MILLISECONDS + index,
            }
        event["records"].append(record)
    return event


def kafka(
    value: Payload = '{"id":7}',
    *,
    values: Sequence[Payload] | None = None,
    key: Payload = "7",
    topic: str = "orders",
    headers: Mapping[str, str] | None = None,
    partition: int = 0,
) -> dict[str, Any]:
    """Return records of a topic of Amazon Managed Streaming for Apache Kafka.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html

    Args:
        value: value of the record: text, bytes, or what is sent as JSON; base64 in the event.
        values: values of several records, in the place of one.
        key: key of the records; None for none.
        topic: name of the topic.
        headers: headers of the records.
        partition: the partition.

    Example:
        >>> kafka("hello")["records"]["orders-0"][0]["value"]
        'aGVsbG8='
    """
    servers = [f"b-{number}.shop.abc123.c2.kafka.{REGION}.amazonaws.com:9092" for number in (1, 2)]
    return {
        "eventSource": "aws:kafka",
        "eventSourceArn": arn("kafka", f"cluster/shop/{uid('kafka')}-2"),
        "bootstrapServers": ",".join(servers),
        "records": _kafka_records(listed(value, values), key, topic, headers or {}, partition),
    }


def kafka_self_managed(
    value: Payload = '{"id":7}',
    *,
    values: Sequence[Payload] | None = None,
    key: Payload = "7",
    topic: str = "orders",
    headers: Mapping[str, str] | None = None,
    partition: int = 0,
) -> dict[str, Any]:
    """Return records of a topic of a Kafka cluster of one's own.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html

    Args:
        value: value of the record: text, bytes, or what is sent as JSON; base64 in the event.
        values: values of several records, in the place of one.
        key: key of the records; None for none.
        topic: name of the topic.
        headers: headers of the records.
        partition: the partition.

    Example:
        >>> kafka_self_managed("hello")["eventSource"]
        'SelfManagedKafka'
    """
    return {
        "eventSource": "SelfManagedKafka",
        "bootstrapServers": "kafka-1.example.com:9092,kafka-2.example.com:9092",
        "records": _kafka_records(listed(value, values), key, topic, headers or {}, partition),
    }


def _kafka_records(
    values: list[Payload], key: Payload, topic: str, headers: Mapping[str, str], partition: int
) -> dict[str, list[dict[str, Any]]]:
    return {
        f"{topic}-{partition}": [
            {
                "topic": topic,
                "partition": partition,
                "offset": 15 + index,
                "timestamp": MILLISECONDS + index,
                "timestampType": "CREATE_TIME",
                **({} if key is None else {"key": base64_of(key)}),
                "value": base64_of(one),
                "headers": [{name: list(text.encode())} for name, text in headers.items()],
            }
            for index, one in enumerate(values)
        ]
    }


def cloudwatch_logs(
    message: Payload = '{"level":"INFO","message":"order placed"}',
    *,
    messages: Sequence[Payload] | None = None,
    log_group: str = "/aws/lambda/orders",
) -> dict[str, Any]:
    """Return log events that a subscription filter of CloudWatch Logs has passed on.

    Format: https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html

    Args:
        message: the message: text, or what is sent as JSON.
        messages: several messages, in the place of one.
        log_group: the log group.

    Example:
        >>> list(cloudwatch_logs("hello"))
        ['awslogs']
    """
    import gzip

    from lambda_powertools.testing.events._values import ACCOUNT_ID, text_of

    document = {
        "messageType": "DATA_MESSAGE",
        "owner": ACCOUNT_ID,
        "logGroup": log_group,
        "logStream": "2026/01/15/[$LATEST]00000000000000000000000000000000",
        "subscriptionFilters": ["everything"],
        "logEvents": [
            {
                "id": f"{hex_id(8, 'log')}{index:048d}",
                "timestamp": MILLISECONDS + index,
                "message": text_of(one),
            }
            for index, one in enumerate(listed(message, messages))
        ],
    }
    # No moment in the header, as gzip would write: the same event has the same bytes.
    return {"awslogs": {"data": base64_of(gzip.compress(text_of(document).encode(), mtime=0))}}


def eventbridge(
    detail: Mapping[str, Any] | None = None,
    *,
    detail_type: str = "Order Placed",
    source: str = "com.example.shop",
    resources: Sequence[str] = (),
) -> dict[str, Any]:
    """Return an event of an EventBridge bus.

    Format: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html

    Args:
        detail: what has happened; by default `{"id": "7"}`.
        detail_type: what kind of event it is.
        source: who tells it.
        resources: ARNs of what it concerns.

    Example:
        >>> eventbridge({"id": "8"})["detail-type"]
        'Order Placed'
    """
    from lambda_powertools.testing.events._values import ACCOUNT_ID

    return {
        "version": "0",
        "id": uid("eventbridge", source, detail_type),
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT_ID,
        "time": iso(milliseconds=False),
        "region": REGION,
        "resources": list(resources),
        "detail": {"id": "7"} if detail is None else dict(detail),
    }


def scheduled(rule_name: str = "nightly") -> dict[str, Any]:
    """Return the event of a schedule of EventBridge.

    Args:
        rule_name: name of the rule.

    Example:
        >>> scheduled()["detail-type"]
        'Scheduled Event'
    """
    rule = arn("events", f"rule/{rule_name}")
    return eventbridge({}, detail_type="Scheduled Event", source="aws.events", resources=[rule])
