from __future__ import annotations

import threading

import pytest
from batch_support import EventType, number_of, record, reported

from lambda_powertools.batch import BatchProcessingError, SqsFifoPartialProcessor, process_partial_response
from lambda_powertools.batch.exceptions import (
    BatchConfigurationError,
    SQSFifoCircuitBreakerError,
    SQSFifoMessageGroupCircuitBreakerError,
)


def messages(*groups):
    """Return an event with one message for each group."""
    return {"Records": [record(EventType.SQS, index, group) for index, group in enumerate(groups)]}


def handler_failing(*numbers):
    """Return a record handler that fails for these, and the list of what it was called with."""
    seen = []

    def handle(record):
        seen.append(number_of(record))
        if seen[-1] in numbers:
            raise ValueError("boom")

    return handle, seen


def test_after_a_failure_nothing_else_is_handled():
    """BAT-30: the rest is failed with an error of its own, and reported."""
    handle, seen = handler_failing(1)
    processor = SqsFifoPartialProcessor()

    response = process_partial_response(messages("a", "b", "c", "d"), handle, processor)

    assert seen == [0, 1]
    assert reported(EventType.SQS, response) == [1, 2, 3]
    assert [exception[0] for exception in processor.exceptions] == [ValueError, *[SQSFifoCircuitBreakerError] * 2]
    assert "a previous record failed processing" in str(processor.exceptions[-1][1])
    assert processor.exceptions[-1][2] is None


def test_a_failure_of_the_first_message_fails_the_batch():
    """BAT-30/34: everything has failed then, which is raised, or reported where that is wanted."""
    handle, seen = handler_failing(0)

    with pytest.raises(BatchProcessingError):
        process_partial_response(messages("a", "b"), handle, SqsFifoPartialProcessor())
    response = process_partial_response(
        messages("a", "b"), handle, SqsFifoPartialProcessor(raise_on_entire_batch_failure=False)
    )

    assert seen == [0, 0]
    assert reported(EventType.SQS, response) == [0, 1]


def test_a_failure_may_concern_its_group_alone():
    """BAT-31: later messages of the group are failed with an error of their own, other groups go on."""
    handle, seen = handler_failing(1)
    processor = SqsFifoPartialProcessor(skip_group_on_error=True)

    response = process_partial_response(messages("a", "b", "a", "b", "b", "c"), handle, processor)

    assert seen == [0, 1, 2, 5]
    assert reported(EventType.SQS, response) == [1, 3, 4]
    assert [exception[0] for exception in processor.exceptions[1:]] == [SQSFifoMessageGroupCircuitBreakerError] * 2


@pytest.mark.parametrize("without", [{}, *({"attributes": one} for one in ({}, None, {"MessageGroupId": ""}))])
def test_a_message_without_a_group_is_alone(without):
    """BAT-31: it neither trips a group nor belongs to one, and its attributes may be missing."""
    handle, seen = handler_failing(0)
    records = [{"messageId": f"id-{index}", "body": "", **without} for index in range(3)]

    response = process_partial_response({"Records": records}, handle, SqsFifoPartialProcessor(skip_group_on_error=True))

    assert seen == [0, 1, 2]
    assert reported(EventType.SQS, response) == [0]


@pytest.mark.parametrize("skip", [False, True])
def test_what_failed_in_a_batch_does_not_concern_the_next(skip):
    """BAT-32: failures and groups are forgotten, also when the batch ended with an error."""
    processor = SqsFifoPartialProcessor(skip_group_on_error=skip)
    with pytest.raises(BatchProcessingError):
        process_partial_response(messages("a", "a"), handler_failing(0, 1)[0], processor)

    handle, seen = handler_failing()
    assert process_partial_response(messages("a", "a"), handle, processor) == {"batchItemFailures": []}
    assert seen == [0, 1]


def test_skipped_messages_are_not_logged(caplog):
    """BAT-19: only the message that really failed gives a warning."""
    import logging

    processor = SqsFifoPartialProcessor(logger=logging.getLogger("test.fifo"))

    process_partial_response(messages("a", "a", "a"), handler_failing(1)[0], processor)

    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1


def test_groups_are_handled_at_once_each_in_its_order():
    """With max_concurrency two groups run in two threads, and no message overtakes another of its group."""
    both, seen, lock = threading.Barrier(2, timeout=5), {"a": [], "b": []}, threading.Lock()

    def handle(record):
        group = record.attributes.message_group_id
        if not seen[group]:
            both.wait()
        with lock:
            seen[group].append(number_of(record))

    processor = SqsFifoPartialProcessor(skip_group_on_error=True, max_concurrency=2)
    process_partial_response(messages("a", "b", "a", "b", "a"), handle, processor)

    assert seen == {"a": [0, 2, 4], "b": [1, 3]}


def test_one_order_of_messages_cannot_be_handled_in_threads():
    """Without groups a second thread would break the order."""
    with pytest.raises(BatchConfigurationError, match="max_concurrency is 2"):
        SqsFifoPartialProcessor(max_concurrency=2)


def test_the_event_type_is_always_sqs():
    """The processor of FIFO queues needs no event type."""
    assert SqsFifoPartialProcessor().event_type is EventType.SQS
