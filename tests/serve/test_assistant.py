from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys

import pytest
from bedrock_events import api_event, function_event
from serve_support.server import Server

from lambda_powertools.testing import make_context


@pytest.fixture(scope="module")
def assistant():
    """The example in `examples/assistant`, served as its README says."""
    root = __file__.rpartition("/tests/")[0]
    server = Server(["examples.assistant.app:handler"], root, dict(os.environ))
    yield server
    server.close()


@pytest.mark.parametrize(("mode", "version"), [("legacy", "2025-11-25"), ("auto", "2026-07-28")])
def test_a_client_of_the_official_sdk_lists_and_calls_tools(assistant, mode, version):
    """Over real HTTP, with a handshake and without one: results, an announced error, wrong arguments, no such tool."""
    client = pytest.importorskip("mcp.client", reason="the SDK of the Model Context Protocol is not installed")
    errors = pytest.importorskip("mcp.shared.exceptions")

    async def talk():
        async with client.Client(f"{assistant.url}/mcp", mode=mode) as library:
            tools = (await library.list_tools()).tools
            found = await library.call_tool("find_books", {"words": ["the"]})
            hours = await library.call_tool("opening_hours", {"day": "weekend"})
            refused = await library.call_tool("lend_book", {"number": 3, "reader": "bob"})
            wrong = await library.call_tool("lend_book", {"number": 0})
            with pytest.raises(errors.MCPError, match="Unknown tool: 'burn_book'"):
                await library.call_tool("burn_book", {})
            return library.session.protocol_version, tools, found, hours, refused, wrong

    spoken, tools, found, hours, refused, wrong = asyncio.run(talk())

    assert spoken == version
    assert [tool.name for tool in tools] == ["find_books", "lend_book", "opening_hours"]
    assert tools[0].annotations.read_only_hint is True
    assert [book["title"] for book in found.structured_content["result"]] == ["The Waves"]
    assert hours.structured_content == {"from": 10, "to": 16}
    assert (refused.is_error, refused.content[0].text) == (True, "Emma is lent already.")
    assert wrong.is_error
    assert "reader: Field required" in wrong.content[0].text


def test_the_same_tools_answer_agents_of_bedrock(monkeypatch):
    """The example's handler takes events of both kinds of action groups."""
    monkeypatch.syspath_prepend(__file__.rpartition("/tests/")[0])
    handler = importlib.import_module("examples.assistant.app").handler

    words = [("words", "array", "[opticks]")]
    called = handler(function_event("find_books", words), make_context())
    acted = handler(api_event("POST", "/find_books", (), words), make_context())
    lent = handler(function_event("lend_book", [("number", "integer", "1"), ("reader", "string", "b")]), make_context())

    bodies = [
        called["response"]["functionResponse"]["responseBody"]["TEXT"]["body"],
        acted["response"]["responseBody"]["application/json"]["body"],
    ]
    assert [[book["title"] for book in json.loads(body)] for body in bodies] == [["Opticks"], ["Opticks"]]
    assert lent["sessionAttributes"] == {"member": "gold", "last_book": "1"}
    assert "examples.assistant.app" in sys.modules
