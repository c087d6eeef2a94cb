from __future__ import annotations

import asyncio
import json
import logging
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any

import pytest
from bedrock_events import api_event
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from lambda_powertools.core import Registry, current_invocation, powertools
from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler import BedrockAgentResolver, BedrockResponse, Depends, Response, Router
from lambda_powertools.event_handler.api_gateway import BedrockResponse as FromApiGateway
from lambda_powertools.event_handler.bedrock_agent import BedrockResponseBuilder
from lambda_powertools.event_handler.exceptions import AgentEventError, BadRequestError
from lambda_powertools.event_handler.openapi.params import Body, Header, Query
from lambda_powertools.event_handler.plugin import EventHandlerPlugin


class Claim(BaseModel):
    name: str
    tags: list[str] = []
    size: int | None = Field(None, gt=0)


def ask(app, method, path, parameters=(), body=None, **more):
    """Return status and body text of an action."""
    response = app.resolve(api_event(method, path, parameters, body, **more), None)["response"]
    [content] = response["responseBody"].values()
    return response["httpStatusCode"], content["body"]


def plain_app(**options):
    return BedrockAgentResolver(enable_validation=False, **options)


def test_an_answer_has_the_form_that_agents_take():
    """BDA-20: action group, path and method are those of the event, and nothing of the session is echoed."""
    app = BedrockAgentResolver()

    @app.get("/claims", description="All claims")
    def claims() -> list[int]:
        return [1, 2]

    assert app(api_event("get", "/claims"), None) == {
        "messageVersion": "1.0",
        "response": {
            "actionGroup": "ClaimManagement",
            "apiPath": "/claims",
            "httpMethod": "get",
            "httpStatusCode": 200,
            "responseBody": {"application/json": {"body": "[1,2]"}},
        },
    }


@pytest.mark.parametrize("path", ["/claims/{claim_id}", "/claims/<claim_id>", "/claims/A-7"])
def test_a_path_is_a_template_and_values_are_parameters(path):
    """BDA-2, BDA-3: whatever stands in the path, the value is the parameter's, the last one of its name."""
    app = BedrockAgentResolver()

    @app.get("/claims/<claim_id>", description="One claim")
    def claim(claim_id: int, full: bool = False) -> list[Any]:
        return [claim_id, full]

    parameters = [("claim_id", "integer", "1"), ("full", "boolean", "true"), ("claim_id", "integer", "7")]
    assert ask(app, "GET", path, parameters) == (200, "[7,true]")
    assert ask(app, "GET", path)[0] == 422


def test_the_very_template_wins():
    """BDA-1, BDA-2: rules that differ in the names of their placeholders do not hide each other; plain texts win."""
    app = BedrockAgentResolver()
    app.get("/a/<first>", description="x")(lambda first="1": f"first {first}")
    app.get("/a/<second>", description="x")(lambda second="2": f"second {second}")
    app.get("/a/all", description="x")(lambda: "all")

    assert ask(app, "GET", "/a/{second}", [("second", "string", "b")])[1] == "second b"
    assert ask(app, "GET", "/a/{first}", [("first", "string", "b")])[1] == "first b"
    assert ask(app, "GET", "/a/{third}", [("first", "string", "b")])[1] == "first b"
    assert ask(app, "GET", "/a/all")[1] == "all"


def test_values_with_commas_are_one_value():
    """BDA-4: a sentence or a statement of SQL stays in one piece, also where a list is asked for."""
    app = BedrockAgentResolver()

    @app.get("/q", description="x")
    def query(sql: str, names: Annotated[list[str], Query()]) -> list[Any]:
        return [sql, names]

    sql = "SELECT a, b FROM t"
    assert json.loads(ask(app, "GET", "/q", [("sql", "string", sql), ("names", "string", sql)])[1]) == [sql, [sql]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('["a", "b"]', ["a", "b"]),
        ("[a, b c]", ["a", "b c"]),
        ("[1, 2]", ["1", "2"]),
        ("[]", []),
        ("a", ["a"]),
        ("[a", ["[a"]),
    ],
)
@pytest.mark.parametrize("where", ["parameter", "body"])
def test_arrays_are_read_as_agents_write_them(text, expected, where):
    """BDA-7: an array is JSON, or has its items without quotes; of numbers that are asked for as texts, texts come."""
    app = BedrockAgentResolver()

    @app.post("/t", description="x")
    def tags(tags: Annotated[list[str], Query() if where == "parameter" else Body(embed=True)]) -> list[str]:
        return tags

    given_tags = [("tags", "array", text)]
    status, body = ask(app, "POST", "/t", *([given_tags] if where == "parameter" else [(), given_tags]))
    if where == "body" and not text.endswith("]"):
        assert status == 422
    else:
        assert (status, json.loads(body)) == (200, expected)


