from __future__ import annotations

import json

import pytest
from bedrock_events import api_event, function_event

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


def test_actions_are_answered_in_the_runtime(emulator):
    """In Lambda's runtime, an agent's call of an operation is validated, answered, and refused if it does not fit."""
    function = emulator("agents.actions")

    def ask(value):
        event = api_event("GET", "/claims/{claim_id}", [("claim_id", "integer", value)])
        return function.invoke(event, make_trace_header()).payload

    found, refused = ask("7"), ask("x")

    body = found["response"]["responseBody"]["application/json"]["body"]
    assert (found["response"]["httpStatusCode"], json.loads(body)) == (200, {"id": 7})
    assert found["sessionAttributes"] == {"last": "7"}
    assert refused["response"]["httpStatusCode"] == 422
    assert function.invoke({"source": "other"}, make_trace_header()).payload == "another event"
    [log] = function.output().logs
    assert (log["message"], log["claim_id"]) == ("asked", 7)


def test_functions_are_called_in_the_runtime(emulator):
    """In Lambda's runtime, an asynchronous tool is called with converted values, and an unknown one is named."""
    function = emulator("agents.tools")

    added = function.invoke(function_event("add", [("a", "integer", "1"), ("b", "integer", "2")]), make_trace_header())
    unknown = function.invoke(function_event("divide"), make_trace_header())

    assert added.payload["response"]["functionResponse"]["responseBody"]["TEXT"]["body"] == "3"
    assert added.payload["promptSessionAttributes"] == {"sum": "3"}
    text = unknown.payload["response"]["functionResponse"]["responseBody"]["TEXT"]["body"]
    assert json.loads(text) == "Error: No tool registered with name 'divide'"
