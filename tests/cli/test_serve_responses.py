from __future__ import annotations

import base64
import json

import pytest

# Returns what the request asks it to return, as a handler that is being written does by and by.
PUPPET = """
    import base64, json

    def handler(event, context):
        body = event["body"]
        if event.get("isBase64Encoded") or event.get("is_base64_encoded"):
            body = base64.b64decode(body)
        return json.loads(body)
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def puppet(project, serve):
    """Serve a handler that returns what the request's body says."""
    project(app=PUPPET)

    def start(front_end, *options):
        server = serve("app:handler", "--as", front_end, *options)

        def ask(result, **headers):
            headers = {"content-type": "application/json", "accept": "image/png, */*", **headers}
            return server.post("/orders", content=json.dumps(result), headers=headers)

        ask.server = server
        return ask

    return start


ALL = ["rest", "http", "url", "alb", "lattice", "lattice-v2"]


@pytest.mark.parametrize("front_end", ALL)
def test_status_headers_and_body_are_passed_on(puppet, front_end):
    """Every front end understands a plain response."""
    answer = puppet(front_end)(
        {
            "statusCode": 201,
            "statusDescription": "201 Created",
            "headers": {"Content-Type": "text/plain", "X-Count": 3, "X-Fresh": True, "Content-Length": "999"},
            "body": "café",
            "isBase64Encoded": False,
        }
    )

    assert answer.status_code == 201
    assert answer.headers["content-type"] == "text/plain"
    assert (answer.headers["x-count"], answer.headers["x-fresh"]) == ("3", "true")
    assert answer.headers["content-length"] == "5"
    assert answer.text == "café"


@pytest.mark.parametrize("front_end", ["http", "url", "alb", "lattice", "lattice-v2"])
def test_base64_bodies_are_decoded(puppet, front_end):
    """A binary body reaches the client as bytes."""
    body = base64.b64encode(PNG).decode()

    answer = puppet(front_end)(
        {"statusCode": 200, "headers": {"content-type": "image/png"}, "body": body, "isBase64Encoded": True}
    )

    assert answer.content == PNG


@pytest.mark.parametrize(
    ("types", "accept", "decoded"),
    [
        ((), "image/png", False),
        (("image/png",), "image/png", True),
        (("image/png",), "image/png;q=0.8, */*", True),
        (("image/png",), "text/html, image/png", False),
        (("*/*",), "text/html", True),
    ],
)
def test_rest_api_decodes_what_the_client_accepts_as_binary(puppet, types, accept, decoded):
    """The first type of Accept decides whether base64 is decoded; when it is not, the log says what to do."""
    ask = puppet("rest", *[part for name in types for part in ("--binary-media-type", name)])
    body = base64.b64encode(PNG).decode()

    answer = ask({"statusCode": 200, "body": body, "isBase64Encoded": True}, accept=accept)

    assert answer.content == (PNG if decoded else body.encode())
    ask.server.wait_for(" 200 ")
    assert any("--binary-media-type" in line for line in ask.server.lines) is not decoded


@pytest.mark.parametrize("front_end", ["http", "url"])
@pytest.mark.parametrize(
    ("result", "body"),
    [
        ("Hello", "Hello"),
        ({"message": "é"}, '{"message":"\\u00e9"}'),
        ([1, 2], "[1,2]"),
        (7, "7"),
        (None, "null"),
        ({"body": "statusCode is what makes a response"}, '{"body":"statusCode is what makes a response"}'),
    ],
    ids=["text", "object", "list", "number", "null", "no status"],
)
def test_format_2_makes_a_response_of_a_bare_value(puppet, front_end, result, body):
    """What has no statusCode is the body of a 200 response of type JSON."""
    answer = puppet(front_end)(result)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.text == body


@pytest.mark.parametrize("front_end", ["http", "url"])
def test_format_2_sends_each_cookie(puppet, front_end):
    """Each entry of `cookies` is a set-cookie header."""
    answer = puppet(front_end)({"statusCode": 200, "cookies": ["a=1; Secure", "b=2"], "body": ""})

    assert answer.headers.get_list("set-cookie") == ["a=1; Secure", "b=2"]


def test_rest_api_merges_single_and_multi_value_headers(puppet):
    """Both fields count; a pair that is in both is sent once."""
    answer = puppet("rest")(
        {
            "statusCode": 200,
            "headers": {"set-cookie": "a=1", "x-one": "1"},
            "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]},
        }
    )

    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert answer.headers["x-one"] == "1"


@pytest.mark.parametrize(("options", "field"), [((), "headers"), (("--multi-value",), "multiValueHeaders")])
def test_load_balancer_reads_one_field_of_headers(puppet, options, field):
    """The setting of the target group decides which field counts; the log tells of a response with the other only."""
    ask = puppet("alb", *options)
    single, several = {"x-from": "headers"}, {"x-from": ["multiValueHeaders"]}

    both = ask({"statusCode": 200, "headers": single, "multiValueHeaders": several})
    wrong = {"multiValueHeaders": several} if field == "headers" else {"headers": single}
    ignored = ask({"statusCode": 200, **wrong})

    assert both.headers["x-from"] == field
    assert "x-from" not in ignored.headers
    assert field in ask.server.wait_for("is ignored")


