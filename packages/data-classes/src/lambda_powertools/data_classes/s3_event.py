"""Events of Amazon S3: notifications, directly or through EventBridge.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import (
    default,
    first_of,
    first_wrapped,
    optional,
    optional_wrapped,
    required,
    wrapped,
    wrapped_iter,
)
from lambda_powertools.data_classes._payload import decode_key
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.event_bridge_event import EventBridgeEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class S3Identity(DictWrapper):
    """Who did something, or owns something."""

    principal_id = required("principalId", str)


class S3RequestParameters(DictWrapper):
    """The request that caused the event."""

    source_ip_address = required("sourceIPAddress", str)


class S3Bucket(DictWrapper):
    """A bucket."""

    name = required("name", str)
    owner_identity = wrapped("ownerIdentity", S3Identity)
    arn = required("arn", str)


class S3Object(DictWrapper):
    """An object."""

    key = required("key", str, doc="The key as the notification writes it: encoded as in a form.")
    raw_key = required("key", str, doc="The same as `key`, under the name that it has where `key` is decoded.")
    size = required("size", int, doc="In bytes; events of removed objects have none.")
    etag = default("eTag", str)
    version_id = optional("versionId", str)
    sequencer = required("sequencer", str, doc="Tells which of two events about one key came first.")


class S3Message(DictWrapper):
    """The bucket and the object that an event is about."""

    s3_schema_version = required("s3SchemaVersion", str)
    configuration_id = required("configurationId", str)
    bucket = wrapped("bucket", S3Bucket)

    @property
    def get_object(self) -> S3Object:
        """The object."""
        return S3Object(_object_of(self._data), self._json_deserializer)


def _object_of(message: dict[str, Any]) -> dict[str, Any]:
    """Find the object, which events of Intelligent-Tiering have under a name of their own."""
    found: dict[str, Any] | None = message.get("get_object")
    return message["object"] if found is None else found


class S3EventRecordGlacierRestoreEventData(DictWrapper):
    """How long a restored object stays, and where."""

    lifecycle_restoration_expiry_time = required("lifecycleRestorationExpiryTime", str)
    lifecycle_restore_storage_class = required("lifecycleRestoreStorageClass", str)


class S3EventRecordGlacierEventData(DictWrapper):
    """What events of restored objects have."""

    restore_event_data = wrapped("restoreEventData", S3EventRecordGlacierRestoreEventData)


class S3EventRecordIntelligentTieringEventData(DictWrapper):
    """What events of Intelligent-Tiering have."""

    destination_access_tier = required("destinationAccessTier", str)


class S3EventRecord(DictWrapper):
    """One thing that happened to an object."""

    event_version = required("eventVersion", str)
    event_source = required("eventSource", str)
    aws_region = required("awsRegion", str)
    event_time = required("eventTime", str)
    event_name = required("eventName", str)
    user_identity = wrapped("userIdentity", S3Identity)
    request_parameters = wrapped("requestParameters", S3RequestParameters)
    response_elements = required("responseElements", dict[str, str])
    s3 = wrapped("s3", S3Message)
    glacier_event_data = optional_wrapped("glacierEventData", S3EventRecordGlacierEventData)
    intelligent_tiering_event_data = optional_wrapped(
        "intelligentTieringEventData", S3EventRecordIntelligentTieringEventData
    )


class S3Event(DictWrapper):
    """A notification.

    Example:
        >>> s3 = {"bucket": {"name": "photos"}, "object": {"key": "summer+2024/caf%C3%A9.jpg"}}
        >>> event = S3Event({"Records": [{"s3": s3}]})
        >>> event.bucket_name, event.object_key
        ('photos', 'summer 2024/café.jpg')
    """

    records = wrapped_iter("Records", S3EventRecord)
    record = first_wrapped("Records", S3EventRecord)

    @property
    def bucket_name(self) -> str:
        """Name of the bucket of the first record."""
        name: str = first_of(self._data, "Records")["s3"]["bucket"]["name"]
        return name

    @property
    def object_key(self) -> str:
        """Key of the object of the first record, decoded."""
        return decode_key(_object_of(first_of(self._data, "Records")["s3"])["key"])


class S3EventNotificationEventBridgeBucket(DictWrapper):
    """A bucket, as EventBridge tells of it."""

    name = required("name", str)


class S3EventBridgeNotificationObject(DictWrapper):
    """An object, as EventBridge tells of it."""

    raw_key = required("key", str, doc="The key as the event has it; the right one if that was not encoded.")
    size = optional("size", int, doc="In bytes.")
    etag = default("etag", str)
    version_id = required("version-id", str)
    sequencer = required("sequencer", str, doc="Tells which of two events about one key came first.")

    @property
    def key(self) -> str:
        """The key, decoded as in a form: a literal plus or percent sign in a key that was not encoded is damaged."""
        return decode_key(self.raw_key)


class S3EventBridgeNotificationDetail(DictWrapper):
    """What happened to an object."""

    version = required("version", str)
    bucket = wrapped("bucket", S3EventNotificationEventBridgeBucket)
    object = wrapped("object", S3EventBridgeNotificationObject)
    request_id = required("request-id", str)
    requester = required("requester", str)
    source_ip_address = optional("source-ip-address", str)
    reason = optional("reason", str)
    deletion_type = optional("deletion-type", str)
    restore_expiry_time = optional("restore-expiry-time", str)
    source_storage_class = optional("source-storage-class", str)
    destination_storage_class = optional("destination-storage-class", str)
    destination_access_tier = optional("destination-access-tier", str)


class S3EventBridgeNotificationEvent(EventBridgeEvent):
    """A notification that came through EventBridge.

    Example:
        >>> detail = {"bucket": {"name": "photos"}, "object": {"key": "summer.jpg"}}
        >>> event = S3EventBridgeNotificationEvent({"detail-type": "Object Created", "detail": detail})
        >>> event.detail.bucket.name, event.detail.object.key
        ('photos', 'summer.jpg')
    """

    detail = wrapped("detail", S3EventBridgeNotificationDetail)  # type: ignore[assignment]  # still a mapping of the same keys
