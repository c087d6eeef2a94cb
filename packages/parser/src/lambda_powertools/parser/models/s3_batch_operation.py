# ruff: noqa: N815  # the names are the keys of the event
"""Events of S3 Batch Operations.

The format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
"""

from typing import Any, Literal

from pydantic import model_validator

from lambda_powertools.parser._model import EventModel


class S3BatchOperationTaskModel(EventModel):
    """One object to work on."""

    taskId: str
    s3Key: str
    s3VersionId: str | None = None
    s3BucketArn: str | None = None
    s3Bucket: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_bucket(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("s3BucketArn"), str) and not value.get("s3Bucket"):
            return {**value, "s3Bucket": value["s3BucketArn"].partition(":::")[2]}
        return value


class S3BatchOperationJobModel(EventModel):
    """The job that the tasks belong to."""

    id: str
    userArguments: dict[str, Any] | None = None


class S3BatchOperationModel(EventModel):
    """The tasks of one invocation."""

    invocationId: str
    invocationSchemaVersion: Literal["1.0", "2.0"]
    job: S3BatchOperationJobModel
    tasks: list[S3BatchOperationTaskModel]
