"""What is read of messages: SQS, SNS, EventBridge, S3."""

from urllib.parse import unquote_plus

from events import event_bridge, sns, sqs

from aws_lambda_powertools.utilities.data_classes import EventBridgeEvent, S3Event, SNSEvent, SQSEvent

EVENTS = [
    sqs({"a": 1}, "text"),
    sns({"b": 2}),
    event_bridge("Moved", {"c": 3}),
    {
        "Records": [
            {
                "eventVersion": "2.1",
                "eventSource": "aws:s3",
                "awsRegion": "eu-west-1",
                "eventTime": "2025-06-15T15:06:40.000Z",
                "eventName": "ObjectCreated:Put",
                "userIdentity": {"principalId": "AWS:A"},
                "requestParameters": {"sourceIPAddress": "192.0.2.7"},
                "responseElements": {"x-amz-request-id": "r", "x-amz-id-2": "i"},
                "s3": {
                    "s3SchemaVersion": "1.0",
                    "configurationId": "c",
                    "bucket": {"name": "photos", "ownerIdentity": {"principalId": "A"}, "arn": "arn:aws:s3:::photos"},
                    "object": {"key": "my+photo%21.jpg", "size": 12, "eTag": "e", "sequencer": "0A"},
                },
            }
        ]
    },
]


def handler(event, context):
    if "detail" in event:
        bus = EventBridgeEvent(event)
        return [bus.detail_type, bus.detail, bus.source, bus.get_id, bus.time]
    source = event["Records"][0].get("eventSource") or event["Records"][0]["EventSource"]
    if source == "aws:sqs":
        return [
            [record.body, record.event_source_arn, record.attributes.sender_id] for record in SQSEvent(event).records
        ]
    if source == "aws:sns":
        record = next(SNSEvent(event).records)
        return [record.sns.message, record.sns.subject, SNSEvent(event).sns_message]
    uploads = S3Event(event)
    record = uploads.record
    return [uploads.bucket_name, unquote_plus(record.s3.get_object.key), uploads.object_key, record.s3.get_object.size]
