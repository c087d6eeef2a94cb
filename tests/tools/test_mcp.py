from __future__ import annotations

import asyncio
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    LambdaFunctionUrlResolver,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
)

MODERN = "2026-07-28"
ENVELOPE = {"io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}}


def code_of(response):
    return json.loads(response["body"])["error"]["code"]


@pytest.mark.parametrize(
    ("asked", "agreed"),
    [
        ("2025-03-26", "2025-03-26"),
        ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2024-11-05", "2025-11-25"),
        ("1999-01-01", "2025-11-25"),
        (MODERN, "2025-11-25"),
    ],
)
def test_a_version_is_agreed_on(client, asked, agreed):
    """The one that the client asks for if it is spoken, else the newest that has a handshake."""
    result = client.request("initialize", {"protocolVersion": asked, "capabilities": {}, "clientInfo": {}})["result"]
    assert result == {
        "protocolVersion": agreed,
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": "shop", "version": "2.0.0", "title": "The shop"},
        "instructions": "Be kind.",
    }
    assert client.request("initialize", {})["error"]["code"] == -32602


def test_tools_are_listed_with_their_schemas(client, shop):
    """Names, titles, descriptions, both schemas and the hints."""
    tools = {tool["name"]: tool for tool in client.request("tools/list")["result"]["tools"]}
    assert list(tools) == [tool.name for tool in shop]
    found = tools["find_order"]
    assert (found["title"], found["description"]) == ("Find an order", "Find an order.")
    assert found["annotations"] == {"readOnlyHint": True, "openWorldHint": False}
    assert found["inputSchema"]["additionalProperties"] is False
    assert "annotations" not in tools["wait"]
    assert "outputSchema" not in tools["untyped"]
    assert client.request("tools/list", {"cursor": "x"})["error"]["code"] == -32602


def test_tools_are_called(client, shop):
    """The result is a text, and an object that fits the output schema."""
    result = client.call("find_order", {"number": 7, "fields": ["a"]})
    assert result["isError"] is False
    assert result["structuredContent"] == {"number": 7, "items": ["a"], "note": None}
    assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
    jsonschema.validate(result["structuredContent"], shop["find_order"].output_schema)
    cancelled = client.call("cancel", {"order": {"number": 3}, "reason": "late"})
    assert cancelled["content"] == [{"type": "text", "text": "3 late mcp"}]
    assert cancelled["structuredContent"] == {"result": "3 late mcp"}
    assert client.call("wait", {"seconds": 2})["structuredContent"] == {"waited": 2.0}
    assert client.call("untyped", {"value": [1]})["content"][0]["text"] == "[1]"
    assert client.request("ping")["result"] == {}


@pytest.mark.parametrize(
    ("name", "arguments", "text"),
    [
        ("find_order", {"number": 404}, "There is no order 404."),
        ("find_order", {}, "Invalid arguments: number: Field required"),
        ("find_order", {"number": 1, "x": 1}, "Invalid arguments: 'x' is none of the tool's, which are number, fields"),
        ("fail", {}, "The tool 'fail' failed."),
        ("wrong", {}, "The tool 'wrong' failed."),
        ("wait", {"seconds": -1}, "Time goes on."),
        ("wait", {"seconds": 2000}, "The tool 'wait' failed."),
    ],
)
def test_errors_of_tools_are_results(client, name, arguments, text):
    """So that the model reads them; what the tool did not announce is not told."""
    assert client.call(name, arguments) == {"content": [{"type": "text", "text": text}], "isError": True}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, -32700),
        ("{", 400, -32700),
        ("[" * 100_000, 400, -32700),
        ('{"jsonrpc": "2.0", "id": NaN, "method": "ping"}', 400, -32700),
        ("[]", 400, -32600),
        ('[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]', 400, -32600),
        ("7", 400, -32600),
        ({"id": 1, "method": "ping"}, 400, -32600),
        ({"jsonrpc": "1.0", "id": 1, "method": "ping"}, 400, -32600),
        ({"jsonrpc": "2.0", "id": None, "method": "ping"}, 400, -32600),
        ({"jsonrpc": "2.0", "id": True, "method": "ping"}, 400, -32600),
        ({"jsonrpc": "2.0", "id": 1.5, "method": "ping"}, 400, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": 7}, 400, -32600),
        ({"jsonrpc": "2.0", "id": 1}, 400, -32600),
        ({"jsonrpc": "2.0", "id": 1, "method": "nope"}, 200, -32601),
        ({"jsonrpc": "2.0", "id": 1, "method": "server/discover"}, 200, -32601),
        ({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {}}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "nope"}}, 200, -32602),
        ({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "fail", "arguments": 1}}, 200, -32602),
    ],
)
def test_what_is_no_request_is_refused(client, body, status, code):
    """With the codes of JSON-RPC, and the id where one could be read."""
    response = client.send(body)
    assert (response["statusCode"], code_of(response)) == (status, code)
    answer = json.loads(response["body"])
    assert answer["jsonrpc"] == "2.0"
    assert answer["id"] == (None if status == 400 else 1)


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "method": "anything", "params": [1]},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x"}},
    ],
)
def test_what_expects_no_answer_is_accepted(client, message):
    """Notifications and responses are taken with 202 and no body."""
    response = client.send(message)
    assert (response["statusCode"], response["body"]) == (202, "")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_stream_and_no_session(client, method):
    """Other methods are refused with the one that there is."""
    response = client.send("", method=method)
    assert (response["statusCode"], response["headers"]["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("origin", "allowed", "status"),
    [
        ("http://evil.example", (), 403),
        ("null", (), 403),
        ("http://localhost:6274", (), 403),
        ("http://localhost:6274", ("http://localhost:*",), 200),
        ("http://localhost", ("http://localhost:*",), 200),
        ("http://localhost:1.evil.example", ("http://localhost:*",), 403),
        ("http://localhost.evil.example", ("http://localhost:*",), 403),
        ("https://app.example", ("https://app.example",), 200),
        ("https://app.example:8443", ("https://app.example",), 403),
        ("http://evil.example", ("*",), 200),
    ],
)
def test_web_pages_are_refused_unless_they_are_named(make_client, shop, origin, allowed, status):
    """The origin is what tells a page that reached the server under a name of its own (DNS rebinding)."""
    client = make_client(shop, allowed_origins=allowed)
    message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert client.send(message, origin=origin, host="evil.example")["statusCode"] == status
    assert client.send(message, host="anything")["statusCode"] == 200


def test_headers_are_checked(client):
    """Types that are not sent or read are refused, and versions that are not spoken."""
    message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert client.send(message, content_type="text/plain")["statusCode"] == 415
    assert client.send(message, content_type="application/json; charset=utf-8")["statusCode"] == 200
    assert client.send(message, accept="text/event-stream")["statusCode"] == 406
    assert client.send(message, accept="application/json, text/event-stream")["statusCode"] == 200
    assert client.send(message, mcp_protocol_version="2025-06-18")["statusCode"] == 200
    refused = client.send(message, mcp_protocol_version="1999-01-01")
    assert (refused["statusCode"], code_of(refused)) == (400, -32022)
    assert json.loads(refused["body"])["error"]["data"]["requested"] == "1999-01-01"


def stateless(client, method, params=None, meta=ENVELOPE, **headers):
    """Return the response to a request of the generation without a handshake."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"_meta": meta, **(params or {})}}
    names = {"mcp_protocol_version": MODERN, "mcp_method": method, **headers}
    return client.send(message, **{name: value for name, value in names.items() if value is not None})


def test_without_a_handshake_every_request_says_what_it_is(client):
    """2026-07-28: discovery, results with a kind, and no method of the older generation."""
    discovered = json.loads(stateless(client, "server/discover")["body"])["result"]
    assert MODERN in discovered["supportedVersions"]
    assert (discovered["resultType"], discovered["instructions"]) == ("complete", "Be kind.")
    assert discovered["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "shop"
    listed = json.loads(stateless(client, "tools/list")["body"])["result"]
    assert (len(listed["tools"]), listed["ttlMs"], listed["cacheScope"]) == (6, 0, "private")
    for name, arguments in (("find_order", {"number": 7}), ("wait", {"seconds": 1})):
        called = stateless(client, "tools/call", {"name": name, "arguments": arguments}, mcp_name=name)
        result = json.loads(called["body"])["result"]
        assert (result["resultType"], result["isError"]) == ("complete", False)
        assert "ttlMs" not in result
    unknown = stateless(client, "ping")
    assert (unknown["statusCode"], code_of(unknown)) == (404, -32601)
    notification = {"jsonrpc": "2.0", "method": "notifications/x"}
    assert client.send(notification, mcp_protocol_version=MODERN)["statusCode"] == 202


def test_headers_that_contradict_the_body_are_refused(client):
    """2026-07-28: whoever routes by headers must not be told something else than the server."""
    params = {"name": "find_order", "arguments": {"number": 7}}
    encoded = "=?base64?ZmluZF9vcmRlcg==?="
    assert stateless(client, "tools/call", params, mcp_name=encoded)["statusCode"] == 200
    for headers in (
        {"mcp_name": "wait"},
        {"mcp_name": None},
        {"mcp_name": "=?base64?!?="},
        {"mcp_name": "find_order", "mcp_method": "tools/list"},
        {"mcp_name": "find_order", "mcp_protocol_version": "2025-11-25"},
        {"mcp_name": "find_order", "mcp_protocol_version": None},
    ):
        response = stateless(client, "tools/call", params, **headers)
        assert (response["statusCode"], code_of(response)) == (400, -32020)
    incomplete = stateless(client, "tools/list", meta={})
    assert (incomplete["statusCode"], code_of(incomplete)) == (400, -32602)


def http_api(body, headers):
    """Return an event of payload format 2.0."""
    return {
        "rawPath": "/mcp",
        "requestContext": {"http": {"method": "POST", "path": "/mcp"}, "stage": "$default"},
        "headers": headers,
        "body": body,
    }


FRONT_ENDS = {
    APIGatewayRestResolver: lambda body, headers: {
        "httpMethod": "POST",
        "path": "/mcp",
        "headers": headers,
        "body": body,
    },
    APIGatewayHttpResolver: http_api,
    LambdaFunctionUrlResolver: http_api,
    ALBResolver: lambda body, headers: {
        "httpMethod": "POST",
        "path": "/mcp",
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "body": body,
    },
    VPCLatticeResolver: lambda body, headers: {
        "method": "POST",
        "raw_path": "/mcp",
        "headers": headers,
        "body": body,
        "is_base64_encoded": False,
    },
    VPCLatticeV2Resolver: lambda body, headers: {
        "method": "POST",
        "path": "/mcp",
        "headers": {name: [value] for name, value in headers.items()},
        "body": body,
    },
}


@pytest.mark.parametrize("resolver", FRONT_ENDS, ids=lambda resolver: resolver.__name__)
@pytest.mark.parametrize("validated", [True, False])
def test_it_is_served_behind_every_front_end(shop, resolver, validated):
    """Also by an app that validates, whose document has nothing of it, and where a loop runs."""
    app = resolver(enable_validation=validated)
    app.include_router(shop.mcp_router("/mcp"))
    body = json.dumps({"jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": {"name": "wait"}})
    make_event = FRONT_ENDS[resolver]
    event = make_event(body, {"Content-Type": "application/json"})

    for result in (app.resolve(event, None), asyncio.run(app.resolve_async(event, None))):
        assert result["statusCode"] == 200
        assert json.loads(result["body"])["result"]["structuredContent"] == {"waited": 0.0}
    refused = app.resolve(make_event(body, {"Content-Type": "application/json", "Origin": "http://evil.example"}), None)
    assert refused["statusCode"] == 403
    assert json.loads(app.get_openapi_json_schema())["paths"] == {}


def test_a_body_that_is_no_text_is_refused(client):
    """Bytes that are not UTF-8 are no JSON."""
    for body in ("/w==", "!"):
        event = http_api(body, {"content-type": "application/json"})
        response = client.app.resolve({**event, "isBase64Encoded": True}, None)
        assert (response["statusCode"], code_of(response)) == (400, -32700)


def test_numbers_that_json_has_not_are_null(client):
    """What a tool returns is JSON, whatever it computes with."""
    assert client.call("wait", {"seconds": "nan"})["content"] == [{"type": "text", "text": '{"waited":null}'}]
    assert client.call("untyped", {"value": "\ud800"})["isError"] in {True, False}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
METHODS = st.sampled_from(["initialize", "ping", "tools/list", "tools/call", "server/discover", "nope"]) | JSON
NAMES = st.sampled_from(["find_order", "cancel", "wait", "fail", "wrong", "untyped"]) | JSON
PARAMS = JSON | st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "arguments": JSON
        | st.fixed_dictionaries({}, optional={"number": JSON, "seconds": JSON, "value": JSON, "order": JSON}),
        "protocolVersion": JSON,
        "cursor": JSON,
        "_meta": JSON | st.just(ENVELOPE),
    },
)
MESSAGES = st.fixed_dictionaries(
    {}, optional={"jsonrpc": st.just("2.0") | JSON, "id": st.integers() | JSON, "method": METHODS, "params": PARAMS}
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "mcp_protocol_version": st.sampled_from([MODERN, "2025-06-18"]) | st.text(max_size=8),
        "mcp_method": st.sampled_from(["tools/call", "tools/list"]) | st.text(max_size=8),
        "mcp_name": st.sampled_from(["wait", "=?base64?d2FpdA==?=", "=?base64?=?="]) | st.text(max_size=8),
        "accept": st.just("application/json") | st.text(max_size=8),
    },
)


@given(body=MESSAGES | JSON | st.lists(MESSAGES, max_size=2), headers=HEADERS)
def test_no_message_is_too_strange(fuzzed, body, headers):
    """Whatever is sent, the answer is one of the protocol's: never an error of the server, never its insides."""
    _check(fuzzed.send(json.dumps(body), **headers))


@given(body=st.text(max_size=40) | st.binary(max_size=20).map(lambda data: data.decode("latin-1")), headers=HEADERS)
def test_no_text_is_too_strange(fuzzed, body, headers):
    """Also what is no JSON at all."""
    _check(fuzzed.send(body, **headers))


def _check(response):
    assert response["statusCode"] in {200, 202, 400, 404, 406}
    assert "secret" not in response["body"]
    if response["statusCode"] == 202:
        assert response["body"] == ""
        return
    answer = json.loads(response["body"], parse_constant=pytest.fail)
    assert answer["jsonrpc"] == "2.0"
    assert ("result" in answer) != ("error" in answer)
    if "error" in answer:
        assert answer["error"]["code"] in {-32700, -32600, -32601, -32602, -32020, -32022}
        assert isinstance(answer["error"]["message"], str)
