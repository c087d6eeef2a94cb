from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import sys
import traceback
from unittest.mock import MagicMock

import pytest
from batch_support import ALL, event, number_of, processor_for, record, reported, run

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BatchProcessingError,
    BatchProcessor,
    EventType,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.testing import make_context

WAYS = ["one by one", "threads", "tasks"]


def fail_on(*numbers):
    """Return a record handler that fails for these records and returns the number of the others."""

    def handle(record):
        if number_of(record) in numbers:
            raise ValueError(f"boom {number_of(record)}")
        return number_of(record)

    return handle


def outcomes_of(processor, count, handler):
    """Process SQS records in a with block and return what became of each."""
    records = [record(EventType.SQS, index) for index in range(count)]
    with processor(records, handler):
        return processor.async_process() if isinstance(processor, AsyncBatchProcessor) else processor.process()


@pytest.mark.parametrize("way", WAYS)
def test_each_record_gives_one_tuple_in_order(way):
    """BAT-11/12/13/27: what became of each record comes back in the order of the records, whatever finished first."""
    processor = processor_for(way, EventType.SQS)
    plain = fail_on(1, 3)

    async def handle(record):
        await asyncio.sleep(0.001 * (5 - number_of(record)))
        return plain(record)

    outcomes = outcomes_of(processor, 5, handle if way == "tasks" else plain)

    assert [outcome[0] for outcome in outcomes] == ["success", "fail", "success", "fail", "success"]
    assert outcomes[2] == ("success", 2, record(EventType.SQS, 2))
    assert outcomes[1][1] == "<class 'ValueError'>:boom 1"
    assert [one.message_id for one in processor.fail_messages] == ["id-1", "id-3"]
    assert [str(exception[1]) for exception in processor.exceptions] == ["boom 1", "boom 3"]
    assert all(exception[0] is ValueError and exception[2] is not None for exception in processor.exceptions)
    assert processor.success_messages == [record(EventType.SQS, index) for index in (0, 2, 4)]
    assert processor.response()["batchItemFailures"] == [{"itemIdentifier": "id-1"}, {"itemIdentifier": "id-3"}]


@pytest.mark.parametrize("way", ["one by one", "threads"])
def test_the_context_goes_to_a_handler_that_asks_for_it(way):
    """BAT-8: a parameter named lambda_context gets the context, where one was given."""
    seen, context = [], make_context()

    def handle(record, lambda_context=None):
        seen.append(lambda_context)

    given = event(EventType.SQS, 1)
    process_partial_response(given, handle, processor_for(way, EventType.SQS), context)
    process_partial_response(given, handle, processor_for(way, EventType.SQS))
    process_partial_response(given, lambda record: seen.append("none"), processor_for(way, EventType.SQS), context)

    assert seen == [context, None, "none"]


def test_an_asynchronous_handler_gets_the_context_too():
    """BAT-8: the same holds for coroutine functions."""
    seen, context = [], make_context()

    async def handle(record, lambda_context):
        seen.append(lambda_context)

    async_process_partial_response(event(EventType.SQS, 2), handle, AsyncBatchProcessor(EventType.SQS), context)

    assert seen == [context, context]


def takes_other(message):
    return message.message_id


def takes_positional_only(record, /):
    return record.message_id


def takes_any(*records):
    return records[0].message_id


def takes_keywords(**given):
    return given["record"].message_id


def takes_second(prefix, record):
    return prefix + record.message_id


class Handlers:
    """Record handlers that are methods."""

    def method(self, message):
        return message.message_id

    def __call__(self, record):
        return record.message_id


