from __future__ import annotations

import asyncio
import datetime as dt
import functools
import json
import subprocess
import sys
import threading
from decimal import Decimal
from typing import Any

import pytest
from bedrock_events import function_event
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core import Registry, current_invocation, powertools
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler import BedrockAgentFunctionResolver, BedrockFunctionResponse
from lambda_powertools.event_handler.plugin import EventHandlerPlugin


def body_of(result):
    return result["response"]["functionResponse"]["responseBody"]["TEXT"]["body"]


def call(app, name, parameters=(), **more):
    """Return the text that the agent is given."""
    return body_of(app.resolve(function_event(name, parameters, **more), None))


def test_a_tool_is_called_and_answered():
    """BDF-1, BDF-10, BDF-15: by name, with typed values; the attributes of the session stay."""
    app = BedrockAgentFunctionResolver()

    @app.tool(description="Adds")
    def add(a: int, b: int) -> int:
        assert app.current_event.session_id == "session-1"
        assert app.lambda_context == "context"
        return a + b

    assert app.current_event is None
    assert app(function_event("add", [("a", "integer", "1"), ("b", "integer", "2")]), "context") == {
        "messageVersion": "1.0",
        "response": {
            "actionGroup": "ClaimManagement",
            "function": "add",
            "functionResponse": {"responseBody": {"TEXT": {"body": "3"}}},
        },
        "sessionAttributes": {"member": "gold"},
        "promptSessionAttributes": {"turn": "1"},
    }
    assert app.current_event.function == "add"
    assert add(1, 2) == 3


def test_tools_have_names():
    """BDF-1, BDF-2: a given one, or the function's, also without parentheses; a name that is taken is warned of."""
    app = BedrockAgentFunctionResolver()
    app.tool("first")(lambda: 1)

    @app.tool
    def second():
        return 2

    assert [call(app, "first"), call(app, "second")] == ["1", "2"]
    with pytest.warns(PowertoolsUserWarning, match="Tool 'first' already registered. Overwriting"):
        app.tool(name="first")(lambda: 3)
    assert call(app, "first") == "3"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("string", 7, "7"),
        ("string", "7", "7"),
        ("integer", "7", 7),
        ("integer", "x", "x"),
        ("number", "7.5", 7.5),
        ("number", "x", "x"),
        ("boolean", "TRUE", True),
        ("boolean", "yes", False),
        ("boolean", 1, True),
        ("array", "[a]", "[a]"),
        ("object", "{}", "{}"),
        (None, "a", "a"),
        ("integer", None, None),
        ("integer", "9" * 5000, "9" * 5000),
    ],
)
def test_values_are_converted_by_their_type(kind, value, expected):
    """BDF-11: what cannot be converted is passed as it came."""
    app = BedrockAgentFunctionResolver()
    seen: list[Any] = []
    app.tool("t")(lambda a: seen.append(a) or "seen")
    call(app, "t", [("a", kind, value)])
    assert seen == [expected]
    assert type(seen[0]) is type(expected)


def test_only_what_is_asked_for_is_passed():
    """BDF-12, BDF-13: by name, the last of a repeated one; all to `**`, by position what has no name."""
    app = BedrockAgentFunctionResolver()
    app.tool("named")(lambda a, b="-": [a, b])
    app.tool("anything")(lambda **given: given)
    app.tool("positional")(_positional)
    app.tool("method")(Shop().order)

    def decorated(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return wrapper

    app.tool("wrapped")(decorated(lambda a: a))
    sent = [("a", "string", "0"), ("a", "string", "1"), ("c", "string", "3")]
    assert call(app, "named", sent) == '["1", "-"]'
    assert call(app, "anything", sent) == '{"a": "1", "c": "3"}'
    assert call(app, "positional", sent) == '["1", 0, "3"]'
    assert call(app, "method", sent) == '"1"'
    assert call(app, "wrapped", sent) == '"1"'
    assert call(app, "named").startswith('"Error: TypeError: ')


def _positional(a, b=0, /, *, c):
    return [a, b, c]


class Shop:
    def order(self, a):
        return a


def test_asynchronous_tools_are_awaited():
    """BDF-14: in both ways, each call with its own event and context."""
    app = BedrockAgentFunctionResolver()

    @app.tool
    async def slow(n):
        app.append_context(n=n)
        for _ in range(3):
            await asyncio.sleep(0)
        return [app.context["n"], app.current_event.parameters[0].value]

    async def all_of_them():
        events = [function_event("slow", [("n", "string", str(n))]) for n in range(20)]
        return await asyncio.gather(*(app.resolve_async(event, None) for event in events))

    assert [body_of(result) for result in asyncio.run(all_of_them())] == [f'["{n}", "{n}"]' for n in range(20)]
    assert call(app, "slow", [("n", "string", "7")]) == '["7", "7"]'
    assert app.context == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("hi", '"hi"'),
        (None, '""'),
        ({"a": [1, 2]}, '{"a": [1, 2]}'),
        ("ä", '"\\u00e4"'),
        (Decimal("1.5"), '"1.5"'),
        (dt.date(2024, 1, 2), '"2024-01-02"'),
        (b"x", '"x"'),
        ({1}, "[1]"),
        (BedrockFunctionResponse(), '""'),
    ],
)
def test_results_are_json(value, text):
    """BDF-16, T-11: as `json.dumps` writes it, and what that cannot write as the other apps do."""
    app = BedrockAgentFunctionResolver()
    app.tool("t")(lambda: value)
    assert call(app, "t") == text


