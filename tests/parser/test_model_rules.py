import base64
import copy
import gzip
import json
import zlib
from datetime import datetime, timezone
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_powertools.parser import BaseModel, ValidationError, envelopes, models, parse
from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.apigw import APIGatewayEventIdentity
from lambda_powertools.parser.models.appsync import (
    AppSyncCognitoIdentity,
    AppSyncIamIdentity,
    AppSyncLambdaIdentity,
    AppSyncOidcIdentity,
)
from lambda_powertools.parser.models.kinesis import (
    extract_cloudwatch_logs_from_event,
    extract_cloudwatch_logs_from_record,
)
from lambda_powertools.parser.models.s3 import S3Message, S3ResponseElements
from lambda_powertools.parser.models.vpc_latticev2 import (
    VpcLatticeV2RequestContext,
    VpcLatticeV2RequestContextIdentity,
)
from lambda_powertools.parser.types import Json


class Order(BaseModel):
    id: int


def encoded(content):
    return base64.b64encode(content if isinstance(content, bytes) else content.encode()).decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("203.0.113.9", IPv4Network("203.0.113.9/32")),
        ("10.0.0.0/8", IPv4Network("10.0.0.0/8")),
        ("2001:db8::1", IPv6Network("2001:db8::1/128")),
        ("203.0.113.9:8080", "203.0.113.9:8080"),
        ("[2001:db8::1]:443", "[2001:db8::1]:443"),
        ("test-invoke-source-ip", "test-invoke-source-ip"),
        (IPv4Network("10.0.0.0/8"), IPv4Network("10.0.0.0/8")),
    ],
)
def test_a_source_address_is_a_network_or_kept(text, found):
    """PAR-50: an address or CIDR is a network; with a port, and from the console's test button, it is kept."""
    assert APIGatewayEventIdentity(sourceIp=text).sourceIp == found
    http = {"method": "GET", "path": "/", "protocol": "HTTP/1.1", "userAgent": ""}
    assert models.RequestContextV2Http(sourceIp=text, **http).sourceIp == found


@pytest.mark.parametrize(
    "value", ["nowhere", "999.1.1.1:80", "", "[::1", "1.2.3.4:", None, 7, ["10.0.0.1"], {}, True, b"10.0.0.1"]
)
def test_what_is_no_source_address_is_an_error(value):
    """PAR-50: anything else is one validation error, which names a bad text."""
    with pytest.raises(ValidationError) as caught:
        APIGatewayEventIdentity(sourceIp=value)

    assert caught.value.error_count() == 1
    assert not isinstance(value, str) or value in caught.value.errors()[0]["msg"]


REQUEST = {
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
}


def test_a_message_id_belongs_to_a_message():
    """PAR-51: a message id without the event type of a message is exactly one error."""
    context = models.APIGatewayEventRequestContext
    assert context(**REQUEST, messageId="1", eventType="MESSAGE").messageId == "1"

    for event_type in ("CONNECT", None):
        with pytest.raises(ValidationError) as caught:
            context(**REQUEST, messageId="1", eventType=event_type)
        (error,) = caught.value.errors()
        assert error["msg"] == "Value error, messageId is available only when the `eventType` is `MESSAGE`"


LOGS = {
    "messageType": "DATA_MESSAGE",
    "owner": "1",
    "logGroup": "g",
    "logStream": "s",
    "subscriptionFilters": ["f"],
    "logEvents": [{"id": "1", "timestamp": 1440442987000, "message": "line"}],
}


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
@pytest.mark.parametrize("kind", [str, str.encode])
def test_packed_log_lines_are_unpacked(compress, kind):
    """PAR-52, PAR-69: log lines in base64 of gzip or zlib, text or bytes, are unpacked; their times are UTC."""
    packed = kind(encoded(compress(json.dumps(LOGS).encode())))

    (line,) = models.CloudWatchLogsData(data=packed).decoded_data.logEvents

    assert (line.message, line.timestamp) == ("line", datetime(2015, 8, 24, 19, 3, 7, tzinfo=timezone.utc))


@pytest.mark.parametrize("packed", ["no base64!", encoded("plain"), encoded(zlib.compress(b"{")), None, 7, {}])
def test_log_lines_that_cannot_be_unpacked_are_an_error(packed):
    """PAR-52: whatever cannot be unpacked is a validation error that says so."""
    with pytest.raises(ValidationError, match="unable to decompress data"):
        models.CloudWatchLogsData(data=packed)