def test_objects_and_texts_that_look_like_one():
    """BDA-7: what is declared as an object is decoded where an object is asked for, and stays text where text is."""
    app = BedrockAgentResolver()

    @app.post("/o", description="x")
    def take(where: Annotated[dict[str, int], Body(embed=True)], note: Annotated[str, Body(embed=True)]) -> list[Any]:
        return [where, note]

    body = [("where", "object", '{"x": 1}'), ("note", "string", '{"x": 1}')]
    assert json.loads(ask(app, "POST", "/o", (), body)[1]) == [{"x": 1}, '{"x": 1}']

    @app.post("/text", description="x")
    def text(note: Annotated[str, Body(embed=True)]) -> str:
        return note

    assert ask(app, "POST", "/text", (), [("note", "array", "[1, 2]")]) == (200, "[1, 2]")


def test_a_body_is_an_object_of_its_properties():
    """BDA-6: values are converted; without a body, or with one of another type, it is missing."""
    app = BedrockAgentResolver()

    @app.post("/claims", "Create a claim")
    def create(claim: Claim) -> Claim:
        return claim

    properties = [("name", "string", "roof"), ("size", "integer", "3"), ("tags", "array", "[a]")]
    assert json.loads(ask(app, "POST", "/claims", (), properties)[1]) == {"name": "roof", "tags": ["a"], "size": 3}
    missing = {"statusCode": 422, "detail": [{"loc": ["body"], "type": "missing"}]}
    assert ask(app, "POST", "/claims") == (422, json.dumps(missing, separators=(",", ":")))
    other = api_event("POST", "/claims", requestBody={"content": {"text/plain": {"properties": []}}})
    assert app.resolve(other, None)["response"]["httpStatusCode"] == 422


def test_parameters_that_nobody_asked_for():
    """BDA-5: they are ignored; without validation those that the function accepts are passed as text."""
    app = BedrockAgentResolver()
    app.get("/a/<x>", description="x")(lambda x: x)
    sent = [("x", "string", "1"), ("y", "integer", "2"), ("z", "string", "3")]
    assert ask(app, "GET", "/a/{x}", sent) == (200, "1")

    app = plain_app()
    app.get("/a/<x>", description="x")(lambda x, y="0": [x, y])
    app.get("/b/<x>", description="x")(lambda **values: values)
    app.get("/c", description="x")(lambda **values: values)
    assert ask(app, "GET", "/a/{x}", sent) == (200, '["1","2"]')
    assert ask(app, "GET", "/b/{x}", sent) == (200, '{"x":"1","y":"2","z":"3"}')
    assert ask(app, "GET", "/c", sent) == (200, "{}")


def test_an_agent_sends_no_headers():
    """BDA-8, BDA-10: headers and body of the event are empty, and the session is there."""
    app = BedrockAgentResolver()

    @app.get("/h", description="x")
    def headers(token: Annotated[str | None, Header()] = None) -> list[Any]:
        event = app.current_event
        return [token, event.headers, event.body, event.session_id, event.agent.name, event.session_attributes]

    event = api_event("GET", "/h", headers={"token": "x"})
    event.pop("headers")
    result = app.resolve({**event}, None)
    body = json.loads(result["response"]["responseBody"]["application/json"]["body"])
    assert body == [None, {}, None, "session-1", "TestAgent", {"member": "gold"}]
    assert app.current_event.input_text == "Where is my claim?"


