from __future__ import annotations

import base64
import json
import warnings
from typing import Annotated

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from lambda_powertools.event_handler import ALBResolver, APIGatewayHttpResolver, APIGatewayRestResolver
from lambda_powertools.event_handler.openapi.params import Cookie, File, Form, Header, Query, UploadFile
from lambda_powertools.openapi.exceptions import MultipartError
from lambda_powertools.openapi.multipart import parse_multipart

TEXT = st.text(max_size=12)
NAMES = st.sampled_from(["a", "b", "c", "limit", "cookie", "x-a", "content-type"]) | TEXT
MAPS = st.none() | st.dictionaries(NAMES, TEXT, max_size=4)
MULTI = st.none() | st.dictionaries(NAMES, st.lists(TEXT, max_size=3), max_size=4)
CONTENT_TYPES = st.sampled_from(
    [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/x",
        "",
        ";",
        "a/b+json",
    ]
)


class Page(BaseModel):
    limit: int = 3
    a: list[int] = []


def app_of(resolver):
    app = resolver(enable_validation=True)

    @app.post("/x")
    def function(
        a: int = 1,
        b: Annotated[list[float] | None, Query()] = None,
        page: Annotated[Page | None, Query()] = None,
        x_a: Annotated[list[int] | None, Header()] = None,
        c: Annotated[str, Cookie()] = "",
    ):
        return [a, b, page, x_a, c]

    @app.post("/body")
    def body(page: Page):
        return page

    @app.post("/form")
    def form(
        a: Annotated[str, Form()] = "",
        b: Annotated[list[int], Form()] = [],  # noqa: B006  # it is copied
        f: UploadFile | None = None,
        g: Annotated[list[bytes] | None, File()] = None,
    ):
        return [a, b, f and len(f), g and len(g)]

    return app


REST, HTTP, ALB = map(app_of, (APIGatewayRestResolver, APIGatewayHttpResolver, ALBResolver))


def is_answered(app, event):
    """Send an event and tell whether it was answered with 200 or a fault of the client, in JSON."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        result = app.resolve(event, None)
    json.loads(result["body"])
    return result["statusCode"] in (200, 415, 422)


@settings(max_examples=80, deadline=None)
@given(single=MAPS, multiple=MULTI, headers=MAPS, multi_headers=MULTI, decode=st.booleans())
def test_multi_value_events_never_crash(single, multiple, headers, multi_headers, decode):
    """Whatever is in the maps of a REST API's or load balancer's event, the answer is 200 or a fault of the client."""
    event = {
        "httpMethod": "POST",
        "path": "/x",
        "queryStringParameters": single,
        "multiValueQueryStringParameters": multiple,
        "headers": headers,
        "multiValueHeaders": multi_headers,
    }
    assert is_answered(REST, event)
    app = ALBResolver(enable_validation=True, decode_query_parameters=decode)
    app.post("/x")(ALB.matcher.routes[0].func)
    assert is_answered(app, event)


@settings(max_examples=80, deadline=None)
@given(single=MAPS, raw=TEXT, headers=MAPS, cookies=st.lists(TEXT, max_size=3))
def test_http_api_events_never_crash(single, raw, headers, cookies):
    """The same for HTTP APIs and function URLs, with any raw query string and cookies."""
    event = {
        "rawPath": "/x",
        "rawQueryString": raw,
        "queryStringParameters": single,
        "headers": headers or {},
        "cookies": cookies,
        "requestContext": {"stage": "$default", "http": {"method": "POST", "path": "/x"}},
    }
    assert is_answered(HTTP, event)


@settings(max_examples=120, deadline=None)
@given(
    path=st.sampled_from(["/body", "/form"]),
    body=st.none()
    | TEXT
    | st.binary(max_size=40)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | TEXT, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner)
    ).map(json.dumps),
    content_type=CONTENT_TYPES,
    encoded=st.booleans(),
)
def test_bodies_never_crash(path, body, content_type, encoded):
    """Any body of any content type is taken or refused."""
    if isinstance(body, bytes):
        body = base64.b64encode(body).decode() if encoded else body.decode("latin-1")
    event = {
        "httpMethod": "POST",
        "path": path,
        "headers": {"Content-Type": content_type},
        "body": body,
        "isBase64Encoded": encoded,
    }
    assert is_answered(REST, event)


PIECES = st.sampled_from(
    [
        b"--x", b"--x--", b"\r\n", b"\n", b"content-disposition: form-data", b'; name="a"', b'; filename="f"', b": ",
        b"content-type: text/plain; charset=utf-16", b"\xff", b'"', b"filename*=utf-8''%ff", b"\r\n\r\n", b"name=",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=5), max_size=25).map(b"".join), st.sampled_from(["x", '"x"', "", "é", '"']))
def test_forms_with_files_never_crash(body, boundary):
    """Pieces of forms in any order are parsed or refused with one error, and so is the request."""
    content_type = f"multipart/form-data; boundary={boundary}"
    try:
        form = parse_multipart(body, content_type)
    except MultipartError:
        form = None
    assert form is None or all(isinstance(value, (str, UploadFile)) for values in form.values() for value in values)
    event = {
        "httpMethod": "POST",
        "path": "/form",
        "headers": {"Content-Type": content_type},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    assert is_answered(REST, event)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.binary(max_size=30), min_size=1, max_size=3), max_size=3))
def test_files_come_back_as_they_were(files):
    """Any content that does not hold the boundary arrives unchanged."""
    boundary = "b" * 40
    body = b"".join(
        b"--%s\r\ncontent-disposition: form-data; name=%s; filename=f\r\n\r\n%s\r\n"
        % (boundary.encode(), name.encode(), each)
        for name, contents in files.items()
        for each in contents
    )
    form = parse_multipart(body + b"--%s--\r\n" % boundary.encode(), f"multipart/form-data; boundary={boundary}")
    assert {name: [file.content for file in found] for name, found in form.items()} == files
