"""Whatever fails, is late or stops the batch: each record is either handled or reported, and only once."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from batch_support import ALL, REPORTING, event_of, number_of, processor_for, record, reported
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import BatchProcessingError
from lambda_powertools.testing import make_context

WAYS = ["one by one", "threads", "tasks"]
GROUPS = st.sampled_from(["a", "b", "c"])
RECORDS = st.lists(st.tuples(GROUPS, st.sampled_from(["fine", "fine", "fails", "malformed"])), min_size=1, max_size=12)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def make_handler(fates, handled):
    """Return a plain and an asynchronous record handler that note what they handled to the end."""

    def handle(record):
        number = number_of(record)
        if fates[number][1] != "fine":
            raise ValueError(number)
        handled.append(number)
        return '{"number": 1}'

    async def handle_async(record):
        for _ in range(number_of(record) * 7 % 4):
            await asyncio.sleep(0)
        return handle(record)

    return handle, handle_async


def process(way, processor, event, fates, handled, context=None):
    """Process an event; return the response, None where the invocation fails."""
    handle, handle_async = make_handler(fates, handled)
    try:
        if way == "tasks":
            return async_process_partial_response(event, handle_async, processor, context)
        return process_partial_response(event, handle, processor, context)
    except BatchProcessingError:
        return None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
@SETTINGS
@given(fates=RECORDS, on_error=st.sampled_from(["continue", "stop", "stop_group"]), raises=st.booleans())
def test_a_record_is_handled_or_reported(way, event_type, fates, on_error, raises):
    """Each record was handled to its end, or is reported as failed, or the invocation fails as a whole."""
    records = [record(event_type, index, group) for index, (group, _) in enumerate(fates)]
    event = event_of(event_type, records)
    handled = []
    processor = processor_for(way, event_type, on_error=on_error, raise_on_entire_batch_failure=raises)

    response = process(way, processor, event, fates, handled)

    assert len(handled) == len(set(handled))
    numbers = set(range(len(fates)))
    if response is None:  # the whole batch comes again
        assert handled == [] or event_type in {EventType.ActiveMQ, EventType.RabbitMQ}
        return
    assert set(reported(event_type, response)) == numbers - set(handled)
    assert len(reported(event_type, response)) == len(numbers) - len(handled)
    assert all(fates[number][1] == "fine" for number in handled)
    if on_error == "continue":
        assert {number for number in numbers if fates[number][1] == "fine"} == set(handled)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("event_type", REPORTING, ids=lambda event_type: event_type.name)
@SETTINGS
@given(fates=RECORDS)
def test_the_checkpoint_of_a_stream_passes_no_record_that_was_not_handled(way, event_type, fates):
    """Below the lowest reported place of a partition all records were handled; reports come in the batch's order."""
    records = [record(event_type, index, group) for index, (group, _) in enumerate(fates)]
    event = event_of(event_type, records)
    handled = []
    processor = processor_for(way, event_type, on_error="stop_group", raise_on_entire_batch_failure=False)

    response = process(way, processor, event, fates, handled)

    failed = reported(event_type, response)
    in_order = sorted(range(len(fates)), key=lambda number: fates[number][0] if event_type is EventType.Kafka else 0)
    if event_type is EventType.Kafka:
        order = [number_of(one) for part in event["records"].values() for one in part]
        assert failed == [number for number in order if number in failed]
        partitions = {group for group, _ in fates}
    else:
        assert failed == sorted(failed)
        partitions = {None}
    for partition in partitions:
        places = [number for number in in_order if partition is None or fates[number][0] == partition]
        lowest = min((number for number in places if number in failed), default=len(fates))
        assert {number for number in places if number < lowest} <= set(handled)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("event_type", REPORTING, ids=lambda event_type: event_type.name)
@SETTINGS
@given(fates=RECORDS)
def test_no_record_of_a_group_is_handled_after_a_failed_one(way, event_type, fates):
    """With stop_group the handled records of a group are those before its first failure, in their order."""
    records = [record(event_type, index, group) for index, (group, _) in enumerate(fates)]
    handled = []
    processor = processor_for(way, event_type, on_error="stop_group", raise_on_entire_batch_failure=False)

    process(way, processor, event_of(event_type, records), fates, handled)

    for group in {group for group, _ in fates}:
        places = [number for number, (own, _) in enumerate(fates) if own == group]
        first = next((number for number in places if fates[number][1] != "fine"), len(fates))
        assert [number for number in handled if number in places] == [number for number in places if number < first]


