from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import pytest
from batch_support import event, number_of, processor_for, reported

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import RecordDeadlineError, RecordTimeoutError
from lambda_powertools.core import loop
from lambda_powertools.testing import make_context

variable = ContextVar("variable", default="unset")


def test_records_are_handled_at_once_and_reported_in_their_order():
    """BAT-25/27: every coroutine has begun before the first one ends; the report follows the batch."""
    begun, together = [], asyncio.Event()

    async def handle(record):
        begun.append(number_of(record))
        if len(begun) == 5:
            together.set()
        await together.wait()
        await asyncio.sleep(0.002 * (5 - number_of(record)))
        raise ValueError

    processor = AsyncBatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    response = async_process_partial_response(event(EventType.SQS, 5), handle, processor)

    assert reported(EventType.SQS, response) == [0, 1, 2, 3, 4]
    assert [number_of(one) for one in processor.fail_messages] == [0, 1, 2, 3, 4]


def test_no_more_than_the_wanted_number_of_records_is_handled_at_once():
    """max_concurrency bounds the coroutines that run."""
    running, most = set(), []

    async def handle(record):
        running.add(number_of(record))
        most.append(len(running))
        await asyncio.sleep(0.001)
        running.discard(number_of(record))

    processor = AsyncBatchProcessor(EventType.SQS, max_concurrency=4)
    async_process_partial_response(event(EventType.SQS, 20), handle, processor)

    assert max(most) == 4
    assert len(most) == 20


@pytest.mark.parametrize("task_root", [None, "/var/task"])
def test_one_loop_serves_all_batches_and_stays_open(task_root, monkeypatch):
    """BAT-28: the environment's loop is used by every batch, so clients that belong to it survive."""
    if task_root:
        monkeypatch.setenv("LAMBDA_TASK_ROOT", task_root)
    loops = []

    async def handle(record):
        loops.append(asyncio.get_running_loop())

    for _ in range(2):
        async_process_partial_response(event(EventType.SQS, 1), handle, AsyncBatchProcessor(EventType.SQS))

    assert loops[0] is loops[1] is loop.get_event_loop()
    assert not loops[0].is_closed()


def test_a_batch_inside_a_running_loop_runs_in_a_thread_with_the_context_of_its_caller():
    """BAT-28: called from a coroutine the batch neither fails nor warns, and sees the caller's context variables."""
    seen = []

    async def handle(record):
        seen.append((variable.get(), threading.current_thread() is threading.main_thread()))
        if number_of(record) == 1:
            raise ValueError

    async def main():
        variable.set("of main")
        return async_process_partial_response(event(EventType.SQS, 3), handle, AsyncBatchProcessor(EventType.SQS))

    response = asyncio.run(main())

    assert reported(EventType.SQS, response) == [1]
    assert seen == [("of main", False)] * 3


def test_a_plain_function_under_the_asynchronous_processor_gives_its_value():
    """BAT-29: a value that cannot be awaited is the result."""
    processor = AsyncBatchProcessor(EventType.SQS)

    with processor([{"messageId": "id-0"}], lambda record: 7):
        assert processor.async_process() == [("success", 7, {"messageId": "id-0"})]


@pytest.mark.parametrize(
    ("processor", "method"),
    [
        (BatchProcessor(EventType.SQS), "async_process"),
        (AsyncBatchProcessor(EventType.SQS), "process"),
        (SqsFifoPartialProcessor(), "async_process"),
    ],
)
def test_the_other_way_of_processing_is_not_implemented(processor, method):
    """BAT-29: each processor has one way, the other one says so."""
    with processor([{"messageId": "id-0"}], print), pytest.raises(NotImplementedError, match=method):
        getattr(processor, method)()


@pytest.mark.parametrize("concurrency", [None, 1, 3])
def test_what_a_record_sets_in_context_variables_is_not_seen_by_others(concurrency):
    """Each record has a context of its own, also when they share a worker."""
    seen = []

    async def handle(record):
        seen.append(variable.get())
        variable.set("left behind")

    processor = AsyncBatchProcessor(EventType.SQS, max_concurrency=concurrency)
    async_process_partial_response(event(EventType.SQS, 4), handle, processor)

    assert seen == ["unset"] * 4