def test_a_wrapped_event_is_unwrapped():
    """BDA-9: it works, with a warning."""
    from lambda_powertools.data_classes import BedrockAgentEvent

    app = plain_app()
    app.get("/a", description="x")(lambda: "b")
    with pytest.warns(UserWarning, match="data class"):
        result = app.resolve(BedrockAgentEvent(api_event("GET", "/a")), None)
    assert result["response"]["httpStatusCode"] == 200


@pytest.mark.parametrize("validated", [True, False])
@pytest.mark.parametrize(
    ("value", "status", "kind", "body"),
    [
        ("text", 200, "application/json", "text"),
        (None, 200, "application/json", "null"),
        (True, 200, "application/json", "true"),
        ({"a": 1}, 200, "application/json", '{"a":1}'),
        (("made", 201), 201, "application/json", "made"),
        (Response(HTTPStatus.CREATED, "application/json", {"a": 1}), 201, "application/json", '{"a":1}'),
        (Response(200, None, {"a": 1}), 200, "application/json", '{"a":1}'),
        (Response(200, "text/plain", "a"), 200, "text/plain", "a"),
        (Response(200, "text/plain", "ä".encode()), 200, "text/plain", "ä"),
        (Response(200, "text/plain", {"a": 1}), 200, "text/plain", '{"a":1}'),
        (BedrockResponse({"a": 1}, 202, "text/plain"), 202, "text/plain", '{"a":1}'),
        (BedrockResponse(), 200, "application/json", "null"),
    ],
)
def test_what_a_function_may_return(value, status, kind, body, validated):
    """BDA-21 to BDA-25: texts are sent as they are, everything else as JSON; the status is a plain number."""
    app = BedrockAgentResolver(enable_validation=validated)
    app.get("/a", description="x")(lambda: value)

    response = app.resolve(api_event("GET", "/a"), None)["response"]

    assert response["responseBody"] == {kind: {"body": body}}
    assert (response["httpStatusCode"], type(response["httpStatusCode"])) == (status, int)


def test_the_status_of_a_route_and_a_serializer():
    """BDA-21, BDA-22: a route has its own status, an app its own serializer; decimals are written by default."""
    app = plain_app()
    app.post("/a", description="x", status_code=201)(lambda: {"price": Decimal("9.90")})
    assert ask(app, "POST", "/a") == (201, '{"price":"9.90"}')
    app = plain_app(serializer=lambda value: f"<{value}>")
    app.post("/a", description="x")(lambda: 7)
    assert ask(app, "POST", "/a") == (200, "<7>")


def test_what_the_agent_is_to_remember():
    """BDA-20, T-6: attributes go beside the response, only those that are there; they have no headers."""
    app = BedrockAgentResolver()
    bases = [{"knowledgeBaseId": "KB"}]

    @app.get("/a", description="x")
    def remember() -> BedrockResponse[dict[str, int]]:
        return BedrockResponse({"a": 1}, session_attributes={"s": "1"}, knowledge_bases_configuration=bases)

    result = app.resolve(api_event("GET", "/a"), None)

    assert result["sessionAttributes"] == {"s": "1"}
    assert result["knowledgeBasesConfiguration"] == bases
    assert "promptSessionAttributes" not in result
    assert not hasattr(BedrockResponse(), "headers")
    assert FromApiGateway is BedrockResponse


@pytest.mark.parametrize(
    ("annotation", "body", "status"),
    [
        (dict[str, int], {"a": "1"}, 200),
        (dict[str, int], {"a": "x"}, 500),
        (BedrockResponse[dict[str, int]], {"a": "x"}, 500),
        (BedrockResponse, {"a": "x"}, 200),
        (Response[dict[str, int]], {"a": "x"}, 500),
    ],
)
def test_bodies_are_validated(annotation, body, status):
    """BDA-26: also the one inside a BedrockResponse; a plain BedrockResponse declares nothing."""
    app = BedrockAgentResolver()

    def function():
        return BedrockResponse(body) if annotation is not Response[dict[str, int]] else Response(200, None, body)

    function.__annotations__["return"] = annotation
    app.get("/a", description="x")(function)
    assert ask(app, "GET", "/a")[0] == status


