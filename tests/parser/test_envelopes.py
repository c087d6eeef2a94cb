import base64
import gzip
import json
import zlib
from typing import Any

import pytest
from pydantic import TypeAdapter

from lambda_powertools.parser import (
    BaseModel,
    UndecodableRecordError,
    ValidationError,
    envelopes,
    field_validator,
    models,
    parse,
)


class Order(BaseModel):
    id: int


def encoded(content):
    data = content if isinstance(content, bytes) else content.encode()
    return base64.b64encode(data).decode()


def sqs(*bodies):
    return {
        "Records": [
            {
                "messageId": "1",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1545082649183",
                    "SenderId": "sender",
                    "ApproximateFirstReceiveTimestamp": "1545082649185",
                },
                "messageAttributes": {},
                "md5OfBody": "e4",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn",
                "awsRegion": "eu-west-1",
            }
            for body in bodies
        ]
    }


def notification(message, unsubscribe="UnsubscribeUrl"):
    return {
        "TopicArn": "arn",
        unsubscribe: "https://example.com/stop",
        "Type": "Notification",
        "Message": message,
        "MessageId": "1",
        "Timestamp": "2030-01-01T00:00:00Z",
    }


def sns(*messages):
    record = {"EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": "arn"}
    return {"Records": [{**record, "Sns": notification(message)} for message in messages]}


def sns_sqs(*messages):
    return sqs(*(json.dumps(notification(message, "UnsubscribeURL")) for message in messages))


def kinesis(*contents):
    payload = {"kinesisSchemaVersion": "1.0", "partitionKey": "1", "sequenceNumber": "4"}
    payload["approximateArrivalTimestamp"] = 1545084650.987
    record = {
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": "1",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": "arn",
        "awsRegion": "eu-west-1",
        "eventSourceARN": "arn",
    }
    return {"Records": [{**record, "kinesis": {**payload, "data": encoded(content)}} for content in contents]}


def firehose(*contents):
    record = {"recordId": "1", "approximateArrivalTimestamp": 1510254469499}
    records = [{**record, "data": encoded(content)} for content in contents]
    return {"invocationId": "1", "deliveryStreamArn": "arn", "region": "eu-west-1", "records": records}


