from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.event_handler import (
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    Cookie,
    Response,
    ResponseBuilder,
    SameSite,
    content_types,
)
from lambda_powertools.event_handler.api_gateway import Response as SameResponse
from lambda_powertools.event_handler.exceptions import InvalidHeaderError, InvalidResultError


def answer(result, resolver=APIGatewayRestResolver, **options):
    app = resolver()
    app.get("/x", **options)(lambda: result)
    return app.resolve({"path": "/x", "httpMethod": "GET", **options.pop("event", {})}, None)


@dataclass
class Order:
    id: int


@pytest.mark.parametrize(
    ("result", "status", "body"),
    [
        ({"a": 1}, 200, '{"a":1}'),
        ([1, 2], 200, "[1,2]"),
        ("text", 200, "text"),
        (None, 200, "null"),
        (7, 200, "7"),
        (True, 200, "true"),
        (("created", 201), 201, "created"),
        (({"a": 1}, HTTPStatus.ACCEPTED), 202, '{"a":1}'),
        ((None, 204), 204, "null"),
        ((1, 2, 3), 200, "[1,2,3]"),
        ({"price": Decimal("9.90")}, 200, '{"price":"9.90"}'),
        (Order(7), 200, '{"id":7}'),
        ({"name": "Zoë"}, 200, '{"name":"Zo\\u00eb"}'),
        (Response(200, "application/json", {"a": 1}), 200, '{"a":1}'),
        (Response(200, "application/problem+json", {"a": 1}), 200, '{"a":1}'),
        (Response(200, "text/plain", {"a": 1}), 200, '{"a":1}'),
        (Response(200, "text/html", "<p>"), 200, "<p>"),
        (Response(204), 204, None),
        (Response(200, "application/json"), 200, "null"),
        (Response(200, "application/json", "already"), 200, "already"),
    ],
)
def test_result_becomes_status_and_body(result, status, body):
    """EHH-30, EHH-32: a response, body and status, or a body; only what is no text becomes JSON."""
    found = answer(result)

    assert (found["statusCode"], found["body"], found["isBase64Encoded"]) == (status, body, False)
    assert type(found["statusCode"]) is int


@pytest.mark.parametrize("place", ["function", "middleware", "exception handler"])
def test_pair_without_a_status_is_an_error_that_names_the_route(app, client, place):
    """EHH-30: a tuple of two is body and status, so one that is data is refused, wherever it is returned."""

    def refuse():
        raise KeyError

    around = [lambda _app, _next: ("a", "b")] if place == "middleware" else []
    app.get("/x", middlewares=around)(refuse if place == "exception handler" else lambda: ("a", "b"))
    app.exception_handler(KeyError)(lambda _: ("a", "b"))

    with pytest.raises(InvalidResultError, match="GET /x returned a tuple of two.*type str") as caught:
        client.get("/x")
    assert isinstance(caught.value, TypeError)


def test_route_says_the_status_of_results_without_one():
    """`status_code` of the route is used where the function gives none."""
    assert answer({}, status_code=201)["statusCode"] == 201
    assert answer(({}, 202), status_code=201)["statusCode"] == 202


@pytest.mark.parametrize("content_type", ["image/png", "application/json", None])
@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_go_out_as_base64(content_type, kind):
    """EHH-32: bytes are sent as they are whatever the content type."""
    found = answer(Response(200, content_type, kind(b"\x89PNG")))

    assert (base64.b64decode(found["body"]), found["isBase64Encoded"]) == (b"\x89PNG", True)


@pytest.mark.parametrize("value", [{1, 2}, datetime.now(tz=timezone.utc), object(), (item for item in "ab")])
def test_value_without_a_json_form_is_a_type_error(value):
    """EHH-34: what has no JSON form is not guessed at."""
    with pytest.raises(TypeError, match="not JSON serializable"):
        answer({"value": value})


def test_serializer_is_used_for_bodies_and_errors():
    """EHH-34: the app's serializer makes all JSON, also of errors."""
    app = APIGatewayRestResolver(serializer=lambda value: json.dumps(value, default=str, sort_keys=True))
    app.get("/x")(lambda: {"b": {1}, "a": 1})

    assert app.resolve({"path": "/x", "httpMethod": "GET"}, None)["body"] == '{"a": 1, "b": "{1}"}'
    missing = app.resolve({"path": "/y", "httpMethod": "GET"}, None)
    assert missing["body"] == '{"message": "Not found", "statusCode": 404}'


