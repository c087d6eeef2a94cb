"""The responses to services that want a result for each record: Data Firehose and S3 Batch Operations.

https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
"""

from __future__ import annotations

from lambda_powertools.batch._sources import SOURCES, EventType, identifier_of
from lambda_powertools.batch.exceptions import RecordIdentifierError, RecordResultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.batch._run import Run

FIREHOSE_LIMIT = 6_000_000
"""Bytes of content that a response to Firehose holds at the most; Lambda takes 6 MB, names and quotes included."""

_RESULT_STRING = 1024
_ENVELOPE = 100


def results_response(event_type: EventType, run: Run) -> Any:
    """Return the result of each record.

    Raises:
        RecordIdentifierError: a record has no identifier.
    """
    identifiers = [_identifier(event_type, index, record) for index, record in enumerate(run.records)]
    outcomes = [*run.outcomes, *[None] * (len(run.records) - len(run.outcomes))]
    errors = {failure.index: _error_of(run, failure.message) for failure in run.failures}
    if event_type is EventType.S3Batch:
        results = [
            _task_result(identifier, outcome, errors.get(index))
            for index, (identifier, outcome) in enumerate(zip(identifiers, outcomes, strict=True))
        ]
        return {"treatMissingKeysAs": "TemporaryFailure", "results": results}
    return {"records": _firehose_records(run.records, identifiers, outcomes)}


def check_result(event_type: EventType, result: Any) -> Any:
    """Return what a record handler returned in the form that the service takes.

    Raises:
        RecordResultError: there is none.
    """
    built = result.asdict() if hasattr(result, "asdict") else None
    if event_type is EventType.S3Batch:
        if built is not None:
            return built
        return {"resultCode": "Succeeded", "resultString": "" if result is None else str(result)[:_RESULT_STRING]}
    if built is not None:
        return built
    return {"result": "Ok", "data": _encoded(result)}


def _encoded(result: Any) -> str:
    from base64 import b64encode

    if isinstance(result, str):
        return b64encode(result.encode()).decode()
    if isinstance(result, (bytes, bytearray)):
        return b64encode(result).decode()
    if isinstance(result, (dict, list)):
        from lambda_powertools.core.json import dumps

        return b64encode(dumps(result).encode()).decode()
    raise RecordResultError(
        f"the record handler returned {type(result).__name__}: return the new content as str, bytes, dict or list, or "
        "record.build_data_transformation_response(...), with result='Dropped' to leave the record out"
    )


def _identifier(event_type: EventType, index: int, record: Any) -> Any:
    identifier = identifier_of(SOURCES[event_type], record)
    if identifier is None:
        raise RecordIdentifierError(
            f"the record at index {index} has no identifier of {event_type.name}, so the service cannot be answered: "
            "the whole batch is failed"
        )
    return identifier


def _error_of(run: Run, message: Any) -> BaseException | None:
    for failed, exception in zip(run.fail_messages, run.exceptions, strict=False):
        if failed is message:
            return exception[1]
    return None


def _task_result(identifier: Any, outcome: Any, error: BaseException | None) -> dict[str, Any]:
    if outcome is not None and outcome[0] == "success":
        return {**check_result(EventType.S3Batch, outcome[1]), "taskId": identifier}
    # The type alone: the text may hold what is not to be in the report of a job.
    reason = "the task was not processed" if error is None else type(error).__name__
    return {"taskId": identifier, "resultCode": "TemporaryFailure", "resultString": reason[:_RESULT_STRING]}


def _firehose_records(records: list[Any], identifiers: list[Any], outcomes: list[Any]) -> list[dict[str, Any]]:
    # Every record may have to go back as it came, so that much is taken already.
    taken = sum(len(record.get("data") or "") + _ENVELOPE for record in records)
    results = []
    for record, identifier, outcome in zip(records, identifiers, outcomes, strict=True):
        original = record.get("data") or ""
        result = {"recordId": identifier, "result": "ProcessingFailed", "data": original}
        if outcome is not None and outcome[0] == "success":
            new = {**check_result(EventType.Firehose, outcome[1]), "recordId": identifier}
            size = taken + len(new["data"]) - len(original)
            if size <= FIREHOSE_LIMIT or len(new["data"]) <= len(original):
                result, taken = new, size
        results.append(result)
    return results