def cloudwatch(*messages):
    lines = [{"id": "1", "timestamp": 1440442987000, "message": message} for message in messages]
    about = {"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "g", "logStream": "s", "subscriptionFilters": []}
    return {"awslogs": {"data": encoded(gzip.compress(json.dumps({**about, "logEvents": lines}).encode()))}}


def kafka(*values, source="aws:kafka"):
    record = {
        "topic": "orders",
        "partition": 0,
        "offset": 1,
        "timestamp": 1545084650987,
        "timestampType": "CREATE_TIME",
        "key": encoded("k"),
        "headers": [],
    }
    records = [{**record, "value": None if value is None else encoded(value)} for value in values]
    return {
        "eventSource": source,
        **({"eventSourceArn": "arn"} if source == "aws:kafka" else {}),
        "bootstrapServers": "b-1:9092,b-2:9092",
        "records": {"orders-0": records[:1], "orders-1": records[1:]},
    }


def self_managed_kafka(*values):
    return kafka(*values, source="SelfManagedKafka")


LISTS = [
    (envelopes.SqsEnvelope, sqs, ("Records", 1, "body")),
    (envelopes.SnsEnvelope, sns, ("Records", 1, "Sns", "Message")),
    (envelopes.SnsSqsEnvelope, sns_sqs, ("Records", 1, "body", "Message")),
    (envelopes.KinesisDataStreamEnvelope, kinesis, ("Records", 1, "kinesis", "data")),
    (envelopes.KinesisFirehoseEnvelope, firehose, ("records", 1, "data")),
    (envelopes.CloudWatchLogsEnvelope, cloudwatch, ("awslogs", "data", "logEvents", 1, "message")),
    (envelopes.KafkaEnvelope, kafka, ("records", "orders-1", 0, "value")),
    (envelopes.KafkaEnvelope, self_managed_kafka, ("records", "orders-1", 0, "value")),
]


@pytest.mark.parametrize(("envelope", "event", "_place"), LISTS)
def test_a_list_envelope_gives_one_object_per_record_in_order(envelope, event, _place):
    """PAR-32, PAR-40: each record gives one object, in the order of the event; JSON text of the event works too."""
    records = event('{"id": 1}', '{"id": "2"}', '{"id": 3}')

    assert parse(records, model=Order, envelope=envelope) == [Order(id=1), Order(id=2), Order(id=3)]
    assert parse(json.dumps(records), model=Order, envelope=envelope()) == [Order(id=1), Order(id=2), Order(id=3)]


@pytest.mark.parametrize(("envelope", "event", "_place"), LISTS)
def test_a_list_envelope_gives_plain_texts(envelope, event, _place):
    """PAR-4: with `str` as the model, texts that are no JSON are given as they are, beside quoted ones."""
    texts = parse(event("plain text", '"quoted"', "ünï"), model=str, envelope=envelope)

    assert texts == ["plain text", "quoted", "ünï"]


@pytest.mark.parametrize(("envelope", "event", "place"), LISTS)
def test_one_error_names_every_record_that_does_not_fit(envelope, event, place):
    """All records are looked at; one error has the place of each wrong one and its type, and no content."""
    with pytest.raises(ValidationError) as caught:
        parse(event('{"id": 1}', '{"id": "hidden"}', "secret"), model=Order, envelope=envelope)

    first, second = caught.value.errors()
    assert first["loc"] == (*place, "id")
    assert second["loc"] == tuple(part + 1 if i == _index(place) else part for i, part in enumerate(place))
    assert (first["type"], second["type"]) == ("int_parsing", "json_invalid")
    text = str(caught.value)
    assert f"[{place[_index(place)]}]" in text
    assert "id is of type str" in text
    assert "hidden" not in text
    assert "secret" not in text


def _index(place):
    return next(i for i, part in enumerate(place) if isinstance(part, int))


@pytest.mark.parametrize("envelope", [getattr(envelopes, name) for name in envelopes.__all__ if name.isupper()])
@pytest.mark.parametrize("event", [{}, None, [], "text", 7, {"Records": 7}, {"Records": [None]}, {"records": {"a": 7}}])
def test_an_event_that_is_no_envelope_is_a_validation_error(envelope, event):
    """PAR-30: an event of another kind, or none at all, is a ValidationError of the envelope's model."""
    with pytest.raises(ValidationError) as caught:
        parse(event, model=Order, envelope=envelope)

    assert "input_value" not in str(caught.value)


@pytest.mark.parametrize(("envelope", "event"), [(envelope, event) for envelope, event, _ in LISTS])
def test_an_empty_batch_gives_an_empty_list(envelope, event):
    """No record gives no object."""
    assert parse(event(), model=Order, envelope=envelope) == []


def test_an_empty_kafka_value_is_none():
    """PAR-31, PAR-55: a record without a value, a tombstone, gives None in its place."""
    assert parse(kafka('{"id": 1}', None), model=Order, envelope=envelopes.KafkaEnvelope) == [Order(id=1), None]


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
def test_compressed_kinesis_data_is_decompressed(compress):
    """PAR-41: data that is no UTF-8 is decompressed, gzip or zlib."""
    event = kinesis('{"id": 1}', compress(b'{"id": 2}'))

    assert parse(event, model=Order, envelope=envelopes.KinesisDataStreamEnvelope) == [Order(id=1), Order(id=2)]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\xfd", gzip.compress(b"\xff\xfe"), gzip.compress(b"{}")[:-9]], ids=["bytes", "binary", "cut"]
)
@pytest.mark.parametrize(
    ("envelope", "event"), [(envelopes.KINESIS_DATA_STREAM, kinesis), (envelopes.KINESIS_FIREHOSE, firehose)]
)
def test_undecodable_data_is_a_value_error_that_names_the_record(envelope, event, data):
    """PAR-41: data that is neither text nor compressed text is a ValueError with the record's number."""
    with pytest.raises(UndecodableRecordError, match=r"ecords\[1\].*(decode|decompress|UTF-8)") as caught:
        parse(event('{"id": 1}', data), model=Order, envelope=envelope)

    assert isinstance(caught.value, ValueError)


def change(**images):
    return {
        "eventID": "1",
        "eventName": "MODIFY",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "eventSourceARN": "arn",
        "dynamodb": {
            "Keys": {"id": {"N": "1"}},
            "SequenceNumber": "1",
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
            **images,
        },
    }


def test_both_images_of_a_change_are_objects():
    """PAR-40: a change gives its images, None for one that is missing or null."""
    new, old = {"id": {"N": "2"}}, {"id": {"N": "1"}}
    event = {"Records": [change(NewImage=new, OldImage=old), change(NewImage=new), change(NewImage=None, OldImage=old)]}

    assert parse(event, model=Order, envelope=envelopes.DynamoDBStreamEnvelope) == [
        {"NewImage": Order(id=2), "OldImage": Order(id=1)},
        {"NewImage": Order(id=2), "OldImage": None},
        {"NewImage": None, "OldImage": Order(id=1)},
    ]
    wrong = {"Records": [change(), change(OldImage={"id": {"S": "x"}})]}
    with pytest.raises(ValidationError) as caught:
        parse(wrong, model=Order, envelope=envelopes.DYNAMODB_STREAM)
    assert caught.value.errors()[0]["loc"] == ("Records", 1, "dynamodb", "OldImage", "id")


