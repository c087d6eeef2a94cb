"""Every sample event that AWS wrote for a source of ours, as it is or with what its template lacks."""

import copy

import pytest

from lambda_powertools.parser import BaseModel, EventSource, envelopes, models, parse
from lambda_powertools.parser.models.s3 import S3RecordModel

AS_THEY_ARE = [
    ("alb", "request", "AlbModel"),
    ("apigateway", "authorizer", "ApiGatewayAuthorizerToken"),
    ("apigateway", "aws-proxy", "APIGatewayProxyEventModel"),
    ("apigateway", "http-api-proxy", "APIGatewayProxyEventV2Model"),
    ("apigateway", "http-api-proxy", "LambdaFunctionUrlModel"),
    ("appsync", "resolver", "AppSyncResolverEventModel"),
    ("cloudwatch", "logs", "CloudWatchLogsModel"),
    ("dynamodb", "update", "DynamoDBStreamModel"),
    ("kinesis", "get-records", "KinesisDataStreamModel"),
    ("kinesis", "kinesis-firehose", "KinesisFirehoseModel"),
    ("kinesis", "cloudwatch-logs-processor", "KinesisFirehoseModel"),
    ("rekognition", "s3-request", "S3Model"),
    ("s3", "batch-invocation", "S3BatchOperationModel"),
    ("s3", "delete", "S3Model"),
    ("s3", "put", "S3Model"),
    ("sqs", "receive-message", "SqsModel"),
]
# The templates lack what the service sends, or have a placeholder where it sends a URL or an address.
COMPLETED = [
    (
        "apigateway",
        "request-authorizer",
        "ApiGatewayAuthorizerRequest",
        {
            ("multiValueHeaders",): {},
            ("requestContext", "protocol"): "HTTP/1.1",
            ("requestContext", "requestTime"): "09/Apr/2015:12:34:56 +0000",
            ("requestContext", "requestTimeEpoch"): 1428582896000,
            ("requestContext", "identity", "sourceIp"): "203.0.113.9",
        },
    ),
    ("cloudformation", "create-request", "CloudFormationCustomResourceCreateModel", {("ServiceToken",): "arn"}),
    ("cloudwatch", "scheduled-event", "EventBridgeModel", {("version",): "0"}),
    ("kinesis", "streams-as-source", "KinesisFirehoseModel", {("deliveryStreamArn",): "arn"}),
    ("kinesis", "apachelog", "KinesisFirehoseModel", {("deliveryStreamArn",): "arn"}),
    (
        "kinesis",
        "syslog",
        "KinesisFirehoseModel",
        {("deliveryStreamArn",): "arn", ("records", 1, "approximateArrivalTimestamp"): 1510254469499},
    ),
    (
        "ses",
        "email-receiving",
        "SesModel",
        {("Records", 0, "ses", "receipt", "dmarcVerdict"): {"status": "GRAY"}},
    ),
    (
        "sns",
        "notification",
        "SnsModel",
        {
            ("Records", 0, "Sns", "UnsubscribeUrl"): "https://example.com/stop",
            ("Records", 0, "Sns", "SigningCertUrl"): "https://example.com/certificate",
        },
    ),
]
EVENTS = [*((*event, {}) for event in AS_THEY_ARE), *COMPLETED]


def completed(event, more):
    for (*path, last), value in more.items():
        inner = event
        for key in path:
            inner = inner[key]
        inner[last] = value
    return event


@pytest.mark.parametrize(("service", "name", "model", "more"), EVENTS)
def test_a_sample_event_fits_its_model(sample, service, name, model, more):
    """A sample event becomes its model, unchanged itself, and the second time as the first."""
    event = completed(sample(service, name), more)
    before = copy.deepcopy(event)

    parsed = parse(event, model=getattr(models, model))

    assert event == before
    assert type(parsed).__name__ == model
    assert parse(event, model=getattr(models, model)) == parsed


@pytest.mark.parametrize(
    ("service", "name", "model", "more"), [event for event in EVENTS if event[2] != "LambdaFunctionUrlModel"]
)
def test_a_sample_event_is_told_by_its_source(sample, service, name, model, more):
    """Among models of many sources, the source of a sample event chooses its own."""
    union = EventSource[models.VpcLatticeModel | getattr(models, model) | models.CognitoPreSignupTriggerModel]

    assert type(parse(completed(sample(service, name), more), model=union)).__name__ == model


FIRST_AND_SECOND = ("First", "Second")


class Body(BaseModel):
    test: str


@pytest.mark.parametrize(
    ("service", "name", "envelope", "model", "content"),
    [
        ("sqs", "receive-message", envelopes.SQS, str, ["Hello from SQS!"]),
        ("kinesis", "get-records", envelopes.KINESIS_DATA_STREAM, str, ["Hello, this is a test 123."]),
        ("kinesis", "kinesis-firehose", envelopes.KINESIS_FIREHOSE, str, ["Hello, this is a test 123."]),
        ("cloudwatch", "logs", envelopes.CLOUDWATCH_LOGS, str, [f"[ERROR] {n} test message" for n in FIRST_AND_SECOND]),
        ("apigateway", "aws-proxy", envelopes.API_GATEWAY_REST, Body, Body(test="body")),
        ("apigateway", "http-api-proxy", envelopes.API_GATEWAY_HTTP, Body, Body(test="body")),
        ("apigateway", "http-api-proxy", envelopes.LAMBDA_FUNCTION_URL, Body, Body(test="body")),
    ],
)
def test_an_envelope_gives_what_a_sample_event_contains(sample, service, name, envelope, model, content):
    """PAR-4, PAR-42: an envelope gives the texts and the bodies of sample events, those in base64 decoded."""
    assert parse(sample(service, name), model=model, envelope=envelope) == content


def test_the_images_of_a_sample_change_are_python_objects(sample):
    """PAR-60: the sample change's images hold strings and decimals."""
    first, _, last = parse(sample("dynamodb", "update"), model=dict[str, str | int], envelope=envelopes.DYNAMODB_STREAM)

    assert first == {"NewImage": {"Message": "New item!", "Id": 101}, "OldImage": None}
    assert last == {"NewImage": None, "OldImage": {"Message": "This item has changed", "Id": 101}}


def test_a_sample_notification_may_come_alone(sample):
    """A record of a notification is a model of its own."""
    record = parse(sample("s3", "put")["Records"][0], model=S3RecordModel)

    assert record.s3.bucket.name == "example-bucket"
    assert str(record.requestParameters.sourceIPAddress) == "127.0.0.1/32"
