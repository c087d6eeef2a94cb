from __future__ import annotations

import sys

import pytest
from batch_support import EventType, event, number_of, record, reported, run
from pydantic import BaseModel, Field

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BasePartialBatchProcessor,
    BasePartialProcessor,
    BatchProcessor,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.data_classes import SQSRecord


def fail_odd(record):
    if number_of(record) % 2:
        raise ValueError(number_of(record))
    return number_of(record)


@pytest.mark.parametrize("options", [{}, {"max_concurrency": 3}])
def test_success_and_failure_handlers_are_called_for_each_record(options):
    """BAT-18/40: success_handler gets the raw record, failure_handler the data class and the exception in hand."""
    successes, failures = [], []

    class Telling(BatchProcessor):
        def success_handler(self, record, result):
            successes.append((record["messageId"], result))
            return super().success_handler(record, result)

        def failure_handler(self, record, exception):
            assert isinstance(record, SQSRecord)
            failures.append((record.message_id, sys.exc_info()[1] is exception[1]))
            return super().failure_handler(record, exception)

    response = process_partial_response(event(EventType.SQS, 4), fail_odd, Telling(EventType.SQS, **options))

    assert sorted(successes) == [("id-0", 0), ("id-2", 2)]
    assert sorted(failures) == [("id-1", True), ("id-3", True)]
    assert reported(EventType.SQS, response) == [1, 3]


def test_a_success_handler_that_fails_fails_its_record():
    """What is done on success belongs to the record: an exception in it means that the record is not done."""

    class Storing(BatchProcessor):
        def success_handler(self, record, result):
            if record["messageId"] == "id-2":
                raise ConnectionError
            return super().success_handler(record, result)

    assert reported(EventType.SQS, run(Storing(EventType.SQS), event(EventType.SQS, 4), lambda record: None)) == [2]


def test_a_failure_handler_that_forgets_its_parent_loses_no_record():
    """A failed record is reported also where an override does not call super()."""

    class Forgetful(BatchProcessor):
        def failure_handler(self, record, exception):
            return ("fail", "mine", record)

    assert reported(EventType.SQS, run(Forgetful(EventType.SQS), event(EventType.SQS, 4), fail_odd)) == [1, 3]


def test_a_failure_handler_may_take_a_record_for_done():
    """An override that returns a success decides that the record is not to come again."""

    class Lenient(BatchProcessor):
        def failure_handler(self, record, exception):
            return self.success_handler(record.raw_event, None)

    processor = Lenient(EventType.SQS)
    assert run(processor, event(EventType.SQS, 4), fail_odd) == {"batchItemFailures": []}
    assert len(processor.success_messages) == 4


def test_all_conversions_go_through_to_batch_type():
    """BAT-42: an override decides what records become, for handled and for skipped ones."""
    seen = []

    class Upper(BatchProcessor):
        def _to_batch_type(self, record, event_type, model=None):
            seen.append(record["messageId"])
            return super()._to_batch_type({**record, "body": "changed"}, event_type, model)

    bodies = []

    def handle(record):
        bodies.append(record.body)
        raise ValueError

    run(Upper(EventType.SQS, on_error="stop", raise_on_entire_batch_failure=False), event(EventType.SQS, 3), handle)

    assert bodies == ["changed"]
    assert seen == ["id-0", "id-1", "id-2"]


class Doubling(BatchProcessor):
    """Handles a record in its own way."""

    def _process_record(self, record):
        try:
            return self.success_handler(record, self.handler(self._to_batch_type(record, self.event_type)) * 2)
        except ValueError:
            return self.failure_handler(self._to_batch_type(record, self.event_type), sys.exc_info())


def test_a_subclass_may_process_records_in_its_own_way():
    """BAT-41: process() calls _process_record for each record, and what it appends is reported in order."""
    processor = Doubling(EventType.SQS)
    with processor([record(EventType.SQS, index) for index in range(4)], fail_odd):
        outcomes = processor.process()

    assert [outcome[1] for outcome in outcomes[::2]] == [0, 4]
    assert reported(EventType.SQS, processor.response()) == [1, 3]