PAYLOAD = {"kinesisSchemaVersion": "1", "partitionKey": "1", "sequenceNumber": "1", "approximateArrivalTimestamp": 1.5}
FIREHOSE = {"recordId": "1", "approximateArrivalTimestamp": 1510254469499}


@pytest.mark.parametrize(
    ("model", "more"), [(models.KinesisDataStreamRecordPayload, PAYLOAD), (models.KinesisFirehoseRecord, FIREHOSE)]
)
def test_stream_data_is_decoded_from_base64(model, more):
    """PAR-53: data is bytes, a subclass may narrow it to JSON of a model, and what is no base64 is an error."""

    class Narrowed(model):
        data: Json[Order]

    assert model(data=encoded(b"\xff\x00"), **more).data == b"\xff\x00"
    assert model(data="YQ===", **more).data == b"a"  # with too much padding, as AWS's own samples
    assert Narrowed(data=encoded('{"id": 7}'), **more).data == Order(id=7)
    for bad in ("no base64!", "YQ", None, 7, {}):
        with pytest.raises(ValidationError):
            model(data=bad, **more)


SQS_RECORD = {
    "messageId": "1",
    "receiptHandle": "handle",
    "body": "text",
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


def test_firehose_data_may_be_an_sqs_message():
    """PAR-53, PAR-69: Firehose data in base64 of JSON is an SQS message, whose times are UTC."""
    record = models.KinesisFirehoseSqsRecord(data=encoded(json.dumps(SQS_RECORD)), **FIREHOSE)

    assert record.data.body == "text"
    assert record.data.attributes.SentTimestamp == datetime(2018, 12, 17, 21, 37, 29, 183000, tzinfo=timezone.utc)
    for bad in ("no base64!", encoded("no JSON"), encoded("{}"), None):
        with pytest.raises(ValidationError):
            models.KinesisFirehoseSqsRecord(data=bad, **FIREHOSE)


def kinesis_record(data):
    return {
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": "1",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": "arn",
        "awsRegion": "eu-west-1",
        "eventSourceARN": "arn",
        "kinesis": {**PAYLOAD, "data": data},
    }


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
def test_log_lines_come_out_of_a_stream(compress):
    """PAR-54: log lines that a subscription put into a stream are extracted from its records."""
    event = {"Records": [kinesis_record(encoded(compress(json.dumps(LOGS).encode())))]}
    parsed = models.KinesisDataStreamModel.model_validate(event)

    assert parsed.Records[0].decompress_zlib_record_data_as_json() == LOGS
    assert extract_cloudwatch_logs_from_record(parsed.Records[0]) == models.CloudWatchLogsDecode(**LOGS)
    assert extract_cloudwatch_logs_from_event(parsed) == [models.CloudWatchLogsDecode(**LOGS)]


def test_only_bytes_are_decompressed():
    """PAR-54: data that is not compressed, or that a subclass made a model, is a ValueError."""

    class Payload(models.KinesisDataStreamRecordPayload):
        data: Json[Order]

    class Record(models.KinesisDataStreamRecord):
        kinesis: Payload

    with pytest.raises(ValueError, match="We can only decompress bytes data"):
        Record(**kinesis_record(encoded('{"id": 1}'))).decompress_zlib_record_data_as_json()
    with pytest.raises(ValueError, match="neither with gzip nor with zlib"):
        models.KinesisDataStreamRecord(**kinesis_record(encoded("text"))).decompress_zlib_record_data_as_json()


KAFKA = {"topic": "t", "partition": 0, "offset": 1, "timestamp": 1545084650987, "timestampType": "CREATE_TIME"}


def test_a_kafka_record_is_decoded():
    """PAR-55, PAR-69: key and headers are bytes, negative ones too, the value is text, and either may be null."""
    record = {**KAFKA, "key": encoded(b"\xff"), "value": encoded("ünï"), "headers": [{"h": [104, -1]}, {"i": []}]}
    before = copy.deepcopy(record)

    parsed = models.KafkaRecordModel.model_validate(record)

    assert (parsed.key, parsed.value, parsed.headers) == (b"\xff", "ünï", [{"h": b"h\xff"}, {"i": b""}])
    assert parsed.timestamp == datetime(2018, 12, 17, 22, 10, 50, 987000, tzinfo=timezone.utc)
    assert record == before
    assert models.KafkaRecordModel.model_validate(record) == parsed
    empty = models.KafkaRecordModel(**KAFKA, key=None, value=None, headers=[])
    assert (empty.key, empty.value) == (None, None)


@pytest.mark.parametrize(
    "more",
    [
        {"value": encoded(b"\xff")},
        {"value": "no base64!"},
        {"value": 7},
        {"key": 7},
        {"headers": None},
        {"headers": [7]},
        {"headers": [{"h": ["x"]}]},
        {"headers": [{"h": 7}]},
    ],
)
def test_a_kafka_record_that_cannot_be_decoded_is_an_error(more):
    """PAR-55: binary values, and keys and headers that are none, are validation errors."""
    with pytest.raises(ValidationError):
        models.KafkaRecordModel(**{**KAFKA, "key": None, "value": None, "headers": [], **more})


def test_a_kafka_value_may_be_narrowed():
    """A subclass may narrow the value to JSON of a model."""

    class Record(models.KafkaRecordModel):
        value: Json[Order]

    assert Record(**KAFKA, value=encoded('{"id": 7}'), headers=[]).value == Order(id=7)


@pytest.mark.parametrize("servers", ["b-1:9092,b-2:9092", ["b-1:9092", "b-2:9092"]])
def test_bootstrap_servers_are_split(servers):
    """PAR-55: the servers are a list, however they come."""
    assert models.KafkaBaseEventModel(bootstrapServers=servers, records={}).bootstrapServers == ["b-1:9092", "b-2:9092"]


@pytest.mark.parametrize("servers", ["", None, [], 7, {"a": 1}])
def test_missing_bootstrap_servers_are_an_error(servers):
    """PAR-55: no servers are a validation error."""
    with pytest.raises(ValidationError):
        models.KafkaBaseEventModel(bootstrapServers=servers, records={})


@pytest.mark.parametrize("source", ["SelfManagedKafka", "aws:SelfManagedKafka"])
def test_self_managed_kafka_has_two_names(source):
    """PAR-56: both names of the source are accepted."""
    event = {"eventSource": source, "bootstrapServers": "b", "records": {}}

    assert models.KafkaSelfManagedEventModel.model_validate(event).eventSource == source


BRIDGE = {
    "version": "0",
    "id": "1",
    "source": "shop",
    "account": "1",
    "time": "2030-01-01T00:00:00Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": {},
}


@pytest.mark.parametrize(
    ("more", "detail_type"),
    [({}, None), ({"detail-type": None}, None), ({"detail-type": "a"}, "a"), ({"detail_type": "b"}, "b")],
)
def test_a_detail_type_may_be_missing(more, detail_type):
    """PAR-57: the type of the detail is optional, and can be given by its name."""
    assert models.EventBridgeModel(**BRIDGE, **more).detail_type == detail_type


def test_a_schedule_has_an_empty_detail():
    """PAR-57: the text "{}" of a schedule is an empty detail; of another source it is an error."""
    assert models.EventBridgeModel(**{**BRIDGE, "source": "aws.scheduler", "detail": "{}"}).detail == {}
    for more in ({"detail": "{}"}, {"source": "aws.scheduler", "detail": "text"}, {"source": None, "detail": "{}"}):
        with pytest.raises(ValidationError):
            models.EventBridgeModel(**{**BRIDGE, **more})


def s3_record(name="ObjectCreated:Put", **s3):
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": "eu-west-1",
        "eventTime": "2030-01-01T00:00:00Z",
        "eventName": name,
        "userIdentity": {"principalId": "p"},
        "requestParameters": {"sourceIPAddress": "s3.amazonaws.com"},
        "responseElements": {"x-amz-request-id": "r", "x-amz-id-2": "i"},
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "c",
            "bucket": {"name": "b", "ownerIdentity": {"principalId": "o"}, "arn": "arn"},
            **s3,
        },
    }