LATTICE = {"raw_path": "/", "method": "POST", "headers": {}, "query_string_parameters": {}}
LATTICE_V2 = {
    "version": "2.0",
    "path": "/",
    "method": "POST",
    "headers": {},
    "requestContext": {
        "serviceNetworkArn": "arn",
        "serviceArn": "arn",
        "targetGroupArn": "arn",
        "identity": {},
        "region": "eu-west-1",
        "timeEpoch": "1690497599177430",
    },
}
WEBSOCKET = {
    "requestContext": {
        "routeKey": "chat",
        "messageId": "1",
        "eventType": "MESSAGE",
        "messageDirection": "IN",
        "extendedRequestId": "1",
        "requestTime": "now",
        "stage": "prod",
        "connectedAt": 1731332735513,
        "requestTimeEpoch": 1731332746514,
        "identity": {"sourceIp": "203.0.113.9"},
        "requestId": "1",
        "domainName": "example.com",
        "connectionId": "1",
        "apiId": "1",
    },
}
HTTP_API = {
    "version": "2.0",
    "routeKey": "$default",
    "rawPath": "/",
    "rawQueryString": "",
    "headers": {},
    "requestContext": {
        "accountId": "1",
        "apiId": "1",
        "domainName": "example.com",
        "domainPrefix": "id",
        "http": {"method": "POST", "path": "/", "protocol": "HTTP/1.1", "sourceIp": "1.1.1.1", "userAgent": "agent"},
        "requestId": "1",
        "routeKey": "$default",
        "stage": "$default",
        "time": "12/Mar/2020:19:03:58 +0000",
        "timeEpoch": 1583348638390,
    },
}
REST = {
    "resource": "/",
    "path": "/",
    "httpMethod": "POST",
    "headers": {},
    "multiValueHeaders": {},
    "requestContext": {
        "accountId": "1",
        "apiId": "1",
        "stage": "prod",
        "protocol": "HTTP/1.1",
        "identity": {"sourceIp": "203.0.113.9"},
        "requestId": "1",
        "requestTime": "now",
        "requestTimeEpoch": 1583348638390,
        "resourcePath": "/",
        "httpMethod": "POST",
        "path": "/",
    },
}
HTTP = [
    (envelopes.ApiGatewayEnvelope, REST, "isBase64Encoded", True),
    (envelopes.ApiGatewayV2Envelope, HTTP_API, "isBase64Encoded", True),
    (envelopes.ApiGatewayWebSocketEnvelope, WEBSOCKET, "isBase64Encoded", True),
    (envelopes.LambdaFunctionUrlEnvelope, HTTP_API, "isBase64Encoded", True),
    (envelopes.VpcLatticeEnvelope, LATTICE, "is_base64_encoded", False),
    (envelopes.VpcLatticeV2Envelope, LATTICE_V2, "isBase64Encoded", True),
]


@pytest.mark.parametrize(("envelope", "event", "flag", "nullable"), HTTP)
def test_the_body_of_a_request_is_an_object(envelope, event, flag, nullable):
    """PAR-40, PAR-42: the body is parsed, decoded first if it is base64, and None if there is none."""
    assert parse({**event, flag: False, "body": '{"id": 7}'}, model=Order, envelope=envelope) == Order(id=7)
    assert parse({**event, flag: True, "body": encoded('{"id": 7}')}, model=Order, envelope=envelope) == Order(id=7)
    assert parse({**event, flag: True, "body": encoded("plain ü")}, model=str, envelope=envelope) == "plain ü"
    if nullable:
        assert parse({**event, flag: False, "body": None}, model=Order, envelope=envelope) is None
        assert parse({**event, flag: True, "body": None}, model=Order, envelope=envelope) is None
    with pytest.raises(ValidationError, match="body.id is of type str"):
        parse({**event, flag: False, "body": '{"id": "x"}'}, model=Order, envelope=envelope)
    with pytest.raises(UndecodableRecordError, match="base64"):
        parse({**event, flag: True, "body": "no base64!"}, model=Order, envelope=envelope)


def test_a_websocket_connection_is_no_message():
    """PAR-40: the WebSocket envelope takes messages only."""
    request = {**WEBSOCKET["requestContext"], "eventType": "CONNECT", "routeKey": "$connect"}

    with pytest.raises(ValidationError, match=r"requestContext\.eventType"):
        parse({"requestContext": request, "isBase64Encoded": False}, Order, envelopes.API_GATEWAY_WEBSOCKET)


AGENT = {
    "messageVersion": "1.0",
    "agent": {"name": "a", "id": "1", "alias": "b", "version": "1"},
    "inputText": '{"id": 7}',
    "sessionId": "1",
    "actionGroup": "g",
}
BRIDGE = {
    "version": "0",
    "id": "1",
    "detail-type": "ordered",
    "source": "shop",
    "account": "1",
    "time": "2030-01-01T00:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {"id": "7"},
}