def decorated(function):
    """A decorator whose wrapper says nothing of the parameters."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize(
    "handler",
    [
        takes_other,
        takes_positional_only,
        takes_any,
        takes_keywords,
        functools.partial(takes_second, ""),
        functools.partial(takes_second, prefix=""),
        Handlers().method,
        Handlers(),
        decorated(takes_other),
        decorated(takes_keywords),
        lambda record: record.message_id,
        lambda one: one.message_id,
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_the_record_reaches_a_handler_whatever_its_parameter_is_called(way, handler):
    """BAT-9: by keyword where there is a parameter record or **, else by position."""
    [outcome] = outcomes_of(processor_for(way, EventType.SQS), 1, handler)

    assert outcome[:2] == ("success", "id-0")


def test_a_mock_serves_as_record_handler():
    """BAT-9: an object that could take anything is called with record= alone."""
    handler = MagicMock(return_value=7)

    process_partial_response(event(EventType.SQS, 1), handler, BatchProcessor(EventType.SQS), make_context())

    [call] = handler.call_args_list
    assert call.args == ()
    assert list(call.kwargs) == ["record"]


@pytest.mark.parametrize("wrong", [None, 7, "handler"])
def test_what_cannot_be_called_is_no_record_handler(wrong):
    """A record handler that is none is an error before any record."""
    with pytest.raises(BatchConfigurationError, match="a record handler is a function"):
        process_partial_response(event(EventType.SQS, 1), wrong, BatchProcessor(EventType.SQS))


def test_a_generator_function_is_no_record_handler():
    """Calling it would run nothing, and every record would be taken for done."""

    def handle(record):
        yield record

    with pytest.raises(BatchConfigurationError, match="has a yield"):
        process_partial_response(event(EventType.SQS, 1), handle, BatchProcessor(EventType.SQS))


@pytest.mark.parametrize("way", ["one by one", "threads"])
def test_a_coroutine_function_under_the_plain_processor_is_run_to_its_end(way):
    """A record is not acknowledged because its coroutine was made: it is awaited, and its failure counts."""
    done = []

    async def handle(record):
        await asyncio.sleep(0)
        if number_of(record) == 1:
            raise ValueError
        done.append(number_of(record))

    response = process_partial_response(event(EventType.SQS, 3), handle, processor_for(way, EventType.SQS))

    assert reported(EventType.SQS, response) == [1]
    assert sorted(done) == [0, 2]


def test_entering_clears_what_the_batch_before_left():
    """BAT-10/26: the outcome of a batch has no influence on the next one."""
    processor = BatchProcessor(EventType.SQS)
    given = event(EventType.SQS, 2)

    first = process_partial_response(given, fail_on(0), processor)
    second = process_partial_response(given, fail_on(), processor)

    assert first == {"batchItemFailures": [{"itemIdentifier": "id-0"}]}
    assert second == {"batchItemFailures": []}
    assert processor.fail_messages == []
    assert processor.exceptions == []


def test_a_response_that_was_handed_out_never_changes():
    """BAT-10: the default response is copied, so neither a later batch nor its receiver changes another's."""
    processor = BatchProcessor(EventType.SQS)
    given = event(EventType.SQS, 2)

    first = process_partial_response(given, fail_on(), processor)
    first["batchItemFailures"].append({"itemIdentifier": "mine"})
    second = process_partial_response(given, fail_on(), processor)
    process_partial_response(given, fail_on(1), processor)

    assert second == {"batchItemFailures": []}
    assert BatchProcessor.DEFAULT_RESPONSE == {"batchItemFailures": []}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_what_is_no_exception_leaves_at_once_and_takes_no_record_for_done(way, kind):
    """BAT-14: the processor is left, what was not handled is in its response, and the next batch is whole."""
    processor = processor_for(way, EventType.SQS, **({"max_concurrency": 1} if way == "tasks" else {}))

    def handle(record):
        if number_of(record) == 2:
            raise kind
        return number_of(record)

    async def handle_async(record):
        return handle(record)

    with pytest.raises(kind):
        outcomes_of(processor, 5, handle_async if way == "tasks" else handle)

    failed = reported(EventType.SQS, processor.response())
    assert failed == [number for number in range(5) if record(EventType.SQS, number) not in processor.success_messages]
    assert {2} <= set(failed)
    assert len(outcomes_of(processor, 3, fail_on())) == 3
    assert processor.response() == {"batchItemFailures": []}


