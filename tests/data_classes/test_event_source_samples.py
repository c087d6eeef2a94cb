"""Events that AWS wrote: the templates of aws-sam-cli."""

import json
from decimal import Decimal

import pytest

from lambda_powertools.data_classes import (
    AWSConfigConfigurationChanged,
    AWSConfigOversizedConfiguration,
    AWSConfigRuleEvent,
    AWSConfigScheduledNotification,
    CloudFormationCustomResourceEvent,
    CloudWatchLogsEvent,
    CodePipelineJobEvent,
    ConnectContactFlowEvent,
    DynamoDBStreamEvent,
    EventBridgeEvent,
    KinesisFirehoseEvent,
    KinesisStreamEvent,
    S3BatchOperationEvent,
    S3Event,
    SESEvent,
    SNSEvent,
    SQSEvent,
)
from lambda_powertools.data_classes.connect_contact_flow_event import (
    ConnectContactFlowChannel,
    ConnectContactFlowInitiationMethod,
)
from lambda_powertools.data_classes.dynamo_db_stream_event import DynamoDBRecordEventName, StreamViewType

EVENTS = [
    ("cloudformation", "create-request", CloudFormationCustomResourceEvent),
    ("cloudwatch", "logs", CloudWatchLogsEvent),
    ("cloudwatch", "scheduled-event", EventBridgeEvent),
    ("codepipeline", "job", CodePipelineJobEvent),
    ("config", "item-change-notification", AWSConfigRuleEvent),
    ("config", "oversized-item-change-notification", AWSConfigRuleEvent),
    ("config", "periodic-rule", AWSConfigRuleEvent),
    ("connect", "contact-flow-event", ConnectContactFlowEvent),
    ("dynamodb", "update", DynamoDBStreamEvent),
    ("kinesis", "get-records", KinesisStreamEvent),
    ("kinesis", "kinesis-firehose", KinesisFirehoseEvent),
    ("kinesis", "apachelog", KinesisFirehoseEvent),
    ("kinesis", "syslog", KinesisFirehoseEvent),
    ("kinesis", "cloudwatch-logs-processor", KinesisFirehoseEvent),
    ("kinesis", "streams-as-source", KinesisFirehoseEvent),
    ("s3", "batch-invocation", S3BatchOperationEvent),
    ("s3", "delete", S3Event),
    ("s3", "put", S3Event),
    ("ses", "email-receiving", SESEvent),
    ("sns", "notification", SNSEvent),
    ("sqs", "receive-message", SQSEvent),
]


