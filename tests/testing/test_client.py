"""A client for apps of every front end."""

from __future__ import annotations

import base64
import json
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambda_powertools.core import Registry, powertools
from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    LambdaFunctionUrlResolver,
    Response,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
)
from lambda_powertools.event_handler.cookies import Cookie
from lambda_powertools.event_handler.http_resolver import HttpResolverLocal
from lambda_powertools.logger import Logger
from lambda_powertools.testing import ExpectationError, MalformedResponseError, TestClient, make_context

RESOLVERS = [
    APIGatewayRestResolver,
    APIGatewayHttpResolver,
    ALBResolver,
    LambdaFunctionUrlResolver,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
    HttpResolverLocal,
]
METHODS = ["get", "post", "put", "patch", "delete", "options"]


@pytest.fixture(params=RESOLVERS, ids=lambda kind: kind.__name__)
def app(request):
    """An app of each front end, with routes of all kinds."""
    app = request.param()

    @app.route("/echo/<name>", method=[method.upper() for method in METHODS])
    def echo(name):
        event = app.current_event
        return {
            "name": name,
            "method": event.http_method,
            "body": event.body or None,
            "query": event.query_string_parameters or {},
            "header": event.headers.get("X-Tenant"),
        }

    @app.get("/binary")
    def binary():
        return Response(200, "image/png", b"\x89PNG\xff")

    @app.post("/binary")
    def size():
        return {"size": len(base64.b64decode(app.current_event.body)), "encoded": app.current_event.is_base64_encoded}

    @app.get("/login")
    def login():
        return Response(200, "text/plain", "welcome", cookies=[Cookie("session", "abc")])

    @app.get("/me")
    def me():
        sent = first(app.current_event.headers.get("cookie"))
        return {"cookies": sent or "; ".join(app.current_event.raw_event["cookies"])}

    return app


@pytest.mark.parametrize("method", METHODS)
def test_each_method_reaches_its_route(app, method):
    """A request of any method comes with path, query and headers, and its response is read."""
    send = getattr(TestClient(app, headers={"X-Tenant": "acme"}), method)

    response = send("/echo/two%20words?page=2")

    found = response.expect(200).json()
    assert {**found, "name": unquote(found["name"]), "header": first(found["header"])} == {
        "name": "two words",
        "method": method.upper(),
        "body": None,
        "query": {"page": "2"},
        "header": "acme",
    }
    assert response.headers["Content-Type"] == "application/json"
    assert repr(response) == f"<ClientResponse 200 to {method.upper()} /echo/two%20words?page=2>"


def test_json_is_sent_as_json(app):
    """What is given as JSON arrives as text that is JSON, with its content type; query parameters may be a mapping."""
    response = TestClient(app).post("/echo/x", json={"ä": 1}, query={"page": "2"})

    assert response.json()["body"] == '{"ä":1}'
    headers = {name.lower(): first(value) for name, value in response.event["headers"].items()}
    assert headers["content-type"] == "application/json"


def first(value):
    """Return a header's value; VPC Lattice sends a list of them."""
    return value[0] if isinstance(value, list) else value


def test_bytes_arrive_and_come_back(app):
    """A binary body arrives in base64, and one in a response is decoded."""
    client = TestClient(app)

    assert client.post("/binary", body=b"\xff\x00\xfe").json() == {"size": 3, "encoded": True}
    assert client.get("/binary").content == b"\x89PNG\xff"


def test_cookies_are_kept(app):
    """A cookie that a response sets is sent with the next request, and can be read."""
    client = TestClient(app)

    response = client.get("/login")

    assert (response.text, response.cookies) == ("welcome", {"session": "abc"})
    assert client.get("/me", cookies={"a": "b"}).json() == {"cookies": "session=abc; a=b"}


def test_a_route_that_is_missing_is_an_answer(app):
    """Not found is a response like any other; a status that was not expected shows response and request."""
    response = TestClient(app).get("/nowhere")

    assert response.status_code == 404
    with pytest.raises(ExpectationError, match=r"(?s)200 was expected.*GET /nowhere was answered with 404.*Not found"):
        response.expect(200)


