# ruff: noqa: B008  # the marker of a dependency is meant to be a default
from __future__ import annotations

from typing import Annotated

import pytest
from batch_support import EventType, event, number_of, processor_for, reported

from lambda_powertools.batch import (
    AsyncBatchProcessor,
    BatchProcessingError,
    BatchProcessor,
    Depends,
    async_process_partial_response,
    process_partial_response,
)
from lambda_powertools.batch.exceptions import BatchConfigurationError
from lambda_powertools.testing import make_context

calls: list[str] = []


@pytest.fixture(autouse=True)
def _no_calls():
    calls.clear()


def table():
    calls.append("table")
    return {"name": "orders"}


def number(record):
    calls.append("number")
    return number_of(record)


def described(table: Annotated[dict, Depends(table)], number=Depends(number)):
    calls.append("described")
    return f"{table['name']} {number}"


def remaining(lambda_context):
    return lambda_context


async def asynchronous(table=Depends(table)):
    calls.append("asynchronous")
    return table["name"]


@pytest.mark.parametrize("way", ["one by one", "threads"])
def test_a_handler_gets_what_it_depends_on(way):
    """What all records share is made once per batch, what depends on the record once per record."""
    seen = []

    def handle(record, what=Depends(described), again: Annotated[dict | None, Depends(table)] = None):
        seen.append((what, again))

    processor = processor_for(way, EventType.SQS)
    assert process_partial_response(event(EventType.SQS, 3), handle, processor) == {"batchItemFailures": []}

    assert sorted(seen) == [(f"orders {index}", {"name": "orders"}) for index in range(3)]
    assert calls.count("table") == 1
    assert calls.count("number") == calls.count("described") == 3
    process_partial_response(event(EventType.SQS, 1), handle, processor)
    assert calls.count("table") == 2


def test_an_asynchronous_dependency_is_awaited_once():
    """Under AsyncBatchProcessor dependencies may be coroutine functions, in front of plain ones or behind them."""
    seen = []

    async def handle(record, name=Depends(asynchronous), what=Depends(described)):
        seen.append((name, what))

    response = async_process_partial_response(event(EventType.SQS, 3), handle, AsyncBatchProcessor(EventType.SQS))

    assert response == {"batchItemFailures": []}
    assert sorted(seen) == [("orders", f"orders {index}") for index in range(3)]
    assert calls.count("asynchronous") == calls.count("table") == 1


def test_an_asynchronous_dependency_needs_the_asynchronous_processor():
    """The plain processor says so before any record."""

    def handle(record, name=Depends(asynchronous)):
        raise AssertionError

    with pytest.raises(BatchConfigurationError, match="asynchronous is asynchronous: use AsyncBatchProcessor"):
        process_partial_response(event(EventType.SQS, 1), handle, BatchProcessor(EventType.SQS))


def test_use_cache_false_makes_a_value_for_each_record():
    """A dependency that is not to be shared is called for each record."""

    def handle(record, own=Depends(table, use_cache=False)):
        return own

    process_partial_response(event(EventType.SQS, 3), handle, BatchProcessor(EventType.SQS))

    assert calls == ["table"] * 3


def test_a_dependency_may_ask_for_the_context():
    """A parameter lambda_context of a dependency gets the context of the invocation."""
    seen, context = [], make_context()

    def handle(record, lambda_context, same=Depends(remaining)):
        seen.append((lambda_context, same))

    process_partial_response(event(EventType.SQS, 1), handle, BatchProcessor(EventType.SQS), context)

    assert seen == [(context, context)]


@pytest.mark.parametrize("way", ["one by one", "threads", "tasks"])
def test_a_dependency_that_fails_fails_the_records_that_need_it(way):
    """The exception of a dependency is the exception of each record, and the handler is not called."""

    def broken():
        calls.append("broken")
        raise ConnectionError("no database")

    def odd(record):
        if number_of(record) == 1:
            raise LookupError

    def handle(record, database=Depends(broken)):
        raise AssertionError

    def handle_some(record, one=Depends(odd)):
        return one

    process = async_process_partial_response if way == "tasks" else process_partial_response
    with pytest.raises(BatchProcessingError) as caught:
        process(event(EventType.SQS, 3), handle, processor_for(way, EventType.SQS))
    response = process(event(EventType.SQS, 3), handle_some, processor_for(way, EventType.SQS))

    assert [child[0] for child in caught.value.child_exceptions] == [ConnectionError] * 3
    assert calls == ["broken"]
    assert reported(EventType.SQS, response) == [1]


def test_a_generator_is_no_dependency():
    """Nobody would run what is behind its yield."""

    def session():
        yield 1

    with pytest.raises(BatchConfigurationError, match="session is a generator function"):
        Depends(session)
    with pytest.raises(BatchConfigurationError, match="takes a function"):
        Depends(7)


def test_a_marker_of_another_package_serves_as_well():
    """A class called Depends with an attribute dependency is understood, such as that of an HTTP framework."""
    foreign = type("Depends", (), {"dependency": staticmethod(table)})

    def handle(record, table=foreign()):
        assert table == {"name": "orders"}

    assert process_partial_response(event(EventType.SQS, 1), handle, BatchProcessor(EventType.SQS)) == {
        "batchItemFailures": []
    }


def test_a_dependency_that_needs_itself_is_refused():
    """A circle of dependencies is an error, not an endless recursion."""

    def first(second=None):
        raise AssertionError

    first.__defaults__ = (Depends(first),)

    def handle(record, one=Depends(first)):
        raise AssertionError

    with pytest.raises(BatchConfigurationError, match="first needs itself"):
        process_partial_response(event(EventType.SQS, 1), handle, BatchProcessor(EventType.SQS))


def test_a_record_given_by_position_may_have_dependencies_beside_it():
    """The parameter of the record is the first one that is no dependency, whatever its name."""
    seen = []

    def handle(message, table=Depends(table)):
        seen.append((number_of(message), table["name"]))

    process_partial_response(event(EventType.SQS, 2), handle, BatchProcessor(EventType.SQS))

    assert seen == [(0, "orders"), (1, "orders")]