@pytest.mark.parametrize(
    ("front_end", "content_type"),
    [
        ("rest", "application/json"),
        ("http", "text/plain;charset=UTF-8"),
        ("url", "application/json"),
        ("alb", "application/octet-stream"),
    ],
)
def test_content_type_where_the_handler_gives_none(puppet, front_end, content_type):
    """Each front end has a content type of its own for responses without one."""
    assert puppet(front_end)({"statusCode": 200, "body": "x"}).headers["content-type"] == content_type


@pytest.mark.parametrize("front_end", ALL)
def test_responses_without_body(puppet, front_end):
    """204 and 304 have no body, whatever the handler returned, and HEAD gets none."""
    ask = puppet(front_end)

    assert ask({"statusCode": 204, "body": "x"}).content == b""
    assert ask({"statusCode": 304, "headers": {"etag": '"1"'}}).headers["etag"] == '"1"'
    head = ask.server.request("HEAD", "/", content='{"statusCode": 200, "body": "body"}')
    assert (head.status_code, head.content) == (200, b"")
    assert ask({"statusCode": 200, "body": "next"}).text == "next"


FAILED = {
    "rest": (502, '{"message": "Internal server error"}'),
    "http": (500, '{"message": "Internal Server Error"}'),
    "url": (502, "Internal Server Error"),
    "alb": (502, "502 Bad Gateway"),
    "lattice": (502, "Internal Server Error"),
    "lattice-v2": (502, "Internal Server Error"),
}
MALFORMED = {
    "status text": ({"statusCode": "fine"}, "statusCode"),
    "status range": ({"statusCode": 99}, "statusCode"),
    "status null": ({"statusCode": None}, "statusCode"),
    "body object": ({"statusCode": 200, "body": {"id": 1}}, "its body is an object, not text"),
    "headers list": ({"statusCode": 200, "headers": ["x"]}, "its headers is a list"),
    "header name": ({"statusCode": 200, "headers": {"a b": "1"}}, "no name of a header"),
    "header injection": ({"statusCode": 200, "headers": {"x": "1\r\nset-cookie: a=1"}}, "no header may have"),
    "half a character": ({"statusCode": 200, "headers": {"x": "\ud800"}}, "no header may have"),
    "header null": ({"statusCode": 200, "headers": {"x": None}}, "headers['x'] is null"),
    "not base64": ({"statusCode": 200, "body": "%%", "isBase64Encoded": True}, "not base64"),
    "encoded how": ({"statusCode": 200, "body": "x", "isBase64Encoded": "yes"}, "neither true nor false"),
}
NOT_INFERRED = {"no status": ({"body": "x"}, "no statusCode"), "bare text": ("hello", "it is text, not an object")}
OWN = {
    "rest": {
        **NOT_INFERRED,
        "multi-value": ({"statusCode": 200, "multiValueHeaders": {"a": "1"}}, "is text, not a list"),
    },
    "http": {"cookies": ({"statusCode": 200, "cookies": "a=1"}, "its cookies is text")},
    "url": {"cookie": ({"statusCode": 200, "cookies": [1, {}]}, "cookies[1] is an object")},
    "alb": {
        **NOT_INFERRED,
        "null body": ({"statusCode": 200, "body": None}, "its body is null"),
        "description": ({"statusCode": 200, "statusDescription": 200}, "statusDescription"),
    },
    "lattice": NOT_INFERRED,
    "lattice-v2": NOT_INFERRED,
}


@pytest.mark.parametrize("front_end", ALL)
def test_malformed_responses_fail_and_the_log_says_why(puppet, front_end):
    """The client learns nothing but the front end's own error; the developer reads what is wrong, not the content."""
    options = ("--binary-media-type", "*/*") if front_end == "rest" else ()
    ask = puppet(front_end, *options)

    for name, (result, reason) in {**MALFORMED, **OWN[front_end]}.items():
        seen = len(ask.server.lines)
        answer = ask(result)
        assert (answer.status_code, FAILED[front_end][1] in answer.text) == (FAILED[front_end][0], True), name
        line = ask.server.wait_for("does not understand", after=seen)
        assert reason in line, name
        assert line.startswith("POST /orders: "), name


@pytest.mark.parametrize("front_end", ["rest", "http", "url"])
def test_request_id_is_told_to_the_client(puppet, front_end):
    """The id in the log is in the response, so that the two are found together."""
    ask = puppet(front_end)

    answer = ask({"statusCode": 200})

    name = "apigw-requestid" if front_end == "http" else "x-amzn-requestid"
    assert f"id={answer.headers[name]}" in ask.server.wait_for(" 200 ")