@pytest.mark.parametrize(
    "record",
    [
        s3_record(object={"key": "k", "size": 0, "eTag": "e"}),
        s3_record("ObjectRemoved:Delete", object={"key": "k"}),
        s3_record("ObjectRemoved:DeleteMarkerCreated", object={"key": "k", "eTag": "e"}),
        s3_record("IntelligentTiering", get_object={"key": "k", "size": 1.5, "eTag": "e"}),
    ],
)
def test_an_s3_record_has_the_object_its_event_needs(record):
    """PAR-58: size and eTag are needed unless the event is a deletion; a size of 0 is one."""
    assert models.S3RecordModel.model_validate(record)


@pytest.mark.parametrize(
    "record",
    [
        s3_record(object={"key": "k", "eTag": "e"}),
        s3_record(object={"key": "k", "size": 1, "eTag": None}),
        s3_record("IntelligentTiering", get_object={"key": "k"}),
    ],
)
def test_an_s3_object_without_size_or_etag_is_an_error(record):
    """PAR-58: the error says what is required."""
    with pytest.raises(ValidationError, match="size and eTag are required"):
        models.S3RecordModel.model_validate(record)


@pytest.mark.parametrize(
    "record",
    [
        s3_record(),
        s3_record("ObjectRemoved:Delete"),
        {key: value for key, value in s3_record(object={"key": "k"}).items() if key != "eventName"},
        {key: value for key, value in s3_record().items() if key != "s3"},
        {**s3_record(), "s3": None},
        {**s3_record(), "eventName": None},
        {},
    ],
)
def test_an_s3_record_without_event_name_or_object_is_an_error(record):
    """PAR-58: a record that lacks what is looked at is a validation error, no crash."""
    with pytest.raises(ValidationError):
        models.S3RecordModel.model_validate(record)