def test_a_serializer_of_ones_own():
    """BDF-16: it makes every text; where it fails, the error is still a text."""
    app = BedrockAgentFunctionResolver(serializer=lambda value: f"<{value}>")
    app.tool("t")(lambda: 1)
    assert call(app, "t") == "<1>"
    broken = BedrockAgentFunctionResolver(serializer=lambda value: 7)
    broken.tool("t")(lambda: 1)
    assert call(broken, "t") == '"Error: TypeError: the serializer gave int for a body; it has to give text"'


@pytest.mark.parametrize(
    ("given_attributes", "requested", "expected"),
    [
        (None, {"a": "1"}, {"a": "1"}),
        (None, None, {}),
        ({}, {"a": "1"}, {}),
        ({"b": "2"}, {"a": "1"}, {"b": "2"}),
    ],
)
def test_attributes_survive_a_turn(given_attributes, requested, expected):
    """BDF-17: those of the response, else of the request; an empty dictionary clears them."""
    app = BedrockAgentFunctionResolver()
    bases = [{"knowledgeBaseId": "KB"}]
    app.tool("t")(
        lambda: BedrockFunctionResponse("x", given_attributes, given_attributes, bases, response_state="REPROMPT")
    )
    event = function_event("t", sessionAttributes=requested, promptSessionAttributes=requested)
    result = app.resolve(event, None)
    assert result["sessionAttributes"] == result["promptSessionAttributes"] == expected
    assert result["knowledgeBasesConfiguration"] == bases
    assert result["response"]["functionResponse"]["responseState"] == "REPROMPT"


def test_states_are_checked():
    """BDF-18: there are two."""
    with pytest.raises(ValueError, match="responseState must be 'FAILURE' or 'REPROMPT'"):
        BedrockFunctionResponse(response_state="OK")  # type: ignore[arg-type]


def test_only_its_own_responses_are_unpacked():
    """BDF-19: an object that happens to have a body is a result like any other."""

    class Letter:
        body = "dear"

    app = BedrockAgentFunctionResolver(serializer=lambda value: type(value).__name__)
    app.tool("t")(Letter)
    assert call(app, "t") == "Letter"


def test_errors_are_texts_for_the_agent(caplog):
    """BDF-20, BDF-22, BDF-23: of the tool, of the call, of the result, of an unknown tool."""
    app = BedrockAgentFunctionResolver()

    @app.tool
    def fail():
        app.append_context(left="over")
        raise ValueError("no such claim")

    app.tool("odd")(lambda: {"a": object()})
    assert call(app, "fail") == '"Error: ValueError: no such claim"'
    assert app.context == {}
    assert call(app, "odd").startswith('"Error: TypeError: Object of type object')
    assert call(app, "nope") == "\"Error: No tool registered with name 'nope'\""
    result = app.resolve(function_event("fail"), None)
    assert "responseState" not in result["response"]["functionResponse"]
    assert result["sessionAttributes"] == {"member": "gold"}