def test_an_exception_of_the_with_block_goes_on_and_the_batch_is_concluded():
    """BAT-10: __exit__ cleans up and swallows nothing."""
    processor = BatchProcessor(EventType.SQS)

    def process_and_fail():
        with processor([record(EventType.SQS, index) for index in (0, 1)], fail_on(1)):
            processor.process()
            raise LookupError

    with pytest.raises(LookupError):
        process_and_fail()

    assert processor.response() == {"batchItemFailures": [{"itemIdentifier": "id-1"}]}


def test_the_processor_is_returned_by_calling_and_entering_it():
    """BAT-7: `with processor(records, handler) as same` gives the processor, with its records and handler."""
    processor, handler, records = BatchProcessor(EventType.SQS), fail_on(), [record(EventType.SQS, 0)]

    with processor(records, handler, lambda_context="context") as same:
        assert same is processor
        assert same.records == records
        assert same.handler is handler
        assert same.lambda_context == "context"
        same.process()

    assert processor.records == []
    assert not hasattr(processor, "lambda_context")


def test_lambda_context_is_an_attribute_only_where_one_was_given():
    """Without a context there is no attribute lambda_context."""
    processor = BatchProcessor(EventType.SQS)

    with processor([record(EventType.SQS, 0)], fail_on()):
        assert not hasattr(processor, "lambda_context")
        processor.process()


@pytest.mark.parametrize("way", WAYS)
def test_failures_are_logged_where_a_logger_is_given(way, caplog):
    """BAT-19: each failed record is one warning with its traceback; without a logger nothing above DEBUG is written."""
    logger = logging.getLogger("test.batch")

    with caplog.at_level(logging.DEBUG, "test.batch"):
        run(processor_for(way, EventType.SQS, logger=logger), event(EventType.SQS, 3), fail_on(0, 2))
        warnings = [one for one in caplog.records if one.levelno == logging.WARNING]
        run(processor_for(way, EventType.SQS), event(EventType.SQS, 3), fail_on(0, 2))

    assert sorted(str(one.exc_info[1]) for one in warnings) == ["boom 0", "boom 2"]
    assert len({one.getMessage() for one in warnings}) == 1
    assert "failed" in warnings[0].getMessage()
    assert "skip" in warnings[0].getMessage()
    assert [one for one in caplog.records if one.levelno > logging.DEBUG] == warnings


@pytest.mark.parametrize("way", WAYS)
def test_a_batch_that_fails_entirely_is_an_error(way):
    """BAT-23/24/26: its text holds a summary and every traceback; it is raised each time; the response stays empty."""
    processor = processor_for(way, EventType.SQS)

    for _ in range(2):
        with pytest.raises(BatchProcessingError) as caught:
            run(processor, event(EventType.SQS, 3), fail_on(0, 1, 2))

        error = caught.value
        assert error.msg == "All records failed processing. 3 individual errors logged separately below."
        assert str(error).startswith(error.msg)
        assert [str(child[1]) for child in error.child_exceptions] == ["boom 0", "boom 1", "boom 2"]
        for child in error.child_exceptions:
            assert "".join(traceback.format_exception(*child)) in str(error)
        assert processor.batch_response == {"batchItemFailures": []}


@pytest.mark.parametrize("way", WAYS)
def test_a_batch_that_fails_entirely_may_be_reported_instead(way):
    """BAT-23: with raise_on_entire_batch_failure=False every identifier is in the response."""
    processor = processor_for(way, EventType.SQS, raise_on_entire_batch_failure=False)

    assert reported(EventType.SQS, run(processor, event(EventType.SQS, 3), fail_on(0, 1, 2))) == [0, 1, 2]