@pytest.mark.parametrize(
    ("envelope", "event"),
    [
        (envelopes.BedrockAgentEnvelope, {**AGENT, "apiPath": "/", "httpMethod": "GET"}),
        (envelopes.BedrockAgentFunctionEnvelope, {**AGENT, "function": "f"}),
        (envelopes.EventBridgeEnvelope, BRIDGE),
    ],
)
def test_an_agents_input_and_an_events_detail_are_objects(envelope, event):
    """PAR-40: the input of a Bedrock agent and the detail of an EventBridge event are parsed."""
    assert parse(event, model=Order, envelope=envelope) == Order(id=7)


def test_the_bodies_of_messages_are_checked_with_the_messages():
    """A message that is no SQS message is an error, also where its body fits."""
    event = sqs('{"id": 1}', '{"id": 2}')
    event["Records"][1]["eventSource"] = "aws:sns"
    del event["Records"][0]["attributes"]["SenderId"]

    with pytest.raises(ValidationError) as caught:
        parse(event, model=Order, envelope=envelopes.SQS)

    assert [detail["loc"] for detail in caught.value.errors()] == [
        ("Records", 0, "attributes", "SenderId"),
        ("Records", 1, "eventSource"),
    ]
    assert caught.value.title.startswith("SqsModel")


@pytest.mark.parametrize(
    "more",
    [
        {"md5OfMessageAttributes": None, "unknown": 1},
        {"messageAttributes": {"a": {"dataType": "String"}, "b": {"dataType": "Binary", "binaryValue": "x"}}},
        {"attributes": {**sqs("")["Records"][0]["attributes"], "MessageGroupId": "g", "AWSTraceHeader": None}},
    ],
)
def test_what_the_model_of_a_message_allows_the_envelope_allows(more):
    """The envelope of SQS takes every message that its model takes."""
    event = sqs('{"id": 1}')
    event["Records"][0].update(more)

    assert models.SqsModel.model_validate(event)
    assert parse(event, model=Order, envelope=envelopes.SQS) == [Order(id=1)]


@pytest.mark.parametrize(
    ("moment", "fits"),
    [
        (1545082649183, True),
        (1545082649.183, True),
        ("1545082649", True),
        ("2018-12-17T21:37:29Z", True),
        ("yesterday", False),
        ("99999999999999999999", False),
        (None, False),
        ([], False),
    ],
)
def test_what_is_no_time_to_the_model_is_none_to_the_envelope(moment, fits):
    """The envelope of SQS takes for a time what its model takes for one, and nothing else."""
    event = sqs('{"id": 1}')
    event["Records"][0]["attributes"]["SentTimestamp"] = moment
    try:
        models.SqsModel.model_validate(event)
    except ValidationError:
        assert not fits
        with pytest.raises(ValidationError, match=r"Records\[0\]\.attributes\.SentTimestamp"):
            parse(event, model=Order, envelope=envelopes.SQS)
    else:
        assert fits
        assert parse(event, model=Order, envelope=envelopes.SQS) == [Order(id=1)]


def test_a_good_body_is_validated_once():
    """A batch without errors runs the validators of each body once."""
    seen = []

    class Seen(BaseModel):
        id: int

        @field_validator("id")
        @classmethod
        def _see(cls, value):
            seen.append(value)
            return value

    parse(sqs('{"id": 1}', '{"id": 2}'), model=Seen, envelope=envelopes.SQS)

    assert seen == [1, 2]


@pytest.mark.parametrize(
    ("model", "parsed"),
    [
        (TypeAdapter(dict), [{"id": 1}]),
        (TypeAdapter(Order), [Order(id=1)]),
        (Any, [{"id": 1}]),
        (dict[str, int], [{"id": 1}]),
        (Order | None, [Order(id=1)]),
    ],
)
@pytest.mark.parametrize("batch", [sqs, sns])
def test_every_kind_of_model_goes_with_an_envelope(batch, model, parsed):
    """PAR-31: the payload of an envelope may be of any type that a whole event may be of."""
    envelope = envelopes.SQS if batch is sqs else envelopes.SNS
    envelope().prepare(model)

    assert parse(batch('{"id": 1}'), model=model, envelope=envelope) == parsed


def test_a_subclass_of_an_envelope_may_look_at_payloads_itself():
    """PAR-43: a subclass that overrides `_parse` sees every payload."""

    class Tagged(envelopes.SqsEnvelope):
        @staticmethod
        def _parse(data, model):
            return (data, model)

    assert parse(sqs("a", "b"), model=Any, envelope=Tagged) == [("a", Any), ("b", Any)]
