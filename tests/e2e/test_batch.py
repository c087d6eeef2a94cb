from __future__ import annotations

import copy
import importlib.util
import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e


@pytest.fixture
def messages():
    """Makes an SQS event out of the sample that AWS wrote, with one message for each body."""
    samples = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events" / "events"
    template = re.sub(r"\{\{\{(\w+)\}\}\}", r"\1", (samples / "sqs" / "Sqs.json").read_text(encoding="utf-8"))
    [sample] = json.loads(template)["Records"]

    def make(*bodies):
        records = []
        for number, body in enumerate(bodies):
            record = copy.deepcopy(sample)
            record["messageId"] = f"19dd0b57-b21e-4ac1-bd88-01bbb068cb{number:02}"
            record["body"] = body
            records.append(record)
        return {"Records": records}

    return make


def reported(answer):
    """Return the numbers of the messages that an answer reports."""
    return [int(item["itemIdentifier"][-2:]) for item in answer.payload["batchItemFailures"]]


@pytest.mark.parametrize("handler", ["with_plugin", "by_function", "bare"])
def test_lambda_learns_which_messages_failed(emulator, messages, handler):
    """The response of the function names the failed messages alone, invocation after invocation."""
    function = emulator(f"queue_worker.{handler}")

    first = function.invoke(messages("fine", "fail", "fine", "fail"))
    second = function.invoke(messages("fine", "fine"))

    assert reported(first) == [1, 3]
    assert reported(second) == []


def test_records_are_logged_as_part_of_their_invocation(emulator, messages):
    """Lines of the record handler carry the id of the request, as does the context that it was given."""
    function = emulator("queue_worker.with_plugin")

    function.invoke(messages("fine", "fail"))

    output = function.output()
    assert output.strays == []
    *working, last = output.logs
    assert [log["record_id"] for log in working] == [
        "19dd0b57-b21e-4ac1-bd88-01bbb068cb00",
        "19dd0b57-b21e-4ac1-bd88-01bbb068cb01",
    ]
    assert {log["function_request_id"] for log in output.logs} == {log["request"] for log in working}
    assert last["message"] == "after the batch"


def test_a_batch_that_fails_entirely_is_an_error_of_the_function(emulator, messages):
    """Lambda sees an exception, so that it delivers all messages again."""
    answer = emulator("queue_worker.with_plugin").invoke(messages("fail", "fail"))

    assert answer.payload["errorType"] == "BatchProcessingError"
    assert answer.payload["errorMessage"].startswith("All records failed processing. 2 individual errors")


def test_an_invocation_that_runs_out_of_time_reports_what_it_did_not_begin(emulator, messages):
    """Instead of a timeout, Lambda gets a response in which the messages that were left are to come again."""
    function = emulator("queue_worker.slow_worker", timeout=2)

    answer = function.invoke(messages(*["fine"] * 8))

    left = reported(answer)
    assert left == list(range(8 - len(left), 8))
    assert 0 < len(left) < 8