def test_the_parts_of_an_s3_record_have_their_keys():
    """PAR-66: the ids of the request have dashes in the event, and `get_object` is a field."""
    elements = S3ResponseElements.model_validate({"x-amz-request-id": "r", "x-amz-id-2": "i"})
    message = S3Message.model_validate(s3_record(get_object={"key": "k"})["s3"])

    assert (elements.x_amz_request_id, elements.x_amz_id_2) == ("r", "i")
    assert message.get_object.key == "k"


@pytest.mark.parametrize(
    ("more", "bucket"),
    [
        ({"s3BucketArn": "arn:aws:s3:::orders"}, "orders"),
        ({"s3BucketArn": "arn:aws:s3:::orders", "s3Bucket": "mine"}, "mine"),
        ({"s3Bucket": "mine"}, "mine"),
        ({}, None),
    ],
)
def test_a_task_names_its_bucket(more, bucket):
    """PAR-59: the bucket is read out of its ARN where it is not named; the event is not modified."""
    task = {"taskId": "1", "s3Key": "k", **more}
    before = dict(task)

    assert models.S3BatchOperationTaskModel.model_validate(task).s3Bucket == bucket
    assert task == before


CHANGE = {"Keys": {}, "SequenceNumber": "1", "SizeBytes": 1, "StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ({"S": "text"}, "text"),
        ({"N": "12.50"}, Decimal("12.50")),
        ({"N": "-1e-130"}, Decimal("-1E-130")),
        ({"N": "1" + "0" * 60}, Decimal("1E+60")),
        ({"N": "9" * 38}, Decimal("9" * 38)),
        ({"B": "YQ=="}, "YQ=="),
        ({"BOOL": False}, False),
        ({"NULL": True}, None),
        ({"SS": ["a", "b"]}, {"a", "b"}),
        ({"NS": ["1", "2.0"]}, {Decimal(1), Decimal(2)}),
        ({"BS": ["YQ=="]}, {"YQ=="}),
        ({"L": [{"S": "a"}, {"L": [{"N": "1"}]}]}, ["a", [Decimal(1)]]),
        ({"M": {"a": {"M": {"b": {"S": "c"}}}}}, {"a": {"b": "c"}}),
    ],
)
def test_an_attribute_becomes_a_python_object(attribute, value):
    """PAR-60: keys and images are converted, each type of attribute to its Python type."""
    images = {"NewImage": {"a": attribute}, "OldImage": {"a": attribute}}
    before = copy.deepcopy(images)

    change = models.DynamoDBStreamChangedRecordModel(**{**CHANGE, "Keys": {"a": attribute}}, **images)

    assert change.Keys == change.NewImage == change.OldImage == {"a": value}
    assert images == before


@pytest.mark.parametrize(
    "attribute",
    [
        *({"X": 1}, {}, {"S": "a", "N": "1"}, "text", None, {"N": "x"}, {"N": None}, {"N": "NaN"}, {"N": "1" * 39}),
        *({"SS": 7}, {"SS": [[]]}, {"L": 7}, {"M": 7}, {"NS": ["x"]}, {"L": ["x"]}),
    ],
)
def test_what_is_no_attribute_is_an_error(attribute):
    """PAR-60: an unknown type, a wrong value and a loss of precision are validation errors."""
    with pytest.raises(ValidationError):
        models.DynamoDBStreamChangedRecordModel(**CHANGE, NewImage={"a": attribute})