def test_policies_hold_for_a_way_of_ones_own():
    """on_error concerns the records behind a failed one of such a subclass as well."""
    response = run(Doubling(EventType.SQS, on_error="stop"), event(EventType.SQS, 4), fail_odd)

    assert reported(EventType.SQS, response) == [1, 2, 3]


def test_a_way_of_ones_own_does_not_go_with_threads():
    """What a subclass does to the processor itself is not made for several threads."""
    with pytest.raises(BatchConfigurationError, match="Doubling has a _process_record of its own"):
        run(Doubling(EventType.SQS, max_concurrency=2), event(EventType.SQS, 2), fail_odd)


def test_a_subclass_may_process_coroutines_in_its_own_way():
    """BAT-41: async_process() calls _async_process_record for each record."""

    class Noting(AsyncBatchProcessor):
        async def _async_process_record(self, record):
            try:
                return self.success_handler(record, await self.handler(self._to_batch_type(record, self.event_type)))
            except ValueError:
                return self.failure_handler(self._to_batch_type(record, self.event_type), sys.exc_info())

    async def handle(record):
        return fail_odd(record)

    response = async_process_partial_response(event(EventType.SQS, 4), handle, Noting(EventType.SQS))

    assert reported(EventType.SQS, response) == [1, 3]


def test_a_processor_calls_its_own_methods_when_they_are_called_by_hand():
    """BAT-41: _process_record and _async_process_record of the ready processors handle one record."""
    from lambda_powertools.core import loop

    first = BatchProcessor(EventType.SQS)
    second = AsyncBatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    with first([record(EventType.SQS, 0)], fail_odd), second([record(EventType.SQS, 1)], fail_odd):
        assert first._process_record(record(EventType.SQS, 0))[:2] == ("success", 0)
        assert loop.run(second._async_process_record(record(EventType.SQS, 1)))[0] == "fail"
    with pytest.raises(NotImplementedError):
        second._process_record({})
    with pytest.raises(NotImplementedError):
        loop.run(first._async_process_record({}))


class Minimal(BasePartialProcessor):
    """The least that a processor must have; does not call the constructor of its base."""

    def __init__(self):
        self.events = []

    def _prepare(self):
        self.events.append("prepare")

    def _clean(self):
        self.events.append("clean")

    def _process_record(self, record):
        return self.success_handler(record, self.handler(record=record))

    async def _async_process_record(self, record):
        return self.success_handler(record, await self.handler(record=record))


def test_the_base_processes_records_synchronously_and_asynchronously():
    """BAT-41: process() and async_process() of the base are concrete, between _prepare and _clean."""
    processor = Minimal()

    async def double(record):
        return record * 2

    with processor([1, 2], lambda record: record * 2):
        assert processor.process() == [("success", 2, 1), ("success", 4, 2)]
    with processor([3], double):
        assert processor.async_process() == [("success", 6, 3)]

    assert processor.events == ["prepare", "clean"] * 2


def test_a_processor_without_a_response_is_refused_by_the_helpers():
    """BAT-41: a TypeError that names the class, before any record is handled."""
    with pytest.raises(TypeError, match=r"Minimal has no response\(\)"):
        process_partial_response({"Records": []}, print, Minimal())


@pytest.mark.parametrize("kind", [BasePartialProcessor, BasePartialBatchProcessor])
def test_the_bases_are_abstract(kind):
    """BAT-41: what processes a record is for the subclass to say."""
    with pytest.raises(TypeError, match="abstract"):
        kind(EventType.SQS)


def test_messages_that_a_subclass_reports_itself_are_in_the_response():
    """BAT-22: models, data classes and raw records that were appended to fail_messages are all understood."""

    class Message(BaseModel):
        identifier: str = Field(alias="messageId")

    class Own(BatchProcessor):
        def _process_record(self, record):
            self.fail_messages.append(
                [record, SQSRecord(record), Message.model_validate(record)][int(record["messageId"][-1])]
            )
            return ("fail", "", record)

    assert reported(EventType.SQS, run(Own(EventType.SQS), event(EventType.SQS, 3), print)) == [0, 1, 2]