def test_serializer_has_to_give_text():
    """EHH-34: anything but text is a TypeError."""
    app = APIGatewayRestResolver(serializer=lambda _: b"{}")
    app.get("/x")(dict)

    with pytest.raises(TypeError, match="has to give text"):
        app.resolve({"path": "/x", "httpMethod": "GET"}, None)


def test_failure_to_serialize_can_be_answered(app, client):
    """EHH-35: a function registered for TypeError answers a body that has no JSON form."""
    app.get("/x")(lambda: {"value": object()})
    app.exception_handler(TypeError)(lambda _: ({"told": "so"}, 500))

    assert client.get("/x").raw["body"] == '{"told":"so"}'


@pytest.mark.parametrize(
    ("headers", "content_type", "expected"),
    [
        (None, "text/plain", {"Content-Type": ["text/plain"]}),
        ({"content-type": "text/html"}, "text/plain", {"content-type": ["text/html"]}),
        ({"X-One": "1", "X-Two": ["a", "b"], "X-None": None}, None, {"X-One": ["1"], "X-Two": ["a", "b"]}),
    ],
)
def test_headers_keep_their_spelling(headers, content_type, expected):
    """EHH-31: names are looked up whatever their case; None leaves a header out."""
    assert answer(Response(200, content_type, "", headers=headers))["multiValueHeaders"] == expected


@pytest.mark.parametrize(
    ("content_type", "is_json"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ("Application/JSON", True),
        ("application/vnd.api+json", True),
        ("text/plain", False),
        (None, False),
    ],
)
def test_response_knows_whether_it_is_json(content_type, is_json):
    """EHH-31: by the content type, whatever the case of the header's name."""
    assert Response(200, headers={"CONTENT-TYPE": content_type} if content_type else None).is_json() is is_json


def test_response_is_left_as_it_is():
    """EHH-38: a response that its module keeps is the same on each invocation, compressed or not."""
    app = APIGatewayRestResolver()
    kept = Response(200, "application/json", {"a": "b" * 100}, headers={"X-One": "1"}, compress=True)
    app.get("/x", cache_control="max-age=1")(lambda: kept)
    event = {"path": "/x", "httpMethod": "GET", "headers": {"Accept-Encoding": "gzip"}}

    first, second = app.resolve(event, None), app.resolve(event, None)

    assert first == second
    assert (kept.body, kept.headers) == ({"a": "b" * 100}, {"X-One": "1", "Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("status", "expected"), [(200, "max-age=600"), (HTTPStatus.OK, "max-age=600"), (404, "no-cache"), (201, "no-cache")]
)
def test_cache_control_is_for_what_succeeded(status, expected):
    """EHH-50: the value at status 200, no-cache otherwise, in place of what the function set."""
    app = APIGatewayRestResolver()
    app.get("/x", cache_control="max-age=600")(lambda: Response(status, body="", headers={"cache-control": "mine"}))

    headers = app.resolve({"path": "/x", "httpMethod": "GET"}, None)["multiValueHeaders"]

    assert headers == {"cache-control": [expected]}


def test_options_may_be_given_by_position(app, client):
    """cors, compress and cache_control are taken in this order."""
    app.get("/x", False, True, "max-age=5")(lambda: "a" * 99)

    answer = client.get("/x", headers={"accept-encoding": "gzip"})

    assert (answer.header("cache-control"), answer.header("content-encoding")) == ("max-age=5", "gzip")


def test_unknown_option_is_a_type_error(app):
    """A misspelt option does not pass."""
    with pytest.raises(TypeError, match="sumary"):
        app.get("/x", sumary="What it does")


LINE_BREAKS = ["a\r\nSet-Cookie: b=1", "a\nb", "a\rb", "a\0b"]


@pytest.mark.parametrize("value", LINE_BREAKS)
@pytest.mark.parametrize("headers", [lambda v: {"X-One": v}, lambda v: {"X-One": ["ok", v]}, lambda v: {v: "1"}])
def test_header_with_a_line_break_is_refused(value, headers):
    """A value that would become another header never leaves, and does not show in the message."""
    with pytest.raises(InvalidHeaderError, match="line break") as caught:
        answer(Response(200, body="", headers=headers(value)))

    assert "Set-Cookie" not in str(caught.value)


@pytest.mark.parametrize("value", [*LINE_BREAKS, "a;b"])
@pytest.mark.parametrize("field", ["name", "value", "path", "domain"])
def test_cookie_with_a_line_break_or_semicolon_is_refused(field, value):
    """EHH-36: neither when it is made nor when it was changed later."""
    fields = {"name": "n", "value": "v"}
    with pytest.raises(InvalidHeaderError):
        Cookie(**{**fields, field: value})
    cookie = Cookie(**fields)
    setattr(cookie, field, value)
    with pytest.raises(InvalidHeaderError):
        answer(Response(200, body="", cookies=[cookie]))


MOMENT = datetime(2015, 10, 21, 9, 28, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "n=v; Secure"),
        ({"secure": False}, "n=v"),
        ({"path": "/", "domain": "d.example"}, "n=v; Path=/; Domain=d.example; Secure"),
        ({"expires": MOMENT}, "n=v; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Secure"),
        ({"expires": datetime(2015, 10, 21, 7, 28)}, "n=v; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Secure"),  # noqa: DTZ001
        ({"max_age": 60}, "n=v; Max-Age=60; Secure"),
        ({"max_age": 0}, "n=v; Max-Age=0; Secure"),
        ({"max_age": -5}, "n=v; Max-Age=0; Secure"),
        ({"http_only": True, "same_site": SameSite.LAX_MODE}, "n=v; HttpOnly; Secure; SameSite=Lax"),
        ({"same_site": SameSite.DEFAULT_MODE}, "n=v; Secure"),
        (
            {"same_site": SameSite.NONE_MODE, "custom_attributes": ["Partitioned"]},
            "n=v; Secure; SameSite=None; Partitioned",
        ),
    ],
)
def test_cookie_is_written_in_order(options, expected):
    """EHH-36: attributes in one order, dates in UTC and English."""
    assert str(Cookie("n", "v", **options)) == expected


