# ruff: noqa: N815  # the names are the keys of the event
"""Events of DynamoDB streams, and what Lambda tells of a failed batch.

The format: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.alias_generators import to_camel

from lambda_powertools.parser._dynamodb import plain_item
from lambda_powertools.parser._model import EventModel


class DynamoDBStreamChangedRecordModel(EventModel):
    """What changed: keys and images, with their values as Python objects."""

    ApproximateCreationDateTime: datetime | None = None
    Keys: dict[str, Any]
    NewImage: dict[str, Any] | type[BaseModel] | BaseModel | None = None
    OldImage: dict[str, Any] | type[BaseModel] | BaseModel | None = None
    SequenceNumber: str
    SizeBytes: int
    StreamViewType: Literal["NEW_AND_OLD_IMAGES", "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE"]

    @field_validator("Keys", "NewImage", "OldImage", mode="before")
    @classmethod
    def _convert(cls, value: Any) -> Any:
        return plain_item(value)


class UserIdentity(EventModel):
    """The service that deleted an item whose time to live was over."""

    type: Literal["Service"]
    principalId: Literal["dynamodb.amazonaws.com"]


class DynamoDBStreamRecordModel(EventModel):
    """One change of an item."""

    eventID: str
    eventName: Literal["INSERT", "MODIFY", "REMOVE"]
    eventVersion: float
    eventSource: Literal["aws:dynamodb"]
    awsRegion: str
    eventSourceARN: str
    dynamodb: DynamoDBStreamChangedRecordModel
    userIdentity: UserIdentity | None = None


class DynamoDBStreamModel(EventModel):
    """Changes of items."""

    Records: list[DynamoDBStreamRecordModel]


class DDBStreamBatchInfo(EventModel):
    """Where the failed batch is in the stream."""

    model_config = ConfigDict(alias_generator=to_camel)

    approximate_arrival_of_first_record: datetime
    approximate_arrival_of_last_record: datetime
    batch_size: int
    end_sequence_number: str
    shard_id: str
    start_sequence_number: str
    stream_arn: str


class RequestContext(EventModel):
    """Which function failed, and how often."""

    model_config = ConfigDict(alias_generator=to_camel)

    approximate_invoke_count: int
    condition: str
    function_arn: str
    request_id: str


class ResponseContext(EventModel):
    """How the function ended."""

    model_config = ConfigDict(alias_generator=to_camel)

    executed_version: str
    function_error: str | None = None
    status_code: int


class DynamoDBStreamLambdaOnFailureDestinationModel(EventModel):
    """What Lambda sends to the destination for failed batches."""

    model_config = ConfigDict(alias_generator=to_camel)

    ddb_stream_batch_info: DDBStreamBatchInfo = Field(alias="DDBStreamBatchInfo")
    request_context: RequestContext
    response_context: ResponseContext
    timestamp: datetime
    version: str