def test_an_error_of_a_batch_has_children_even_if_none_are_given():
    """BAT-24: child_exceptions is a list, never None; the text of an error without any is its message."""
    error = BatchProcessingError("gone wrong")

    assert (error.child_exceptions, str(error), error.msg) == ([], "gone wrong", "gone wrong")
    assert error.format_exceptions("parent") == "parent"


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
@pytest.mark.parametrize("way", WAYS)
def test_no_failure_is_an_empty_report(event_type, way):
    """BAT-20: where all goes well nothing is reported, for every source."""
    response = run(processor_for(way, event_type), event(event_type, 3), lambda record: "{}")

    assert reported(event_type, response) == []


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        (EventType.SQS, "id-1"),
        (EventType.KinesisDataStreams, "id-1"),
        (EventType.DynamoDBStreams, "id-1"),
        (EventType.Kafka, {"partition": "orders-0", "offset": 1}),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_identifiers_are_those_of_the_source(event_type, expected, way):
    """BAT-21/22: one entry per failed record, in the form that Lambda reads."""
    response = run(processor_for(way, event_type), event(event_type, 3), fail_on(1))

    assert response == {"batchItemFailures": [{"itemIdentifier": expected}]}


def test_the_first_offset_of_a_partition_is_an_identifier():
    """BAT-22: offset 0 is reported like any other."""
    response = run(BatchProcessor(EventType.Kafka), event(EventType.Kafka, 2), fail_on(0))

    assert response == {"batchItemFailures": [{"itemIdentifier": {"partition": "orders-0", "offset": 0}}]}


@pytest.mark.parametrize(
    ("event_type", "broken"),
    [
        (EventType.SQS, {"body": "no id"}),
        (EventType.SQS, {"messageId": ""}),
        (EventType.SQS, {"messageId": None}),
        (EventType.SQS, {"messageId": 7}),
        (EventType.KinesisDataStreams, {"kinesis": {}}),
        (EventType.KinesisDataStreams, {}),
        (EventType.DynamoDBStreams, {"dynamodb": None}),
        (EventType.Kafka, {"topic": "orders", "partition": 0}),
        (EventType.Kafka, {"topic": "", "partition": 0, "offset": 1}),
        (EventType.Kafka, {"topic": "orders", "partition": 0, "offset": "1"}),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_failed_record_without_identifier_fails_the_batch_and_the_others_go_on(event_type, broken, way):
    """No response holds an empty identifier; the error names the place of the record and holds what failed."""
    good, handled = record(event_type, 8), []

    def handle(record):
        raw = record.raw_event
        if raw == good:
            handled.append(raw)
            return
        raise ValueError

    given = {"records": {"orders-0": [broken, good]}} if event_type is EventType.Kafka else {"Records": [broken, good]}
    with pytest.raises(BatchProcessingError, match="record at index 0") as caught:
        run(processor_for(way, event_type), given, handle)

    assert handled == [good]
    assert len(caught.value.child_exceptions) == 1


def test_a_record_without_identifier_that_was_handled_is_no_matter():
    """Only what failed needs an identifier."""
    assert run(BatchProcessor(EventType.SQS), {"Records": [{"body": "x"}]}, lambda record: None) == {
        "batchItemFailures": []
    }


def test_nothing_of_the_batch_is_kept_alive_but_what_became_of_it():
    """After the batch the processor holds neither the handler nor the context nor the list of records."""
    import gc
    import weakref

    processor, context = BatchProcessor(EventType.SQS), make_context()

    def handle(record, lambda_context):
        return None

    process_partial_response(event(EventType.SQS, 2), handle, processor, context)
    references = [weakref.ref(handle), weakref.ref(context)]
    del handle, context
    gc.collect()

    assert [reference() for reference in references] == [None, None]
    assert len(processor.success_messages) == 2


def test_the_failure_of_a_record_is_the_exception_being_handled():
    """BAT-40: sys.exc_info() is the record's exception while failure_handler runs, however records are handled."""
    for way, parent in (("one by one", BatchProcessor), ("threads", BatchProcessor), ("tasks", AsyncBatchProcessor)):
        seen = []

        class Tracking(parent):
            def failure_handler(self, record, exception, seen=seen):
                seen.append((sys.exc_info()[1], exception[1]))
                return super().failure_handler(record, exception)

        with contextlib.suppress(BatchProcessingError):
            processor = Tracking(EventType.SQS, max_concurrency=2 if way == "threads" else None)
            run(processor, event(EventType.SQS, 1), fail_on(0))
        [(handled, told)] = seen
        assert handled is told
        assert str(told) == "boom 0"