def test_several_cookies_go_out_separately():
    """EHH-37: a list of cookies behind API Gateway."""
    response = Response(200, body="", cookies=[Cookie("a", "1"), Cookie("b", "2")])

    assert answer(response)["multiValueHeaders"] == {"Set-Cookie": ["a=1; Secure", "b=2; Secure"]}


def test_repr_shows_no_content():
    """Neither a response nor a cookie shows its content in a log."""
    response = Response(200, body={"password": "hunter2"}, headers={"X": "hunter2"}, cookies=[Cookie("a", "hunter2")])

    assert "hunter2" not in f"{response!r} {response.cookies!r}"
    assert SameResponse is Response
    assert content_types.APPLICATION_JSON == "application/json"


def test_builder_makes_the_response_of_an_event():
    """The builder serves code that has a response and an event, without an app."""
    from lambda_powertools.data_classes import APIGatewayProxyEvent

    built = ResponseBuilder(Response(200, "application/json", {"a": 1})).build(APIGatewayProxyEvent({}))

    assert built == {
        "statusCode": 200,
        "body": '{"a":1}',
        "isBase64Encoded": False,
        "multiValueHeaders": {"Content-Type": ["application/json"]},
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=10,
)
TEXT = st.text(alphabet=st.characters(codec="latin-1", exclude_characters="\r\n\0"))
TOKEN = st.text(alphabet="abcdefgh-XYZ0123", min_size=1).map("X".__add__)


@given(body=JSON.filter(lambda value: not isinstance(value, str)), headers=st.dictionaries(TOKEN, TEXT, max_size=5))
def test_bodies_and_headers_come_out_as_they_went_in(body, headers):
    """Serialised and parsed again a body is the same, and so are the headers."""
    found = answer(Response(200, "application/json", body, headers={"Content-Type": "application/json", **headers}))

    assert json.loads(found["body"]) == body
    assert found["multiValueHeaders"] == {"Content-Type": ["application/json"], **{n: [v] for n, v in headers.items()}}


@given(value=st.text(alphabet=st.characters(exclude_characters=';\r\n\0 \t"\\,', min_codepoint=33, max_codepoint=126)))
def test_cookies_come_out_as_they_went_in(value):
    """What a cookie is given is what a browser that parses its text sees."""
    app = APIGatewayHttpResolver()
    app.get("/x")(lambda: Response(200, cookies=[Cookie("name", value, path="/")]))
    event = {"rawPath": "/x", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}

    (written,) = app.resolve(event, None)["cookies"]

    assert written.split("; ")[0].partition("=")[2] == value
