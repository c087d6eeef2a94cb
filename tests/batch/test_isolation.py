"""One processor at module level, many batches at once."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from batch_support import EventType, event, event_of, number_of, record, reported, run

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BatchProcessor,
    SqsFifoPartialProcessor,
    async_process_partial_response,
    process_partial_response,
)

COUNT = 200


def batch(number):
    """Return an event of ten records whose numbers belong to this batch alone."""
    return event_of(EventType.SQS, [record(EventType.SQS, number * 10 + index) for index in range(10)])


def fail_own(record):
    """Fail for one record of each batch, which one depends on the batch."""
    number = number_of(record)
    if number % 10 == number // 10 % 10:
        raise ValueError(number)
    return number


def check(processor, number, response):
    """Check that everything the processor tells is of this batch."""
    failed = number * 10 + number % 10
    assert reported(EventType.SQS, response) == [failed]
    assert [number_of(one) for one in processor.fail_messages] == [failed]
    assert [str(exception[1]) for exception in processor.exceptions] == [str(failed)]
    assert [number_of(one) for one in processor.success_messages] == [
        one for one in range(number * 10, number * 10 + 10) if one != failed
    ]


@pytest.mark.parametrize("options", [{}, {"max_concurrency": 3}, {"record_timeout": 30}])
def test_batches_in_threads_share_a_processor(options):
    """Two hundred invocations in threads, of one processor: each sees its own records, failures and response."""
    processor = BatchProcessor(EventType.SQS, **options)
    together = threading.Barrier(8, timeout=20)

    def invoke(number):
        if number < 8:
            together.wait()
        check(processor, number, process_partial_response(batch(number), fail_own, processor))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(invoke, range(COUNT)))


def test_batches_in_tasks_share_a_processor():
    """The same in tasks of one loop, whose batches are interleaved."""
    processor = AsyncBatchProcessor(EventType.SQS)

    async def handle(record):
        await asyncio.sleep(0)
        return fail_own(record)

    async def invoke(number):
        with processor(batch(number)["Records"], handle):
            await processor.process_awaitable()
        await asyncio.sleep(0)
        check(processor, number, processor.response())

    async def main():
        await asyncio.gather(*[invoke(number) for number in range(COUNT)])

    asyncio.run(main())


def test_fifo_batches_in_threads_share_a_processor():
    """A failure of one invocation does not stop the groups of another."""
    processor = SqsFifoPartialProcessor(skip_group_on_error=True, raise_on_entire_batch_failure=False)

    def invoke(number):
        response = process_partial_response(batch(number), fail_own, processor)
        assert reported(EventType.SQS, response) == list(range(number * 10 + number % 10, number * 10 + 10))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(invoke, range(COUNT)))


def test_a_record_handler_may_use_its_own_processor():
    """A batch inside a batch of the same processor: the outer one goes on with its own lists."""
    processor = BatchProcessor(EventType.SQS)
    inner = []

    def handle(record):
        if number_of(record) < 10:
            inner.append(process_partial_response(batch(number_of(record) + 5), fail_own, processor))
        if number_of(record) == 1:
            raise ValueError

    response = process_partial_response(event(EventType.SQS, 3), handle, processor)

    assert reported(EventType.SQS, response) == [1]
    assert [reported(EventType.SQS, one) for one in inner] == [[55], [66], [77]]
    assert [number_of(one) for one in processor.success_messages] == [0, 2]


def test_a_coroutine_may_use_the_processor_that_handles_it():
    """The same for coroutines: what the inner batch did is not counted in the outer one."""
    processor = AsyncBatchProcessor(EventType.SQS)
    inner = []

    async def fail_own_async(record):
        return fail_own(record)

    async def handle(record):
        number = number_of(record)
        inner.append(async_process_partial_response(batch(number + 5), fail_own_async, processor))
        if number == 1:
            raise ValueError

    response = async_process_partial_response(event(EventType.SQS, 3), handle, processor)

    assert reported(EventType.SQS, response) == [1]
    assert [reported(EventType.SQS, one) for one in inner] == [[55], [66], [77]]
    assert [number_of(one) for one in processor.success_messages] == [0, 2]


def test_a_batch_that_is_not_finished_is_kept_whatever_else_is_processed():
    """Inside a with block any number of other processors may do their work."""
    processor = BatchProcessor(EventType.SQS)

    with processor(batch(1)["Records"], fail_own):
        others = [BatchProcessor(EventType.SQS) for _ in range(30)]
        for other in others:
            process_partial_response(batch(2), fail_own, other)
        processor.process()

    check(processor, 1, processor.response())


def test_what_became_of_a_batch_stays_readable_where_it_ran():
    """After the block the lists are those of the caller's own last batch; another thread has none."""
    processor = BatchProcessor(EventType.SQS)
    process_partial_response(batch(1), fail_own, processor)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: list(processor.fail_messages)).result() == []

    assert len(processor.fail_messages) == 1


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (BatchProcessor, {}),
        (BatchProcessor, {"max_concurrency": 2}),
        (BatchProcessor, {"record_timeout": 30}),
        (AsyncBatchProcessor, {}),
        (AsyncBatchProcessor, {"max_concurrency": 2}),
        (AsyncBatchProcessor, {"record_timeout": 30}),
    ],
)
def test_processors_made_for_each_invocation_are_not_kept(kind, options):
    """Of processors that nobody holds any more only the latest few are kept, by the tracebacks of their failures."""
    references = []
    for _ in range(30):
        processor = kind(EventType.SQS, **options)
        run(processor, batch(1), fail_own)
        references.append(weakref.ref(processor))
        del processor
    gc.collect()

    alive = [reference for reference in references if reference() is not None]
    assert len(alive) < 8


def test_a_late_thread_of_one_batch_does_not_reach_the_next():
    """A record that was given up returns while the next batch of the same processor runs: nothing changes."""
    processor = BatchProcessor(EventType.SQS, record_timeout=0.05)
    release, returned = threading.Event(), threading.Event()

    def handle(record):
        if number_of(record) == 3:
            release.wait(5)
            returned.set()
        if number_of(record) == 11:
            release.set()
            returned.wait(5)

    first = process_partial_response(event(EventType.SQS, 5), handle, processor)
    processor.record_timeout = 10
    second = process_partial_response(batch(1), handle, processor)

    assert reported(EventType.SQS, first) == [3]
    assert second == {"batchItemFailures": []}
    assert [number_of(one) for one in processor.success_messages] == list(range(10, 20))


def test_async_batches_called_from_threads_share_a_processor():
    """Plain handlers in threads, each with a batch of coroutines of the same processor."""
    processor = AsyncBatchProcessor(EventType.SQS, max_concurrency=3)

    async def handle(record):
        await asyncio.sleep(0)
        return fail_own(record)

    def invoke(number):
        check(processor, number, async_process_partial_response(batch(number), handle, processor))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(invoke, range(40)))
