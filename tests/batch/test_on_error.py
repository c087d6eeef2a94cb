from __future__ import annotations

import pytest
from batch_support import REPORTING, EventType, event_of, number_of, processor_for, record, reported, run

from lambda_powertools.batch import BatchProcessor
from lambda_powertools.batch.exceptions import RecordSkippedError


def fail_on(number, seen):
    def handle(record):
        seen.append(number_of(record))
        if seen[-1] == number:
            raise ValueError

    return handle


@pytest.mark.parametrize(
    ("on_error", "handled", "failed"),
    [
        ("continue", [0, 1, 2, 3, 4, 5], [1]),
        ("stop", [0, 1], [1, 2, 3, 4, 5]),
        ("stop_group", [0, 1, 2, 4], [1, 3, 5]),
    ],
)
@pytest.mark.parametrize("event_type", REPORTING, ids=lambda event_type: event_type.name)
def test_what_a_failure_means_for_the_records_after_it(event_type, on_error, handled, failed):
    """Records after a failed one are handled, failed, or failed if they share its group, as on_error says."""
    groups = "aaaaaa" if on_error == "stop" else "ababab"  # the order of a Kafka event is that of its partitions
    records = [record(event_type, index, group) for index, group in enumerate(groups)]
    seen = []
    processor = BatchProcessor(event_type, on_error=on_error)

    response = run(processor, event_of(event_type, records), fail_on(1, seen))

    assert sorted(seen) == handled
    assert sorted(reported(event_type, response)) == failed
    skipped = [exception for exception in processor.exceptions if exception[0] is RecordSkippedError]
    assert len(skipped) == len(failed) - 1


@pytest.mark.parametrize("way", ["one by one", "tasks"])
def test_stop_means_the_order_of_the_batch(way):
    """Under stop records are handled one after the other unless a concurrency is given, also as coroutines."""
    seen = []

    run(
        processor_for(way, EventType.SQS, on_error="stop"),
        event_of(EventType.SQS, [record(EventType.SQS, index) for index in range(5)]),
        fail_on(2, seen),
    )

    assert seen == [0, 1, 2]
