import asyncio
import json

import httpx
import pytest

from lambda_powertools.event_handler import (
    Cookie,
    CORSConfig,
    HttpProxyEvent,
    HttpResolver,
    HttpResolverLocal,
    MockLambdaContext,
    Response,
)
from lambda_powertools.event_handler.router import Router

BINARY = b"\x89PNG\xff\x00"


def ask(app, method, path, **options):
    """Send one request through an ASGI client."""

    async def main():
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
            return await client.request(method, path, **options)

    return asyncio.run(main())


def talk(app, scope, *messages):
    """Speak ASGI with an app; return what it sent."""
    sent, waiting = [], list(messages)

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


@pytest.fixture
def local():
    """An app for the own machine with routes of all kinds."""
    app = HttpResolverLocal(cors=CORSConfig("https://shop.example"))

    @app.get("/users/<user_id>")
    async def user(user_id):
        await asyncio.sleep(0)
        event = app.current_event
        return {
            "id": user_id,
            "query": event.query_string_parameters,
            "multi": event.multi_value_query_string_parameters,
            "cookies": event.resolved_cookies_field,
            "context": [app.lambda_context.function_name, app.lambda_context.get_remaining_time_in_millis()],
        }

    @app.post("/echo")
    def echo():
        return Response(200, "application/octet-stream", app.current_event.body_bytes)

    @app.get("/cookies", compress=True)
    def cookies():
        return Response(200, "text/plain", "a" * 99, cookies=[Cookie("a", "1"), Cookie("b", "2")])

    @app.get("/fail")
    def fail():
        raise ValueError("password=hunter2")

    app.get("/nothing")(lambda: Response(204))
    return app


def test_requests_are_routed_with_their_queries_and_cookies(local):
    """EHH-100: last and all values of the query, repeated headers, a context; the path is decoded once."""
    response = ask(
        local, "GET", "/users/a%2520b?x=1&x=2&empty=", headers=[("Cookie", "a=1"), ("Cookie", "b=2"), ("Origin", "x")]
    )

    assert response.json() == {
        "id": "a%20b",
        "query": {"x": "2", "empty": ""},
        "multi": {"x": ["1", "2"], "empty": [""]},
        "cookies": {"a": "1", "b": "2"},
        "context": ["http-resolver", 300000],
    }


@pytest.mark.parametrize("body", [b"", b"text", "Zoë".encode(), BINARY])
def test_bodies_of_any_kind_come_back_as_they_were_sent(local, body):
    """EHH-101, EHH-104: text, nothing, and bytes that are no text."""
    response = ask(local, "POST", "/echo", content=body)

    assert (response.status_code, response.content) == (200, body)


def test_response_is_sent_as_http_has_it(local):
    """EHH-101: each cookie one header, names in lower case, compressed bodies as bytes."""
    response = ask(local, "GET", "/cookies", headers={"Accept-Encoding": "gzip"})

    assert response.text == "a" * 99
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers.get_list("set-cookie") == ["a=1; Secure", "b=2; Secure"]
    assert ask(local, "GET", "/nothing").status_code == 204
    assert ask(local, "GET", "/users/1/").status_code == 404
    assert ask(local, "POST", "/users/1").headers["allow"] == "GET, HEAD, OPTIONS"
    assert ask(local, "HEAD", "/users/1").content == b""
    preflight = ask(local, "OPTIONS", "/users/1", headers={"Origin": "https://shop.example"})
    assert preflight.headers["access-control-allow-methods"] == "GET,OPTIONS,POST"


def test_unhandled_error_is_a_500_that_tells_nothing(local, capsys):
    """EHH-104: the server goes on; the traceback goes to stderr, not to the client."""
    response = ask(local, "GET", "/fail", headers={"Origin": "https://shop.example"})

    assert (response.status_code, response.json()) == (500, {"statusCode": 500, "message": "Internal Server Error"})
    assert response.headers["access-control-allow-origin"] == "https://shop.example"
    assert "ValueError" in capsys.readouterr().err


def test_lifespan_and_web_sockets(local):
    """EHH-101: start-up and shut-down are answered, web sockets are refused, other scopes ignored."""
    sent = talk(local, {"type": "lifespan"}, {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"})
    assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    sent = talk(local, {"type": "websocket"}, {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close", "code": 1008}]

    assert talk(local, {"type": "other"}) == []


def test_body_may_come_in_pieces_or_not_at_all(local):
    """EHH-101: pieces are put together; a client that goes away is not answered."""
    scope = {"type": "http", "method": "POST", "path": "/echo", "headers": [(b"X-A", b"1")], "query_string": b""}

    sent = talk(
        local,
        scope,
        {"type": "http.request", "body": b"ab", "more_body": True},
        {"type": "http.request", "body": b"c", "more_body": False},
    )

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["body"] == b"abc"
    assert talk(local, scope, {"type": "http.disconnect"}) == []


def test_state_is_each_request_s_own():
    """EHH-102: what was appended at start-up is in every request, what a request appends in no other."""
    app = HttpResolverLocal()
    router = Router()
    app.append_context(start=1)

    @router.get("/x/<number>")
    async def x(number):
        router.append_context(number=number)
        await asyncio.sleep(0.001)
        return [router.context["start"], router.context["number"], router.current_event.path, router.request.route]

    app.include_router(router)

    async def main():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://local") as client:
            return await asyncio.gather(*(client.get(f"/x/{number}") for number in range(50)))

    found = [response.json() for response in asyncio.run(main())]

    assert found == [[1, str(number), f"/x/{number}", "/x/{number}"] for number in range(50)]
    assert app.context == {"start": 1}


def test_events_can_be_resolved_as_well(local):
    """EHH-104: synchronously, asynchronously and by calling the app, with an empty base path."""
    event = HttpProxyEvent("get", "/users/7", query_string="a=1").raw_event
    context = MockLambdaContext()

    found = [local.resolve(event, context), local(event, context), asyncio.run(local.resolve_async(event, context))]

    assert {json.loads(result["body"])["id"] for result in found} == {"7"}
    assert local._get_base_path() == ""
    assert HttpResolver is HttpResolverLocal


def test_event_has_the_shape_of_a_rest_api_s():
    """EHH-100: method in upper case, names of headers in lower case, binary bodies base64-encoded."""
    event = HttpProxyEvent(
        "post", "/x", {"X-One": "1"}, BINARY, path_parameters={"a": "b"}, request_context={"stage": "mine"}
    )

    assert (event.http_method, event.path, event.headers["x-one"]) == ("POST", "/x", "1")
    assert (event.is_base64_encoded, event.body_bytes) == (True, BINARY)
    assert (event.path_parameters, event.request_context.stage) == ({"a": "b"}, "mine")
    assert HttpProxyEvent("GET", "/x").raw_event["requestContext"] == {
        "stage": "local",
        "requestId": "local-request-id",
        "http": {"method": "GET", "path": "/x"},
    }
    assert MockLambdaContext().function_version == "$LATEST"


def test_json_is_parsed_as_the_app_says():
    """EHH-104: `json_body_deserializer` is honoured."""
    app = HttpResolverLocal(json_body_deserializer=lambda text: [text])
    app.post("/x")(lambda: app.current_event.json_body)

    assert ask(app, "POST", "/x", content=b"{}").json() == ["{}"]