@pytest.mark.parametrize("key", ["function", "actionGroup"])
def test_an_incomplete_event_is_refused_before_anything_runs(key):
    """BDF-21: the error names what is missing; what may be missing is."""
    app = BedrockAgentFunctionResolver()
    calls: list[int] = []
    app.tool("t")(lambda: calls.append(1))
    event = function_event("t")
    del event[key]
    with pytest.raises(ValueError, match=f"Missing required field: '{key}'") as raised:
        app.resolve(event, None)
    assert isinstance(raised.value.__cause__, KeyError)
    assert calls == []
    assert body_of(app.resolve({"function": "t", "actionGroup": "g", "parameters": None}, None)) == '""'


def test_a_wrapped_event_is_unwrapped():
    """It works, with a warning."""
    from lambda_powertools.data_classes import BedrockAgentFunctionEvent

    app = BedrockAgentFunctionResolver()
    app.tool("t")(lambda: 1)
    with pytest.warns(UserWarning, match="data class"):
        assert body_of(app.resolve(BedrockAgentFunctionEvent(function_event("t")), None)) == "1"


def test_calls_do_not_see_each_other():
    """T-7: two apps, and one app in many threads, each see their own event and context."""
    app, other = BedrockAgentFunctionResolver(), BedrockAgentFunctionResolver()
    barrier = threading.Barrier(8)
    results: list[str] = []

    @app.tool
    def outer(n):
        barrier.wait()
        app.append_context(n=n)
        inner = call(other, "inner")
        return [n, app.context["n"], app.current_event.function, inner]

    other.tool("inner")(lambda: [other.current_event.function, dict(other.context)])

    def run(n):
        results.append(call(app, "outer", [("n", "string", str(n))]))

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number, context, name, inner in map(json.loads, results):
        assert (number, name, json.loads(inner)) == (context, "outer", ["inner", {}])
    assert len({result[0] for result in map(json.loads, results)}) == 8


def handler_of(app, **options):
    registry = Registry()
    registry.register(EventHandlerPlugin)

    @powertools(registry=registry, event_handler={"resolver": app, **options})
    def handler(event, context):
        if event.get("function"):
            raise OSError("queue is down")
        return "another event"

    return handler


def test_the_plugin_answers_agents_and_tells_others():
    """The function, its group and the session are in the invocation's state, without what was said."""
    app = BedrockAgentFunctionResolver()
    told: list[dict[str, Any]] = []
    app.tool("t")(lambda: told.append(dict(current_invocation().state["event_handler"])))
    handler = handler_of(app)

    assert body_of(handler(function_event("t"), None)) == '""'
    expected = {"route": "t", "function": "t", "action_group": "ClaimManagement", "session_id": "session-1"}
    assert told == [expected]
    assert handler({"path": "/"}, None) == "another event"


def test_the_plugin_answers_errors_around_the_app():
    """With `catch_unhandled` an error outside of the tools is a text as well."""
    app = BedrockAgentFunctionResolver()
    app.failing = False
    handler = handler_of(app, catch_unhandled=True)
    app.resolve = _fail
    assert body_of(handler(function_event("t"), None)) == '"Error: OSError: queue is down"'


def _fail(event, context):
    raise OSError("queue is down")


def test_nothing_else_is_needed():
    """The app for functions works without pydantic, and imports neither asyncio nor inspect."""
    script = """
import sys
sys.modules["pydantic"] = None
from lambda_powertools.event_handler import BedrockAgentFunctionResolver
app = BedrockAgentFunctionResolver()
app.tool("t")(lambda a: a)
event = {"function": "t", "actionGroup": "g", "parameters": [{"name": "a", "type": "integer", "value": "7"}]}
assert app.resolve(event, None)["response"]["functionResponse"] == {"responseBody": {"TEXT": {"body": "7"}}}
assert not {"asyncio", "inspect", "lambda_powertools.event_handler._resolver"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = {"name": st.sampled_from(["a", "b", 7]), "type": ANYTHING, "value": ANYTHING}
ENTRY = st.fixed_dictionaries({}, optional=MEMBERS)


@given(parameters=st.lists(ENTRY | ANYTHING, max_size=4) | ANYTHING, attributes=ANYTHING)
def test_no_values_are_too_strange(parameters, attributes):
    """Whatever an agent sends for values, it is given a text."""
    event = {"function": "t", "actionGroup": "g", "parameters": parameters, "sessionAttributes": attributes}
    assert isinstance(body_of(FUZZED.resolve(event, None)), str)


FUZZED = BedrockAgentFunctionResolver()
FUZZED.tool("t")(lambda a=None, **more: [a, more])