def test_logs_and_metrics_of_the_call_are_in_the_response():
    """What a request has logged is with its response, and not what another has."""
    app, logger = APIGatewayRestResolver(), Logger(service="client-test")

    @app.get("/orders/<order>")
    def order(order):
        logger.info("asked", extra={"order": order})
        return {}

    client = TestClient(app)

    assert client.get("/orders/7").logs.one(message="asked")["order"] == "7"
    assert [record["order"] for record in client.get("/orders/8").logs] == ["8"]


def test_an_error_of_the_handler_is_raised_or_answered():
    """An exception leaves the client as it was raised; switched off, the front end's own response comes."""
    app = APIGatewayHttpResolver()

    @app.get("/")
    def fail():
        raise ZeroDivisionError("why")

    with pytest.raises(ZeroDivisionError, match="why"):
        TestClient(app).get("/")
    response = TestClient(app, raise_errors=False).get("/")

    assert (response.status_code, response.json()) == (500, {"message": "Internal Server Error"})
    assert isinstance(response.result.error, ZeroDivisionError)


def test_any_handler_can_be_asked():
    """A handler that is no resolver is called with events of the front end that is named, decorated or async."""

    @powertools(registry=Registry())
    async def handler(event, context):
        return {"statusCode": 200, "headers": {"x": "y"}, "body": f"{event['rawPath']} {context.function_name}"}

    response = TestClient(handler, front_end="url", context=make_context(function_name="orders")).get("/a")

    assert (response.text, dict(response.headers)) == ("/a orders", {"x": "y", "content-type": "application/json"})


@pytest.mark.parametrize("result", [{"statusCode": "x"}, {"statusCode": 200, "body": 7}, "text"])
def test_what_is_no_response_is_an_error(result):
    """A result that the front end would answer with 502 is an error that says what is wrong with it."""
    with pytest.raises(MalformedResponseError):
        TestClient(lambda event, context: result, front_end="alb").get("/")


def test_a_body_that_is_no_json_is_an_error_that_shows_it():
    """Asked for JSON that is not there, a response shows itself."""
    client = TestClient(lambda event, context: {"statusCode": 200, "body": "<p>"}, front_end="rest")

    with pytest.raises(ExpectationError, match=r"(?s)not JSON.*answered with 200.*<p>"):
        client.get("/").json()


def test_a_front_end_has_to_be_known():
    """For what is no resolver the front end is asked for, and a wrong name is answered with those there are."""
    with pytest.raises(ValueError, match="not known: give front_end, one of rest, http, alb"):
        TestClient(lambda event, context: None)
    with pytest.raises(ValueError, match="'restful': one of rest"):
        TestClient(lambda event, context: None, front_end="restful")
    with pytest.raises(ValueError, match="one body"):
        TestClient(lambda event, context: None, front_end="rest").post("/", json={}, body="x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
RESULTS = st.fixed_dictionaries(
    {},
    optional={
        "statusCode": st.integers(100, 700) | JSON,
        "headers": st.dictionaries(st.text(max_size=10), JSON, max_size=3) | JSON,
        "multiValueHeaders": JSON,
        "cookies": JSON,
        "body": JSON,
        "isBase64Encoded": st.booleans() | JSON,
    },
)


@pytest.mark.parametrize("front_end", ["rest", "http", "alb", "url", "lattice", "lattice-v2"])
@settings(deadline=None, max_examples=50)
@given(result=RESULTS | JSON)
def test_any_result_is_a_response_or_one_clear_error(front_end, result):
    """Whatever JSON a handler returns, the client has a response of HTTP or tells what is wrong with it."""
    client = TestClient(lambda event, context: result, front_end=front_end)

    try:
        response = client.get("/")
    except MalformedResponseError as error:
        message = str(error)
        assert message  # what it says depends on the result
        return
    assert 200 <= response.status_code <= 599


@pytest.mark.parametrize("front_end", ["rest", "http", "alb", "url", "lattice", "lattice-v2"])
@settings(deadline=None, max_examples=50)
@given(path=st.text(max_size=30), query=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_any_path_and_query_make_an_event(front_end, path, query):
    """Whatever characters a path and its parameters have, the event is JSON, and the handler is called."""
    events = []
    client = TestClient(lambda event, context: events.append(event) or {"statusCode": 204}, front_end=front_end)

    client.get(f"/{path.partition('?')[0]}", query=query).expect(204)

    assert json.loads(json.dumps(events)) == events
