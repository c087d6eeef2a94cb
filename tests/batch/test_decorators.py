from __future__ import annotations

import asyncio

import pytest
from batch_support import ALL, EventType, event, number_of, record, reported

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BatchProcessingError,
    BatchProcessor,
    async_batch_processor,
    batch_handler,
    batch_processor,
)
from lambda_powertools.batch.exceptions import (
    BatchConfigurationError,
    InvalidBatchEventError,
    SQSFifoCircuitBreakerError,
    UnexpectedBatchTypeError,
)
from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
from lambda_powertools.testing import make_context


def fail_first(record):
    if number_of(record) == 0:
        raise ValueError
    return "{}"


async def fail_first_async(record):
    return fail_first(record)


@pytest.fixture(params=["plain", "asynchronous"])
def deprecated(request):
    """Give a handler under the deprecated decorator, its processor, and the function that its warning names."""
    asynchronous = request.param == "asynchronous"
    processor = AsyncBatchProcessor(EventType.SQS) if asynchronous else BatchProcessor(EventType.SQS)
    decorator = async_batch_processor if asynchronous else batch_processor
    calls = []

    @decorator(record_handler=fail_first_async if asynchronous else fail_first, processor=processor)
    def handler(event, context):
        calls.append(event)
        return processor.response()

    return handler, calls, "async_process_partial_response" if asynchronous else "call process_partial_response"


def test_the_deprecated_decorators_process_the_batch_first_and_warn(deprecated):
    """BAT-50: the handler runs after the batch, and each call warns of what to use instead."""
    handler, calls, instead = deprecated

    for _ in range(2):
        with pytest.warns(PowertoolsDeprecationWarning, match=instead) as warnings:
            response = handler(event(EventType.SQS, 2), make_context())

    assert reported(EventType.SQS, response) == [0]
    assert len(calls) == 2
    assert [warning.filename for warning in warnings] == [__file__]


def test_the_handler_does_not_run_when_the_whole_batch_failed(deprecated):
    """BAT-51: the error of the batch leaves the decorator."""
    handler, calls, _ = deprecated

    with pytest.warns(PowertoolsDeprecationWarning), pytest.raises(BatchProcessingError):
        handler(event(EventType.SQS, 1), make_context())

    assert calls == []


@pytest.mark.parametrize(("wrong", "error"), [({}, UnexpectedBatchTypeError), (7, InvalidBatchEventError)])
def test_an_event_without_records_is_the_same_error_under_the_decorators(deprecated, wrong, error):
    """BAT-50: no KeyError; what BAT-3 and BAT-4 say holds here too."""
    with pytest.warns(PowertoolsDeprecationWarning), pytest.raises(error):
        deprecated[0](wrong, make_context())


SOURCES = {
    EventType.SQS: "aws:sqs",
    EventType.KinesisDataStreams: "aws:kinesis",
    EventType.DynamoDBStreams: "aws:dynamodb",
}


@pytest.mark.parametrize("event_type", ALL, ids=lambda event_type: event_type.name)
def test_a_bare_batch_handler_reads_the_source_from_the_event(event_type):
    """One decorator serves every source, and the same function several of them."""
    seen = []

    @batch_handler
    def handler(record):
        """Handle it."""
        seen.append(number_of(record))
        return "{}"

    given = event(event_type, 3)
    for one in given.get("Records", ()):
        one["eventSource"] = SOURCES[event_type]
    response = handler(given, make_context())

    assert seen == [0, 1, 2]
    assert reported(event_type, response) == []
    assert (handler.__name__, handler.__doc__) == ("handler", "Handle it.")


def test_a_bare_batch_handler_keeps_the_order_of_a_fifo_queue():
    """A queue whose name ends in .fifo stops at the first failure."""
    records = [
        {**record(EventType.SQS, index), "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q.fifo"}
        for index in (1, 0, 2)
    ]
    assert SQSFifoCircuitBreakerError.__name__ == "SQSFifoCircuitBreakerError"

    assert reported(EventType.SQS, batch_handler(fail_first)({"Records": records}, None)) == [0, 2]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({}, UnexpectedBatchTypeError),
        ({"Records": [{"eventSource": "aws:s3"}]}, UnexpectedBatchTypeError),
        ({"Records": [7]}, UnexpectedBatchTypeError),
        ({"records": []}, UnexpectedBatchTypeError),
        (7, InvalidBatchEventError),
        (None, InvalidBatchEventError),
        ([], InvalidBatchEventError),
    ],
)
def test_an_event_of_no_known_source_is_refused(wrong, error):
    """A bare batch handler never takes an event that it does not know for a done one."""
    with pytest.raises(error):
        batch_handler(fail_first)(wrong, None)


def test_a_batch_handler_takes_options():
    """Type and options of the processor are given by name."""
    handler = batch_handler(type="sqs", on_error="stop", raise_on_entire_batch_failure=False)(fail_first)

    assert reported(EventType.SQS, handler(event(EventType.SQS, 3), None)) == [0, 1, 2]


def test_a_batch_handler_with_a_processor_uses_it():
    """A processor of one's own stays readable."""
    processor = BatchProcessor(EventType.SQS)
    handler = batch_handler(processor=processor)(fail_first)

    assert reported(EventType.SQS, handler(event(EventType.SQS, 2), None)) == [0]
    assert len(processor.success_messages) == 1


def test_a_coroutine_function_becomes_a_plain_handler():
    """Lambda calls it and gets the response; inside a loop it gives what can be awaited."""
    handler = batch_handler(type=EventType.SQS)(fail_first_async)

    async def main():
        return await handler(event(EventType.SQS, 2), None)

    assert reported(EventType.SQS, handler(event(EventType.SQS, 2), None)) == [0]
    assert reported(EventType.SQS, asyncio.run(main())) == [0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "sqss"}, "did you mean 'sqs'"),
        ({"type": 7}, "type is 7"),
        ({"max_concurency": 3}, "did you mean 'max_concurrency'"),
        ({"max_concurrency": 0}, "max_concurrency is 0"),
        ({"skip_group_on_error": True}, "give type='sqs-fifo'"),
        ({"type": "kafka", "skip_group_on_error": True}, "give type='sqs-fifo'"),
        ({"type": "sqs-fifo", "on_error": "continue"}, "does not keep the order"),
        ({"processor": 7}, "a processor of batches is expected"),
        ({"processor": BatchProcessor(EventType.SQS), "model": dict}, "has its own options, so model"),
    ],
)
def test_wrong_options_are_found_when_the_handler_is_decorated(options, message):
    """One clear error before the first invocation."""
    with pytest.raises(BatchConfigurationError, match=message):
        batch_handler(**options)(fail_first)
