import pytest

from lambda_powertools.data_classes import S3BatchOperationEvent, S3Event, S3EventBridgeNotificationEvent
from lambda_powertools.data_classes.event_bridge_event import EventBridgeEvent
from lambda_powertools.data_classes.s3_batch_operation_event import S3BatchOperationTask
from lambda_powertools.data_classes.s3_event import (
    S3EventBridgeNotificationDetail,
    S3EventBridgeNotificationObject,
    S3EventRecord,
)
from lambda_powertools.data_classes.s3_object_event import S3ObjectLambdaEvent


def notification(message):
    return S3Event({"Records": [{"s3": message}]})


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [("plain.txt", "plain.txt"), ("a+b%2Bc/%C3%A9.jpg", "a b+c/é.jpg"), ("100%25", "100%")],
)
def test_keys_of_notifications_are_encoded_as_forms(raw, decoded):
    """T-12: the object's key is as the event has it; the shortcut and the task of a batch job decode it."""
    event = notification({"object": {"key": raw}})
    task = S3BatchOperationTask({"s3Key": raw})

    assert (event.record.s3.get_object.key, event.record.s3.get_object.raw_key) == (raw, raw)
    assert event.object_key == decoded
    assert (task.s3_key, task.raw_key) == (decoded, raw)


def test_key_through_eventbridge():
    """T-12: the key is decoded as it always was, and as the event has it under `raw_key`."""
    found = S3EventBridgeNotificationObject({"key": "a+b 100%"})

    assert (found.key, found.raw_key) == ("a b 100%", "a+b 100%")


def test_object_of_an_intelligent_tiering_event():
    """Section 2.3: such events have their object under a name of its own, which comes first."""
    event = notification({"get_object": {"key": "a+b"}, "object": {"key": "other"}})

    assert event.record.s3.get_object.raw_event == {"key": "a+b"}
    assert event.object_key == "a b"


def test_missing_object():
    """DC-3: an event without an object is a KeyError that names the usual key."""
    with pytest.raises(KeyError, match="object"):
        _ = notification({}).record.s3.get_object


def test_glacier_and_tiering_data():
    """Section 2.3: what restores and tiering add to a record."""
    restore = {"lifecycleRestorationExpiryTime": "1970-01-01T00:01:00.000Z", "lifecycleRestoreStorageClass": "x"}
    record = S3EventRecord(
        {
            "glacierEventData": {"restoreEventData": restore},
            "intelligentTieringEventData": {"destinationAccessTier": "ARCHIVE_ACCESS"},
        }
    )

    assert record.glacier_event_data.restore_event_data.lifecycle_restore_storage_class == "x"
    assert record.intelligent_tiering_event_data.destination_access_tier == "ARCHIVE_ACCESS"


@pytest.mark.parametrize("name", ["record", "bucket_name", "object_key"])
def test_notification_without_records(name):
    """T-5: the shortcuts of an empty event are an IndexError that says so."""
    with pytest.raises(IndexError, match="Records of the event is empty"):
        getattr(S3Event({"Records": []}), name)


def test_notification_through_eventbridge():
    """Section 2.3: the detail is wrapped, its keys have hyphens, and the rest is an EventBridge event."""
    event = S3EventBridgeNotificationEvent(
        {
            "source": "aws.s3",
            "detail": {
                "bucket": {"name": "photos"},
                "object": {"key": "a", "version-id": "v", "sequencer": "1"},
                "request-id": "r",
                "deletion-type": "Delete Marker Created",
            },
        }
    )

    assert isinstance(event, EventBridgeEvent)
    assert type(event.detail) is S3EventBridgeNotificationDetail
    assert (event.source, event.detail.bucket.name, event.detail.request_id) == ("aws.s3", "photos", "r")
    assert (event.detail.object.version_id, event.detail.object.etag, event.detail.object.size) == ("v", "", None)
    assert event.detail["bucket"] == {"name": "photos"}


@pytest.mark.parametrize(
    "data",
    [
        {"s3BucketArn": "arn:aws:s3:::photos"},
        {"s3BucketArn": "arn:aws-cn:s3:::photos", "s3Bucket": "not asked for"},
        {"s3Bucket": "photos"},
        {"s3Bucket": "photos", "s3BucketArn": None},
    ],
)
def test_bucket_of_a_batch_task(data):
    """Section 2.3: the bucket is in the ARN of schema 1.0, or has a key of its own in schema 2.0."""
    assert S3BatchOperationTask(data).s3_bucket == "photos"


def test_batch_task_without_a_bucket():
    """DC-3: without either, the key of schema 2.0 is named."""
    with pytest.raises(KeyError, match="s3Bucket"):
        _ = S3BatchOperationTask({}).s3_bucket


def test_batch_event_of_schema_2():
    """Section 2.3: schema 2.0 has arguments of the user."""
    event = S3BatchOperationEvent({"invocationSchemaVersion": "2.0", "job": {"id": "j", "userArguments": {"a": "1"}}})

    assert (event.invocation_schema_version, event.job.user_arguments) == ("2.0", {"a": "1"})


def test_object_lambda():
    """Section 2.3: shortcuts lead to the object context, and the headers of the client are case-insensitive."""
    event = S3ObjectLambdaEvent(
        {
            "xAmzRequestId": "r",
            "getObjectContext": {"inputS3Url": "https://s3", "outputRoute": "route", "outputToken": "token"},
            "userRequest": {"url": "/a", "headers": {"Accept-Encoding": "identity"}},
            "userIdentity": {"type": "AssumedRole", "sessionContext": {"attributes": {"mfaAuthenticated": "false"}}},
        }
    )

    assert (event.request_id, event.request_route, event.request_token) == ("r", "route", "token")
    assert event.input_s3_url == event.object_context.input_s3_url == "https://s3"
    assert event.user_request.headers["accept-encoding"] == "identity"
    assert event.user_identity.session_context.attributes.mfa_authenticated == "false"