def test_an_image_may_be_missing_null_or_narrowed():
    """PAR-60, PAR-69: a missing or null image is None; a subclass may narrow it; the time is UTC."""

    class Change(models.DynamoDBStreamChangedRecordModel):
        NewImage: Order | None = None

    change = Change(**CHANGE, NewImage={"id": {"N": "7"}}, OldImage=None, ApproximateCreationDateTime=1479499740)

    assert (change.NewImage, change.OldImage) == (Order(id=7), None)
    assert change.ApproximateCreationDateTime == datetime(2016, 11, 18, 20, 9, tzinfo=timezone.utc)
    assert Change(**CHANGE).NewImage is None


def test_a_failed_batch_of_a_stream_has_camel_case_keys():
    """PAR-61: what Lambda sends to the destination for failures has camelCase keys."""
    event = {
        "version": "1.0",
        "timestamp": "2030-01-01T00:00:00Z",
        "requestContext": {"requestId": "1", "functionArn": "arn", "condition": "c", "approximateInvokeCount": 3},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "DDBStreamBatchInfo": {
            "shardId": "s",
            "startSequenceNumber": "1",
            "endSequenceNumber": "2",
            "approximateArrivalOfFirstRecord": "2030-01-01T00:00:00Z",
            "approximateArrivalOfLastRecord": "2030-01-01T00:00:00Z",
            "batchSize": 1,
            "streamArn": "arn",
        },
    }

    parsed = models.DynamoDBStreamLambdaOnFailureDestinationModel.model_validate(event)

    assert parsed.ddb_stream_batch_info.batch_size == 1
    assert parsed.request_context.approximate_invoke_count == 3
    assert parsed.response_context.function_error == "Unhandled"
    assert parsed.model_dump(by_alias=True, mode="json") == event


NOTIFICATION = {
    "TopicArn": "arn",
    "Type": "Notification",
    "Message": "text",
    "MessageId": "1",
    "Timestamp": "2030-01-01T00:00:00Z",
}
URL = "https://example.com/"


def test_a_notification_has_its_urls_in_either_spelling():
    """PAR-62: the names that SNS uses inside SQS are mapped; the event is not modified, and can be parsed again."""
    event = {**NOTIFICATION, "UnsubscribeURL": URL, "SigningCertURL": URL}
    before = dict(event)

    parsed = models.SnsNotificationModel.model_validate(event)

    assert str(parsed.UnsubscribeUrl) == str(parsed.SigningCertUrl) == URL
    assert event == before
    assert models.SnsNotificationModel.model_validate(event) == parsed
    assert models.SnsNotificationModel.model_validate({**NOTIFICATION, "UnsubscribeURL": URL}).SigningCertUrl is None
    for missing in ({"SigningCertURL": URL}, {"SigningCertUrl": URL}, {}):
        with pytest.raises(ValidationError, match="UnsubscribeUrl"):
            models.SnsNotificationModel.model_validate({**NOTIFICATION, **missing})


def test_a_message_holds_s3_notifications():
    """PAR-63: the body of such a message is JSON of notifications; a decoded one is an error."""
    notifications = {"Records": [s3_record(object={"key": "k", "size": 1, "eTag": "e"})]}
    record = models.S3SqsEventNotificationRecordModel

    assert record(**{**SQS_RECORD, "body": json.dumps(notifications)}).body.Records[0].s3.object.key == "k"
    for body in ("text", notifications, "{}"):
        with pytest.raises(ValidationError):
            record(**{**SQS_RECORD, "body": body})


LATTICE = {"serviceNetworkArn": "arn", "serviceArn": "arn", "targetGroupArn": "arn", "identity": {}, "region": "r"}


@pytest.mark.parametrize("epoch", ["1690497599177430", 1690497599177430])
def test_one_epoch_is_a_number_and_a_time(epoch):
    """PAR-64: the microseconds are kept as a number and read, rounded to milliseconds, as a time."""
    context = VpcLatticeV2RequestContext(**LATTICE, timeEpoch=epoch)

    assert context.time_epoch == 1690497599177430.0
    assert context.time_epoch_as_datetime == datetime(2023, 7, 27, 22, 39, 59, 177000, tzinfo=timezone.utc)
    for bad in (None, "now", [], 10**40):
        with pytest.raises(ValidationError):
            VpcLatticeV2RequestContext(**LATTICE, timeEpoch=bad)
    assert VpcLatticeV2RequestContextIdentity.model_validate({"type": "AWS_IAM"}).get_type == "AWS_IAM"