def test_errors_are_responses():
    """BDA-30 to BDA-33: unknown actions, service errors, and registered functions, which may set attributes."""
    app = plain_app()

    @app.get("/bad", description="x")
    def bad():
        raise BadRequestError("no such claim")

    @app.get("/worse", description="x")
    def worse():
        raise ValueError("secret")

    @app.exception_handler(ValueError)
    def answer(error):
        return BedrockResponse({"sorry": True}, 400, session_attributes={"failed": "1"})

    assert ask(app, "GET", "/none") == (404, '{"statusCode":404,"message":"Not found"}')
    assert ask(app, "POST", "/bad")[0] == ask(app, "HEAD", "/bad")[0] == ask(app, "OPTIONS", "/bad")[0] == 404
    assert ask(app, "GET", "/bad") == (400, '{"statusCode":400,"message":"no such claim"}')
    result = app.resolve(api_event("GET", "/worse"), None)
    assert (result["response"]["httpStatusCode"], result["sessionAttributes"]) == (400, {"failed": "1"})

    app.not_found(lambda error: ("nothing here", 404))
    assert ask(app, "GET", "/none") == (404, "nothing here")


def test_an_unexpected_error_is_raised_or_shown():
    """BDA-34: it leaves `resolve`; in debug mode it is a text."""
    app = plain_app()
    app.get("/a", description="x")(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(app, "GET", "/a")
    app = plain_app(debug=True)
    app.get("/a", description="x")(lambda: 1 / 0)
    response = app.resolve(api_event("GET", "/a"), None)["response"]
    assert "ZeroDivisionError" in response["responseBody"]["text/plain"]["body"]


def test_debug_mode_comes_from_the_environment(monkeypatch, capsys):
    """POWERTOOLS_DEV turns debug mode on unless the app says otherwise, and a large body is warned of."""
    monkeypatch.setenv("POWERTOOLS_DEV", "1")
    with pytest.warns(PowertoolsUserWarning, match="POWERTOOLS_DEV"):
        app = plain_app()
    app.get("/a", description="x")(lambda: "x" * 26_000)
    with pytest.warns(PowertoolsUserWarning, match="26000 bytes"):
        ask(app, "GET", "/a")
    assert '"apiPath"' in capsys.readouterr().out
    assert not plain_app(debug=False).debug


@pytest.mark.parametrize("key", ["actionGroup", "apiPath", "httpMethod"])
def test_an_incomplete_event_is_refused_before_anything_runs(key):
    """BDA-35: the error is a KeyError that names what is missing."""
    app = plain_app()
    calls: list[int] = []
    app.get("/a", description="x")(lambda: calls.append(1))
    event = api_event("GET", "/a")
    del event[key]
    with pytest.raises(KeyError, match=f"Missing required field: '{key}'"):
        app.resolve(event, None)
    with pytest.raises(AgentEventError, match="not NoneType"):
        app.resolve(None, None)
    assert calls == []


def test_a_description_is_required():
    """Agents choose by descriptions, so a decorator without one is an error, as are requirements of security."""
    app = BedrockAgentResolver()
    with pytest.raises(TypeError, match="description"):
        app.get("/a")
    with pytest.raises(TypeError, match="security"):
        app.get("/a", "x", security=[])
    app.get("/a", "x", cors=True, compress=True, cache_control="no-store")(lambda: "ignored")
    assert ask(app, "GET", "/a") == (200, "ignored")


def test_routers_middlewares_and_dependencies_work():
    """BDA-27: they are those of HTTP apps; a middleware gets what the function returned."""
    app = BedrockAgentResolver()
    router = Router()
    seen: list[str] = []

    def session() -> str:
        return app.current_event.session_id

    @router.get("/me", description="x")
    def me(session_id: Annotated[str, Depends(session)]) -> BedrockResponse[str]:
        return BedrockResponse(session_id, session_attributes={"seen": "1"})

    def middleware(app, next_middleware):
        response = next_middleware(app)
        seen.append(type(response).__name__)
        return response

    app.use([middleware])
    app.include_router(router, prefix="/v1")
    result = app.resolve(api_event("GET", "/v1/me"), None)
    assert result["response"]["responseBody"]["application/json"]["body"] == "session-1"
    assert (result["sessionAttributes"], seen) == ({"seen": "1"}, ["BedrockResponse"])


def test_asynchronous_actions_are_awaited():
    """BDA-40: natively by `resolve_async`, and by `resolve` on the loop of the environment."""
    app = BedrockAgentResolver()

    @app.get("/a/<n>", description="x")
    async def action(n: int) -> BedrockResponse[int]:
        await asyncio.sleep(0)
        return BedrockResponse(n)

    async def all_of_them():
        events = [api_event("GET", "/a/{n}", [("n", "integer", str(n))]) for n in range(20)]
        return await asyncio.gather(*(app.resolve_async(event, None) for event in events))

    results = asyncio.run(all_of_them())
    bodies = [result["response"]["responseBody"]["application/json"]["body"] for result in results]
    assert bodies == [str(n) for n in range(20)]
    assert ask(app, "GET", "/a/{n}", [("n", "integer", "7")]) == (200, "7")


def test_the_plugin_answers_agents_and_tells_others():
    """The matched action is in the invocation's state, with group and session, without what was said."""
    registry = Registry()
    registry.register(EventHandlerPlugin)
    app = BedrockAgentResolver()
    told: list[dict[str, Any]] = []

    @app.get("/claims/<claim_id>", description="x")
    def claim(claim_id: int) -> int:
        told.append(dict(current_invocation().state["event_handler"]))
        return claim_id

    @powertools(registry=registry, event_handler=app)
    def handler(event, context):
        return "another event"

    event = api_event("GET", "/claims/{claim_id}", [("claim_id", "integer", "7")])
    assert handler(event, None)["response"]["httpStatusCode"] == 200
    expected = {"route": "/claims/{claim_id}", "method": "GET", "action_group": "ClaimManagement"}
    assert told == [{**expected, "session_id": "session-1"}]
    assert handler({"httpMethod": "GET", "path": "/claims"}, None) == "another event"


def test_the_plugin_can_answer_every_error(caplog):
    """With `catch_unhandled` an error is a response of status 500 that tells nothing."""
    registry = Registry()
    registry.register(EventHandlerPlugin)
    app = plain_app()
    app.get("/a", description="x")(lambda: 1 / 0)

    @powertools(registry=registry, event_handler={"resolver": app, "catch_unhandled": True})
    def handler(event, context): ...

    response = handler(api_event("GET", "/a"), None)["response"]
    assert response["httpStatusCode"] == 500
    assert "division" not in json.dumps(response)


def test_a_response_is_built_without_an_app():
    """The builder is there for code that knows it."""
    from lambda_powertools.data_classes import BedrockAgentEvent

    event = BedrockAgentEvent(api_event("GET", "/a"))
    assert BedrockResponseBuilder(BedrockResponse("x")).build(event)["response"]["httpStatusCode"] == 200
    with pytest.raises(TypeError, match="has to give text"):
        BedrockResponseBuilder(BedrockResponse(1), lambda value: value).build(event)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "", 7, None])
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={"name": st.sampled_from(["n", "tags", "name", "size", 7]), "type": TYPES, "value": ANYTHING},
    )
    | ANYTHING,
    max_size=4,
)


@given(parameters=ENTRIES | ANYTHING, properties=ENTRIES | ANYTHING, media=st.sampled_from(["application/json", "x/y"]))
def test_no_values_are_too_strange(parameters, properties, media):
    """Whatever an agent sends for values, the answer is a success or a 422."""
    event = api_event("POST", "/a/{n}", requestBody={"content": {media: {"properties": properties}}})
    event["parameters"] = parameters
    response = FUZZED.resolve(event, None)["response"]
    assert response["httpStatusCode"] in {200, 422}


FUZZED = BedrockAgentResolver()


@FUZZED.post("/a/<n>", description="x")
def fuzzed(n: int, claim: Claim, tags: Annotated[list[str], Query()] = []) -> Claim:  # noqa: B006  # never changed
    """Take everything."""
    return claim


def test_errors_of_validation_are_logged_without_values(caplog):
    """BDA-31: neither the agent nor the log sees the value."""
    app = BedrockAgentResolver()

    @app.get("/a", description="x")
    def wrong() -> int:
        return "secret"  # type: ignore[return-value]

    with caplog.at_level(logging.DEBUG):
        status, body = ask(app, "GET", "/a")
    assert status == 500
    assert "secret" not in body + caplog.text
