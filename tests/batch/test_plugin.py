# ruff: noqa: N815  # the names of AWS
from __future__ import annotations

import asyncio

import pytest
from batch_support import EventType, event, number_of, reported
from pydantic import BaseModel

from lambda_powertools.batch import AsyncBatchProcessor, BatchProcessingError, BatchProcessor, SqsFifoPartialProcessor
from lambda_powertools.batch.exceptions import BatchConfigurationError, BatchResponseError
from lambda_powertools.batch.plugin import BatchPlugin
from lambda_powertools.core import Plugin, PluginOptionsError, Registry, current_invocation, hookimpl, powertools
from lambda_powertools.testing import make_context


@pytest.fixture
def registry():
    """A registry of the batch plugin alone."""
    made = Registry()
    made.register(BatchPlugin)
    return made


def fail_first(record):
    if number_of(record) == 0:
        raise ValueError
    return number_of(record)


async def fail_first_async(record):
    await asyncio.sleep(0)
    return fail_first(record)


class Message(BaseModel):
    messageId: str


@pytest.mark.parametrize(
    "options",
    [
        {"record_handler": fail_first, "type": "sqs"},
        {"record_handler": fail_first, "type": EventType.SQS},
        {"record_handler": fail_first, "event_type": EventType.SQS},
        {"record_handler": fail_first, "type": "sqs", "max_concurrency": 2, "deadline_margin": None},
        {"record_handler": fail_first, "processor": BatchProcessor(EventType.SQS)},
        {"record_handler": fail_first_async, "type": "sqs"},
        {"record_handler": fail_first_async, "processor": AsyncBatchProcessor(EventType.SQS)},
        {"record_handler": fail_first_async, "processor": BatchProcessor(EventType.SQS)},
        {"record_handler": fail_first},
        fail_first,
        fail_first_async,
    ],
)
@pytest.mark.parametrize("asynchronous", [False, True])
def test_the_batch_runs_before_the_handler_and_answers_for_it(registry, options, asynchronous):
    """The records are handled first; a handler that returns nothing returns the response of the batch."""
    calls = []

    if asynchronous:

        @powertools(registry=registry, batch=options)
        async def handler(event, context):
            calls.append(current_invocation().state["batch"])

    else:

        @powertools(registry=registry, batch=options)
        def handler(event, context):
            calls.append(current_invocation().state["batch"])

    given = event(EventType.SQS, 3)
    for one in given["Records"]:
        one["eventSource"] = "aws:sqs"
    response = handler(given, make_context())

    assert reported(EventType.SQS, response) == [0]
    assert calls == [response]


def test_a_model_and_a_whole_failure_work_as_without_the_plugin(registry):
    """BAT-23: a batch that fails as a whole fails the invocation before the handler runs."""
    seen = []

    def handle(record):
        seen.append(type(record))
        raise ValueError

    @powertools(registry=registry, batch={"record_handler": handle, "type": "sqs", "model": Message})
    def handler(event, context):
        raise AssertionError

    with pytest.raises(BatchProcessingError):
        handler(event(EventType.SQS, 2), make_context())
    assert seen == [Message, Message]


def test_without_a_record_handler_the_plugin_stands_aside(registry):
    """An installed plugin that nothing is asked of costs an invocation nothing."""

    @powertools(registry=registry)
    def handler(event, context):
        return event

    assert handler(7, None) == 7
    assert not handler.application.pipeline._steps
    assert (BatchPlugin.name, BatchPlugin.order, BatchPlugin.on_failure) == ("batch", 700, "raise")


def test_the_response_of_the_handler_goes_out_where_nothing_failed(registry):
    """A handler may return what it likes when there is nothing to report."""

    @powertools(registry=registry, batch={"record_handler": number_of, "type": "sqs"})
    def handler(event, context):
        return {"handled": len(event["Records"])}

    assert handler(event(EventType.SQS, 2), None) == {"handled": 2}


def test_a_response_that_hides_failures_fails_the_invocation(registry):
    """Lambda would take the failed records for done; so the whole batch comes again."""

    @powertools(registry=registry, batch={"record_handler": fail_first, "type": "sqs"})
    def handler(event, context):
        return {"statusCode": 200}

    with pytest.raises(BatchResponseError, match="1 records failed"):
        handler(event(EventType.SQS, 2), None)


def test_a_handler_may_return_a_report_of_its_own(registry):
    """What has batchItemFailures is a deliberate report and goes out as it is."""
    own = {"batchItemFailures": [{"itemIdentifier": "id-0"}], "note": 1}

    @powertools(registry=registry, batch={"record_handler": fail_first, "type": "sqs"})
    def handler(event, context):
        return own

    assert handler(event(EventType.SQS, 2), None) is own


def test_records_see_the_invocation_and_hooks_run_once():
    """The record handler runs inside the invocation, in threads too; other plugins are entered once, not per record."""
    entered, seen = [], []

    class Outer(Plugin[None]):
        name = "outer"
        order = 10

        @hookimpl
        def before_invoke(self, invocation):
            entered.append("before")
            invocation.state["outer"] = "set"

        @hookimpl
        def after_invoke(self, invocation):
            entered.append("after")

    registry = Registry()
    registry.register(BatchPlugin)
    registry.register(Outer)

    def handle(record, lambda_context):
        seen.append((current_invocation().state["outer"], lambda_context))

    async def handle_async(record, lambda_context):
        handle(record, lambda_context)

    context = make_context()
    for given in (
        {"record_handler": handle},
        {"record_handler": handle, "max_concurrency": 2},
        {"record_handler": handle_async},
    ):

        @powertools(registry=registry, batch={**given, "type": "sqs"})
        def handler(event, context):
            return None

        assert handler(event(EventType.SQS, 3), context) == {"batchItemFailures": []}
    assert seen == [("set", context)] * 9
    assert entered == ["before", "after"] * 3


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"record_handler": fail_first, "type": "sqss"}, BatchConfigurationError, "did you mean 'sqs'"),
        ({"record_handler": fail_first, "modell": 1}, BatchConfigurationError, "did you mean 'model'"),
        ({"record_handler": 7}, BatchConfigurationError, "a record handler is a function"),
        ({"type": "sqs"}, PluginOptionsError, "needs a record handler"),
        ({"record_handler": fail_first, "type": "sqs", "event_type": EventType.SQS}, PluginOptionsError, "two names"),
        (7, PluginOptionsError, "a record handler is expected"),
        (BatchProcessor, PluginOptionsError, "a record handler is expected"),
    ],
)
def test_wrong_options_are_found_when_the_handler_is_decorated(registry, options, error, message):
    """One clear error in INIT, not at the first batch."""
    with pytest.raises(error, match=message):
        powertools(registry=registry, batch=options)(fail_first)


def test_a_fifo_queue_is_a_type_of_its_own(registry):
    """type="sqs-fifo" stops at a failure, or at one of a group."""

    @powertools(registry=registry, batch={"record_handler": fail_first, "type": "sqs-fifo"})
    def handler(event, context):
        return None

    with pytest.raises(BatchProcessingError):
        handler(event(EventType.SQS, 3), None)
    assert SqsFifoPartialProcessor().raise_on_entire_batch_failure