@pytest.mark.parametrize("key", ["replyTo", "reply-to", "reply_to"])
def test_a_mail_may_spell_reply_to_in_three_ways(key):
    """PAR-65: three spellings are read, and one is written."""
    headers = {"from": ["a"], "to": ["b"], "returnPath": "a", "messageId": "1", "date": "now", "subject": "s"}

    parsed = models.SesMailCommonHeaders.model_validate({**headers, key: ["c"]})

    assert parsed.reply_to == ["c"]
    assert parsed.model_dump(by_alias=True)["replyTo"] == ["c"]


OIDC = {"claims": {}, "issuer": "i", "sub": "s"}


@pytest.mark.parametrize(
    ("identity", "kind"),
    [
        ({"accountId": "1", "sourceIp": ["::1"], "username": "u", "userArn": "arn"}, AppSyncIamIdentity),
        ({**OIDC, "username": "u", "sourceIp": [], "defaultAuthStrategy": "ALLOW"}, AppSyncCognitoIdentity),
        (OIDC, AppSyncOidcIdentity),
        ({"resolverContext": {}}, AppSyncLambdaIdentity),
        (None, type(None)),
    ],
)
def test_a_caller_is_of_its_kind(identity, kind):
    """PAR-67: the keys of an identity say how its caller was authorized; with an API key there is none."""
    info = {"selectionSetList": [], "selectionSetGraphQL": "", "parentTypeName": "Q", "fieldName": "f", "variables": {}}
    event = {"arguments": {}, "identity": identity, "request": {"headers": {}}, "info": info, "stash": {}}

    assert type(models.AppSyncResolverEventModel.model_validate(event).identity) is kind


def test_a_function_url_is_an_http_api():
    """PAR-68: a function URL's event is an HTTP API's, and authorizer requests are proxy events with more fields."""
    assert issubclass(models.LambdaFunctionUrlModel, models.APIGatewayProxyEventV2Model)
    assert set(models.LambdaFunctionUrlModel.model_fields) == set(models.APIGatewayProxyEventV2Model.model_fields)
    assert issubclass(models.ApiGatewayAuthorizerRequestV2, models.APIGatewayProxyEventV2Model)


def nested(depth, inner, wrap):
    for _ in range(depth):
        inner = wrap(inner)
    return inner


def test_deep_nesting_is_an_error():
    """JSON and items that are nested too deeply are validation errors, no exhausted stack."""
    deep = ("[" * 100_000 + "]" * 100_000).encode()
    item = nested(2000, {"S": "a"}, lambda inner: {"L": [inner]})

    with pytest.raises(ValidationError, match="unable to decompress data"):
        models.CloudWatchLogsData(data=encoded(gzip.compress(deep)))
    with pytest.raises(ValidationError, match="nested too deeply"):
        models.KinesisFirehoseSqsRecord(data=encoded(deep), **FIREHOSE)
    with pytest.raises(ValidationError, match="nested deeper than DynamoDB allows"):
        models.DynamoDBStreamChangedRecordModel(**CHANGE, NewImage={"a": item})
    with pytest.raises(ValidationError):
        parse(deep.decode(), model=Order, envelope=envelopes.SQS)
    with pytest.raises(ValidationError):
        parse(deep, model=Order)


def all_models():
    for name in models.__all__:
        getattr(models, name)
    waiting, found = [EventModel], []
    while waiting:
        below = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith("lambda_powertools.")]
        waiting.extend(below)
        found.extend(below)
    return found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.__name__)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(values=st.lists(JSON, min_size=3, max_size=6))
def test_no_json_crashes_a_model(model, values):
    """Whatever JSON stands in any field, a model either takes it or reports it, and leaves the event as it was."""
    fields = model.model_fields.items()
    event: Any = {field.alias or name: values[index % len(values)] for index, (name, field) in enumerate(fields)}
    before = copy.deepcopy(event)

    for data in (event, values[0]):
        try:
            model.model_validate(data)
        except ValidationError as error:
            assert error.error_count()  # noqa: PT017  # that there is an error is not asked
    assert repr(event) == repr(before)
