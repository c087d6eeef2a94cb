"""What is answered to each service when a batch is through."""

from __future__ import annotations

from lambda_powertools.batch._sources import SOURCES, Answer, EventType, identifier_of
from lambda_powertools.batch.exceptions import BatchProcessingError, RecordIdentifierError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from lambda_powertools.batch._run import Run


def build_response(event_type: EventType, run: Run, *, must_raise: bool) -> Any:
    """Return the response to a batch.

    Args:
        event_type: the service that sent it.
        run: the batch and what became of it.
        must_raise: whether it is an error that every record failed.

    Raises:
        BatchProcessingError: every record failed, or one did and the service takes no report of single records.
        RecordIdentifierError: a failed record cannot be reported.
    """
    answer = SOURCES[event_type].answer
    failed = len(run.exceptions)
    if must_raise and failed and failed == len(run.records) and event_type is not EventType.S3Batch:
        raise BatchProcessingError(
            f"All records failed processing. {failed} individual errors logged separately below.", run.exceptions
        )
    if answer is Answer.RESULTS:
        from lambda_powertools.batch._results import results_response

        return results_response(event_type, run)
    identifiers = list(_failed_identifiers(event_type, run)) if answer is Answer.FAILURES else []
    if answer is Answer.NOTHING and (failed or any(True for _ in _unfinished(run))):
        raise BatchProcessingError(
            f"{failed} of {len(run.records)} records failed processing. {event_type.name} takes no report of single "
            "records, so the whole batch is delivered again.",
            run.exceptions,
        )
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in identifiers]}


def _failed_identifiers(event_type: EventType, run: Run) -> Iterator[Any]:
    """Yield what names the failed records and those that were not processed, in the order of the batch."""
    source = SOURCES[event_type]
    failed = [(failure.index, failure.record) for failure in run.failures]
    known = {id(failure.message) for failure in run.failures}
    failed.extend((index, run.records[index]) for index in _unfinished(run))
    # What a processor of one's own put there itself has no place in the batch that would be known.
    added = [(len(run.records), _raw(message)) for message in run.fail_messages if id(message) not in known]
    told: list[Any] = []
    for index, record in [*sorted(failed, key=lambda pair: pair[0]), *added]:
        identifier = identifier_of(source, record)
        if identifier is None:
            raise RecordIdentifierError(
                f"the record at index {index} failed and has no identifier of {event_type.name}, so it cannot be "
                "reported: the whole batch is failed",
                run.exceptions,
            )
        if index < len(run.records) or identifier not in told:
            told.append(identifier)
            yield identifier


def _unfinished(run: Run) -> Iterator[int]:
    """Yield the places of records of which nothing became, as an exception ended the batch before."""
    if run.is_open:
        for index in range(len(run.records)):
            if index >= len(run.outcomes) or run.outcomes[index] is None:
                yield index


def _raw(message: Any) -> Any:
    """Return a failed record as the dictionary that it was made of, whatever class it is."""
    raw = getattr(message, "raw_event", message)
    dump = getattr(raw, "model_dump", None)
    return dump(by_alias=True) if callable(dump) else raw
