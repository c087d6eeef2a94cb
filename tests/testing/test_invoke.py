from __future__ import annotations

import contextlib
import io
import json
import logging
import sys

import pytest

from lambda_powertools.core import powertools
from lambda_powertools.logger import Logger
from lambda_powertools.testing import invoke, parse_output

RECORD = {"level": "INFO", "message": "placed"}
METRIC = {"_aws": {"Timestamp": 1, "CloudWatchMetrics": []}, "Orders": [1.0]}


def test_output_is_sorted_into_logs_metrics_and_the_rest(run_handler):
    """A handler's JSON records, its metrics and its plain lines come apart, in order."""

    def handler(event, context):
        for line in (json.dumps(RECORD), "plain", json.dumps(METRIC), json.dumps({"no": "record"})):
            print(line)
        return event

    result = run_handler(handler, {"id": 7})

    assert result.response == {"id": 7}
    assert result.error is None
    assert result.logs == [RECORD]
    assert result.metrics == [METRIC]
    assert result.other == ["plain", '{"no": "record"}']
    assert result.stdout.count("\n") == 4


@pytest.mark.parametrize(
    "line", ["", "   ", "null", "[1]", "{broken", '"level"', "7", "{'level': 1}"], ids=lambda line: line or "empty"
)
def test_line_that_is_no_record_is_no_record(line):
    """Whatever a function prints, only JSON objects of the known shapes become logs or metrics."""
    output = parse_output(line)

    assert output.logs == output.metrics == []
    assert output.other == ([line] if line.strip() else [])


def test_line_ends_at_a_newline_alone():
    """A carriage return within a line, as the runtime writes it into tracebacks, does not end it."""
    assert parse_output("[ERROR] first\rsecond\nthird\r\n").other == ["[ERROR] first\rsecond", "third"]


def test_error_is_kept_with_what_was_written_before_it():
    """An exception of the handler is in the result, not raised, and the output is kept."""

    def handler(event, context):
        print(json.dumps(RECORD))
        raise ValueError("declined")

    result = invoke(handler)

    assert isinstance(result.error, ValueError)
    assert result.response is None
    assert result.logs == [RECORD]


def test_interrupt_is_not_swallowed():
    """What is no Exception leaves invoke, and stdout is what it was."""
    before = sys.stdout

    def handler(event, context):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        invoke(handler)
    assert sys.stdout is before


@pytest.mark.parametrize("decorate", [lambda handler: handler, powertools], ids=["plain", "powertools"])
def test_async_handler_is_run_to_its_end(decorate, isolated_registry):
    """The response of an async handler is its result, with and without @powertools."""

    @decorate
    async def handler(event, context):
        return event["id"]

    assert invoke(handler, {"id": 7}).response == 7


def test_handler_gets_a_context_with_a_deadline():
    """Without a context of the caller's the handler gets one that counts down."""
    result = invoke(lambda event, context: context.get_remaining_time_in_millis())

    assert 29_000 < result.response <= 30_000


def test_logging_handler_made_before_the_call_is_captured(monkeypatch):
    """A logger that took stdout when its module was imported is captured too, and writes to stdout again later."""
    logger = logging.getLogger("tests.testing.invoke")
    stream = logging.StreamHandler(sys.stdout)
    monkeypatch.setattr(logger, "handlers", [stream])

    result = invoke(lambda event, context: logger.error(json.dumps(RECORD)))

    assert result.logs == [RECORD]
    assert stream.stream is sys.stdout


def test_logging_handler_made_within_a_call_is_captured_in_the_next(monkeypatch):
    """A logger made lazily inside the first invocation is captured in the second as well."""
    logger = logging.getLogger("tests.testing.lazy")
    monkeypatch.setattr(logger, "handlers", [])

    def handler(event, context):
        if not logger.handlers:
            logger.addHandler(logging.StreamHandler(sys.stdout))
        logger.error(json.dumps(RECORD))

    assert [invoke(handler).logs, invoke(handler).logs] == [[RECORD], [RECORD]]


def test_a_logger_made_under_a_stdout_that_is_closed_is_heard_again():
    """A logger that an earlier test made, under a stdout of its own, writes to that of the invocation."""
    with contextlib.closing(io.StringIO()) as stdout, contextlib.redirect_stdout(stdout):
        logger = Logger(service="made-in-an-earlier-test")

    def handler(event, context):
        logger.info("still here")

    assert [log["message"] for log in invoke(handler).logs] == ["still here"]