@SETTINGS
@given(fates=RECORDS, skip=st.booleans(), concurrency=st.sampled_from([None, 3]))
def test_a_fifo_queue_gets_everything_after_a_failure_again(fates, skip, concurrency):
    """BAT-30/31: behind a failed message nothing of the queue, or of its group, was handled or is missing."""
    records = [record(EventType.SQS, index, group) for index, (group, _) in enumerate(fates)]
    handled = []
    processor = SqsFifoPartialProcessor(
        skip_group_on_error=skip, max_concurrency=concurrency if skip else None, raise_on_entire_batch_failure=False
    )

    response = process("one by one", processor, {"Records": records}, fates, handled)

    expected, failed_groups = [], set()
    for number, (group, fate) in enumerate(fates):
        key = group if skip else None
        if fate != "fine" or key in failed_groups:
            failed_groups.add(key)
        else:
            expected.append(number)
    assert sorted(handled) == expected
    assert reported(EventType.SQS, response) == [number for number in range(len(fates)) if number not in expected]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slow=st.sets(st.integers(0, 5), min_size=1, max_size=2), failing=st.sets(st.integers(0, 5), max_size=2))
def test_a_late_record_is_reported_and_what_it_returns_later_is_not_counted(way, event_type, slow, failing):
    """A handler that takes too long fails its record; the others are handled; nothing changes when it comes back."""
    gate, handled = threading.Event(), []

    def handle(record):
        number = number_of(record)
        if number in slow:
            gate.wait(10)
        if number in failing:
            raise ValueError(number)
        handled.append(number)
        return "{}"

    async def handle_async(record):
        if number_of(record) in slow:
            await asyncio.sleep(10)
        return handle_plain(record)

    def handle_plain(record):
        number = number_of(record)
        if number in failing:
            raise ValueError(number)
        handled.append(number)
        return "{}"

    event = event_of(event_type, [record(event_type, index) for index in range(6)])
    processor = processor_for(way, event_type, record_timeout=0.05)
    expected = sorted(slow | failing)
    try:
        if way == "tasks":
            response = async_process_partial_response(event, handle_async, processor)
        else:
            response = process_partial_response(event, handle, processor)
        before = (list(processor.success_messages), list(processor.fail_messages), list(processor.exceptions))
    except BatchProcessingError:
        assert event_type in {EventType.ActiveMQ, EventType.RabbitMQ}
        return
    finally:
        gate.set()
    assert reported(event_type, response) == expected
    assert sorted(set(range(6)) - set(expected)) == [number_of(one) for one in processor.success_messages]
    time.sleep(0.01)
    assert before == (processor.success_messages, processor.fail_messages, processor.exceptions)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("event_type", REPORTING, ids=lambda event_type: event_type.name)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(slow=st.integers(0, 5))
def test_records_that_have_not_begun_before_the_deadline_are_reported(way, event_type, slow):
    """Shortly before Lambda ends the invocation no record begins any more; those left are failed, none is lost."""
    handled = []

    def handle(record):
        number = number_of(record)
        if number == slow:
            time.sleep(0.06)
        handled.append(number)

    async def handle_async(record):
        if number_of(record) == slow:
            await asyncio.sleep(0.06)
        handled.append(number_of(record))

    event = event_of(event_type, [record(event_type, index) for index in range(6)])
    options = {"max_concurrency": 1} if way == "tasks" else {}
    processor = processor_for(way, event_type, deadline_margin=10, raise_on_entire_batch_failure=False, **options)
    context = make_context(timeout=10.03)
    if way == "tasks":
        response = async_process_partial_response(event, handle_async, processor, context)
    else:
        response = process_partial_response(event, handle, processor, context)

    failed = set(reported(event_type, response))
    assert failed | set(handled) == set(range(6))
    assert failed >= set(range(slow + 1, 6)) if way == "one by one" else slow in failed
    if way == "tasks":
        assert failed == set(range(slow, 6))
        assert isinstance(processor, AsyncBatchProcessor)