@pytest.mark.parametrize("way", ["threads", "tasks"])
def test_a_record_that_takes_too_long_fails_with_a_timeout(way):
    """record_timeout fails the record with an exception that names it, while the others are handled."""
    release = threading.Event()

    def handle(record):
        if number_of(record) == 1:
            release.wait(5)

    async def handle_async(record):
        if number_of(record) == 1:
            await asyncio.sleep(5)

    processor = processor_for(way, EventType.SQS, record_timeout=0.05)
    try:
        if way == "tasks":
            response = async_process_partial_response(event(EventType.SQS, 3), handle_async, processor)
        else:
            response = process_partial_response(event(EventType.SQS, 3), handle, processor)
    finally:
        release.set()

    assert reported(EventType.SQS, response) == [1]
    assert isinstance(processor.exceptions[0][1], RecordTimeoutError)
    assert isinstance(processor.exceptions[0][1], TimeoutError)
    assert "0.05" in str(processor.exceptions[0][1])


def test_a_cancelled_coroutine_may_clean_up_and_counts_as_failed_even_if_it_then_succeeds():
    """A handler that is late is cancelled; that it swallows that and returns does not make it done."""
    cleaned = []

    async def handle(record):
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            cleaned.append(number_of(record))
            return "fine after all"

    processor = AsyncBatchProcessor(EventType.SQS, record_timeout=0.02, raise_on_entire_batch_failure=False)
    response = async_process_partial_response(event(EventType.SQS, 2), handle, processor)

    assert reported(EventType.SQS, response) == [0, 1]
    assert sorted(cleaned) == [0, 1]
    assert processor.success_messages == []


@pytest.mark.parametrize("way", ["threads", "tasks"])
def test_what_runs_at_the_deadline_is_given_up(way):
    """Records that are being handled when the invocation is about to end are reported, so Lambda gets its response."""
    release = threading.Event()

    async def handle_async(record):
        if number_of(record):
            await asyncio.sleep(5)

    def handle(record):
        if number_of(record):
            release.wait(5)

    processor = processor_for(way, EventType.SQS, deadline_margin=9.9)
    try:
        if way == "tasks":
            context = make_context(timeout=10)
            response = async_process_partial_response(event(EventType.SQS, 6), handle_async, processor, context)
        else:
            response = process_partial_response(event(EventType.SQS, 6), handle, processor, make_context(timeout=10))
    finally:
        release.set()

    assert reported(EventType.SQS, response) == [1, 2, 3, 4, 5]
    assert {type(exception[1]) for exception in processor.exceptions} == {RecordDeadlineError}


@pytest.mark.parametrize("context", [None, object(), make_context(timeout=0), make_context(timeout=3000)])
@pytest.mark.parametrize("way", ["one by one", "threads", "tasks"])
def test_without_a_near_deadline_every_record_begins(way, context):
    """No context, one without a clock, and one with time left: nothing is refused."""
    from batch_support import run

    assert run(processor_for(way, EventType.SQS), event(EventType.SQS, 4), lambda record: None, context) == {
        "batchItemFailures": []
    }


def test_no_margin_begins_every_record_whatever_the_time():
    """deadline_margin=None switches it off."""
    processor = BatchProcessor(EventType.SQS, deadline_margin=None)

    context = make_context(timeout=0.001)
    response = process_partial_response(event(EventType.SQS, 3), lambda record: None, processor, context)

    assert response == {"batchItemFailures": []}


def test_a_timed_out_coroutine_leaves_nothing_running_on_the_loop():
    """After the batch no task of it is left for the next invocation."""

    async def handle(record):
        await asyncio.sleep(5)

    async def count():
        return len(asyncio.all_tasks())

    processor = AsyncBatchProcessor(EventType.SQS, record_timeout=0.02, raise_on_entire_batch_failure=False)
    async_process_partial_response(event(EventType.SQS, 5), handle, processor)

    assert loop.run(count()) == 1