def leaves(value):
    """Yield the texts and numbers inside an event."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


@pytest.mark.parametrize(("service", "name", "kind"), EVENTS)
def test_sample_is_read_and_never_changed(service, name, kind, sample):
    """DC-1, T-4: wrapping and rendering an event that AWS wrote leaves it as it was."""
    data, untouched = sample(service, name), sample(service, name)

    event = kind(data)

    assert str(event).startswith("{")
    assert list(leaves(event.raw_event)) == list(leaves(untouched))
    assert json.loads(json.dumps(event.raw_event)) == untouched


def values_of(wrapper, names):
    """Read properties by their dotted names."""
    found = []
    for name in names:
        value = wrapper
        for part in name.split("."):
            value = getattr(value, part)
        found.append(value)
    return found


READ = [
    (
        ("cloudformation", "create-request", CloudFormationCustomResourceEvent),
        {
            "request_type": "Create",
            "response_url": "http://pre-signed-S3-url-for-response",
            "request_id": "unique id for this create request",
            "logical_resource_id": "MyTestResource",
            "resource_type": "Custom::TestResource",
            "physical_resource_id": "",
            "old_resource_properties": {},
        },
    ),
    (
        ("cloudwatch", "scheduled-event", EventBridgeEvent),
        {
            "get_id": "cdc73f9d-aea9-11e3-9d5a-835b769c0d9c",
            "detail_type": "Scheduled Event",
            "source": "aws.events",
            "account": "123456789012",
            "time": "1970-01-01T00:00:00Z",
            "resources": ["arn:aws:events:us-east-1:123456789012:rule/ExampleRule"],
            "detail": {},
            "replay_name": None,
        },
    ),
    (
        ("codepipeline", "job", CodePipelineJobEvent),
        {
            "get_id": "c968ef10-6415-4127-80b1-42502218a8c7",
            "account_id": "123456789012",
            "user_parameters": "user-parameter-string",
            "input_bucket_name": "example-bucket",
            "input_object_key": "test/key",
            "data.artifact_credentials.access_key_id": "AKIAIOSFODNN7EXAMPLE",
            "data.artifact_credentials.expiration_time": None,
            "data.encryption_key": None,
            "data.continuation_token": None,
        },
    ),
    (
        ("config", "item-change-notification", AWSConfigRuleEvent),
        {
            "rule_parameters": {"<exampleKey>": "<exampleValue>"},
            "event_left_scope": False,
            "config_rule_name": "change-triggered-config-rule",
            "accountid": "123456789012",
            "evaluation_mode": None,
            "invoking_event.configuration_item.resource_type": "AWS::EC2::Instance",
            "invoking_event.configuration_item.resource_arn": "arn:aws:ec2:us-east-1:123456789012:instance/i-00000000",
            "invoking_event.configuration_item.tags": {"<Foo>": "<Bar>"},
        },
    ),
    (
        ("config", "oversized-item-change-notification", AWSConfigRuleEvent),
        {
            "invoking_event.configuration_item_summary.change_type": "UPDATE",
            "invoking_event.configuration_item_summary.resource_name": None,
        },
    ),
    (
        ("config", "periodic-rule", AWSConfigRuleEvent),
        {"invoking_event.accountid": "123456789012", "invoking_event.record_version": "1.0"},
    ),
    (
        ("connect", "contact-flow-event", ConnectContactFlowEvent),
        {
            "contact_data.channel": ConnectContactFlowChannel.VOICE,
            "contact_data.initiation_method": ConnectContactFlowInitiationMethod.API,
            "contact_data.queue": None,
            "contact_data.media_streams.customer.audio.start_timestamp": "1565781909613",
            "parameters": {},
        },
    ),
    (
        ("s3", "put", S3Event),
        {
            "bucket_name": "example-bucket",
            "object_key": "test/key",
            "record.event_name": "ObjectCreated:Put",
            "record.request_parameters.source_ip_address": "127.0.0.1",
            "record.user_identity.principal_id": "EXAMPLE",
            "record.s3.bucket.owner_identity.principal_id": "EXAMPLE",
            "record.s3.get_object.size": 1024,
            "record.s3.get_object.etag": "0123456789abcdef0123456789abcdef",
            "record.s3.get_object.version_id": None,
            "record.glacier_event_data": None,
        },
    ),
    (("s3", "delete", S3Event), {"record.s3.get_object.etag": "", "record.event_name": "ObjectRemoved:Delete"}),
    (
        ("s3", "batch-invocation", S3BatchOperationEvent),
        {
            "invocation_schema_version": "1.0",
            "job.get_id": "f3cc4f60-61f6-4a2b-8a21-d07600c373ce",
            "job.user_arguments": {},
            "task.s3_version_id": "1",
            "task.s3_bucket": "examplebucket",
        },
    ),
    (
        ("ses", "email-receiving", SESEvent),
        {
            "mail.common_headers.subject": "Test Subject",
            "mail.common_headers.get_from": ["Jane Doe <janedoe@example.com>"],
            "mail.common_headers.cc": [],
            "mail.headers_truncated": False,
            "receipt.spam_verdict.status": "PASS",
            "receipt.dmarc_policy": None,
            "receipt.action.get_type": "Lambda",
            "receipt.processing_time_millis": 574,
        },
    ),
    (
        ("sns", "notification", SNSEvent),
        {
            "sns_message": "example message",
            "record.sns.subject": "example subject",
            "record.sns.get_type": "Notification",
            "record.event_source": "aws:sns",
        },
    ),
]


@pytest.mark.parametrize(("name", "expected"), READ, ids=lambda value: " ".join(value[:2]) if len(value) == 3 else "")
def test_properties_of_a_sample(name, expected, sample):
    """The properties of an event that AWS wrote are what a reader of its JSON expects."""
    service, title, kind = name

    event = kind(sample(service, title))

    assert dict(zip(expected, values_of(event, expected), strict=True)) == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("item-change-notification", AWSConfigConfigurationChanged),
        ("oversized-item-change-notification", AWSConfigOversizedConfiguration),
        ("periodic-rule", AWSConfigScheduledNotification),
    ],
)
def test_config_samples_are_told_apart(name, kind, sample):
    """DC-56: the message type of the invoking event chooses its class."""
    assert type(AWSConfigRuleEvent(sample("config", name)).invoking_event) is kind


def test_dynamodb_sample(sample):
    """DC-70: the images of the sample are Python values."""
    insert, modify, remove = DynamoDBStreamEvent(sample("dynamodb", "update")).records

    assert [record.event_name for record in (insert, modify, remove)] == list(DynamoDBRecordEventName)
    assert insert.dynamodb.keys == {"Id": Decimal(101)}
    assert insert.dynamodb.old_image == {}
    assert modify.dynamodb.new_image == {"Message": "This item has changed", "Id": Decimal(101)}
    assert remove.dynamodb.new_image == {}
    assert remove.dynamodb.stream_view_type is StreamViewType.NEW_AND_OLD_IMAGES


def test_cloudwatch_logs_sample(sample):
    """DC-57: the compressed lines of the sample are read."""
    logs = CloudWatchLogsEvent(sample("cloudwatch", "logs")).parse_logs_data()

    assert (logs.owner, logs.log_group, logs.message_type) == ("123456789123", "testLogGroup", "DATA_MESSAGE")
    assert [line.message for line in logs.log_events] == ["[ERROR] First test message", "[ERROR] Second test message"]


def test_kinesis_sample(sample):
    """The payload of the sample is decoded."""
    (record,) = KinesisStreamEvent(sample("kinesis", "get-records")).records

    assert record.kinesis.data_as_text() == "Hello, this is a test 123."
    assert record.kinesis.approximate_arrival_timestamp == 1428537600.0
    assert isinstance(record.kinesis.approximate_arrival_timestamp, float)


@pytest.mark.parametrize("name", ["kinesis-firehose", "apachelog", "syslog", "streams-as-source"])
def test_firehose_samples(name, sample):
    """The records of the samples are decoded, and become the records of a response."""
    records = list(KinesisFirehoseEvent(sample("kinesis", name)).records)

    assert all(record.data_as_text for record in records)
    assert [record.build_data_transformation_response().record_id for record in records] == [
        record["recordId"] for record in sample("kinesis", name)["records"]
    ]


def test_sqs_sample(sample):
    """DC-55: the queue of the sample is worked out from its ARN."""
    (record,) = SQSEvent(sample("sqs", "receive-message")).records

    assert record.queue_url == "https://sqs.us-east-1.amazonaws.com/123456789012/MyQueue"
    assert record.attributes.approximate_receive_count == "1"
    assert record.attributes.message_group_id is None
    assert record.message_attributes == {}
