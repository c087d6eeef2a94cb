"""Events of S3 Batch Operations, and the response to them.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.data_classes._builder import Builder, warn_unless_allowed
from lambda_powertools.data_classes._fields import default, first_wrapped, optional, required, wrapped, wrapped_iter
from lambda_powertools.data_classes._payload import decode_key
from lambda_powertools.data_classes._wrapper import DictWrapper

if TYPE_CHECKING:
    from lambda_powertools.data_classes._fields import Field

VALID_RESULT_CODES: tuple[str, str, str] = ("Succeeded", "TemporaryFailure", "PermanentFailure")
RESULT_CODE_TYPE = Literal["Succeeded", "TemporaryFailure", "PermanentFailure"]


class S3BatchOperationResponseRecord(Builder):
    """What became of a task.

    Args:
        task_id: the id of the task.
        result_code: `Succeeded`, `TemporaryFailure` (to be tried again) or `PermanentFailure`.
        result_string: a text for the report of the job.
    """

    def __init__(self, task_id: str, result_code: RESULT_CODE_TYPE, result_string: str | None = None) -> None:
        self.task_id = task_id
        self.result_code = result_code
        self.result_string = result_string

    def asdict(self) -> dict[str, Any]:
        """Return the result as S3 reads it, with a warning if S3 will refuse the code."""
        warn_unless_allowed(self.result_code, VALID_RESULT_CODES, f"The resultCode {self.result_code} is not valid")
        return {"taskId": self.task_id, "resultCode": self.result_code, "resultString": self.result_string}


class S3BatchOperationResponse(Builder):
    """What the function returns.

    Args:
        invocation_schema_version: as the event has it.
        invocation_id: as the event has it.
        treat_missing_keys_as: the code of keys that the response does not tell of.
        results: the result of the one task.

    Example:
        >>> task = S3BatchOperationTask({"taskId": "t-1"})
        >>> response = S3BatchOperationResponse("1.0", "i-1")
        >>> response.add_result(task.build_task_batch_response(result_string="done"))
        >>> response.asdict()["results"]
        [{'taskId': 't-1', 'resultCode': 'Succeeded', 'resultString': 'done'}]
    """

    def __init__(
        self,
        invocation_schema_version: str,
        invocation_id: str,
        treat_missing_keys_as: RESULT_CODE_TYPE = "Succeeded",
        results: list[S3BatchOperationResponseRecord] | None = None,
    ) -> None:
        warn_unless_allowed(
            treat_missing_keys_as,
            VALID_RESULT_CODES,
            f"The value {treat_missing_keys_as} is not valid for treat_missing_keys_as",
        )
        self.invocation_schema_version = invocation_schema_version
        self.invocation_id = invocation_id
        self.treat_missing_keys_as = treat_missing_keys_as
        self.results = [] if results is None else results

    def add_result(self, result: S3BatchOperationResponseRecord) -> None:
        """Append a result."""
        self.results.append(result)

    def asdict(self) -> dict[str, Any]:
        """Return the response as S3 reads it.

        Raises:
            ResponseResultsError: there is not exactly one result; S3 gives one task to an invocation.
        """
        if len(self.results) != 1:
            from lambda_powertools.data_classes.exceptions import ResponseResultsError

            raise ResponseResultsError(f"Response must have exactly one result, but got {len(self.results)}")
        return {
            "invocationSchemaVersion": self.invocation_schema_version,
            "treatMissingKeysAs": self.treat_missing_keys_as,
            "invocationId": self.invocation_id,
            "results": [result.asdict() for result in self.results],
        }


class S3BatchOperationJob(DictWrapper):
    """The job that a task belongs to."""

    get_id = required("id", str)
    user_arguments = default("userArguments", dict[str, str])


class S3BatchOperationTask(DictWrapper):
    """One object to work on."""

    task_id = required("taskId", str)
    raw_key = required("s3Key", str, doc="The key as the event writes it: encoded as in a form.")
    s3_version_id = optional("s3VersionId", str)
    s3_bucket_arn = optional("s3BucketArn", str, doc="Of the bucket, in schema version 1.0.")

    @property
    def s3_key(self) -> str:
        """Key of the object, decoded."""
        return decode_key(self.raw_key)

    @property
    def s3_bucket(self) -> str:
        """Name of the bucket, in any schema version."""
        arn = self.s3_bucket_arn
        return arn.split(":::")[-1] if arn else self._data["s3Bucket"]

    def build_task_batch_response(
        self, result_code: RESULT_CODE_TYPE = "Succeeded", result_string: str = ""
    ) -> S3BatchOperationResponseRecord:
        """Return the result of this task.

        Args:
            result_code: what became of it.
            result_string: a text for the report of the job.
        """
        return S3BatchOperationResponseRecord(self.task_id, result_code, result_string)


class S3BatchOperationEvent(DictWrapper):
    """A task of a batch job.

    Example:
        >>> event = S3BatchOperationEvent({"tasks": [{"s3Key": "a+b", "s3BucketArn": "arn:aws:s3:::photos"}]})
        >>> event.task.s3_bucket, event.task.s3_key
        ('photos', 'a b')
    """

    invocation_id = required("invocationId", str)
    invocation_schema_version: Field[Literal["1.0", "2.0"]] = required("invocationSchemaVersion")
    tasks = wrapped_iter("tasks", S3BatchOperationTask)
    task = first_wrapped("tasks", S3BatchOperationTask)
    job = wrapped("job", S3BatchOperationJob)
