# ruff: noqa: N815  # the names are the keys of the event
"""Event notifications of S3, sent directly or through EventBridge.

The format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from datetime import datetime
from typing import Literal

from pydantic import Field, IPvAnyNetwork, NonNegativeFloat, model_validator

from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.event_bridge import EventBridgeModel


class S3EventRecordGlacierRestoreEventData(EventModel):
    """How long a restored object stays, and where it came from."""

    lifecycleRestorationExpiryTime: datetime
    lifecycleRestoreStorageClass: str


class S3EventRecordGlacierEventData(EventModel):
    """What is known of a restored object."""

    restoreEventData: S3EventRecordGlacierRestoreEventData


class S3EventRecordIntelligentTieringEventData(EventModel):
    """The tier to which an object moved."""

    destinationAccessTier: str


class S3Identity(EventModel):
    """Who caused the event."""

    principalId: str


class S3RequestParameters(EventModel):
    """Where the request came from."""

    sourceIPAddress: IPvAnyNetwork | Literal["s3.amazonaws.com"]


class S3ResponseElements(EventModel):
    """The ids of the request, for AWS support."""

    x_amz_request_id: str = Field(alias="x-amz-request-id")
    x_amz_id_2: str = Field(alias="x-amz-id-2")


class S3OwnerIdentify(EventModel):
    """Who owns the bucket."""

    principalId: str


class S3Bucket(EventModel):
    """The bucket of an object."""

    name: str
    ownerIdentity: S3OwnerIdentify
    arn: str


class S3Object(EventModel):
    """The object: `size` and `eTag` are missing when it was deleted."""

    key: str
    size: NonNegativeFloat | None = None
    eTag: str | None = None
    sequencer: str | None = None
    versionId: str | None = None


class S3Message(EventModel):
    """Which object of which bucket."""

    s3SchemaVersion: str
    configurationId: str
    bucket: S3Bucket
    object: S3Object | None = None
    get_object: S3Object | None = None


class S3EventNotificationObjectModel(EventModel):
    """The object of an EventBridge notification."""

    key: str
    size: NonNegativeFloat | None = None
    etag: str = ""
    version_id: str | None = Field(default=None, alias="version-id")
    sequencer: str | None = None


class S3EventNotificationEventBridgeBucketModel(EventModel):
    """The bucket of an EventBridge notification."""

    name: str


class S3EventNotificationEventBridgeDetailModel(EventModel):
    """What happened to which object."""

    version: str
    bucket: S3EventNotificationEventBridgeBucketModel
    object: S3EventNotificationObjectModel
    request_id: str = Field(alias="request-id")
    requester: str
    source_ip_address: str | None = Field(default=None, alias="source-ip-address")
    reason: str | None = None
    deletion_type: str | None = Field(default=None, alias="deletion-type")
    restore_expiry_time: str | None = Field(default=None, alias="restore-expiry-time")
    source_storage_class: str | None = Field(default=None, alias="source-storage-class")
    destination_storage_class: str | None = Field(default=None, alias="destination-storage-class")
    destination_access_tier: str | None = Field(default=None, alias="destination-access-tier")


class S3EventNotificationEventBridgeModel(EventBridgeModel):
    """A notification sent through EventBridge."""

    detail: S3EventNotificationEventBridgeDetailModel


class S3RecordModel(EventModel):
    """One notification."""

    eventVersion: str
    eventSource: Literal["aws:s3"] = "aws:s3"
    awsRegion: str
    eventTime: datetime
    eventName: str
    userIdentity: S3Identity
    requestParameters: S3RequestParameters
    responseElements: S3ResponseElements
    s3: S3Message
    glacierEventData: S3EventRecordGlacierEventData | None = None
    intelligentTieringEventData: S3EventRecordIntelligentTieringEventData | None = None

    @model_validator(mode="after")
    def _check_object(self) -> "S3RecordModel":
        found = self.s3.object or self.s3.get_object
        if found is None:
            raise ValueError("the record names no object: s3.object, or s3.get_object, is missing")
        if ":Delete" not in self.eventName and (found.size is None or found.eTag is None):
            raise ValueError("the object's size and eTag are required unless the event is a deletion")
        return self


class S3Model(EventModel):
    """Notifications sent directly."""

    Records: list[S3RecordModel]
