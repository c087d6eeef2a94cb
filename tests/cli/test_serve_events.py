from __future__ import annotations

import base64
import gzip
import importlib.util
import json
import re
import time
from pathlib import Path

import pytest

# Shows the event that it was invoked with.
ECHO = """
    import json

    def handler(event, context):
        return {
            "statusCode": 200,
            "headers": {"content-type": "application/json"},
            "multiValueHeaders": {"content-type": ["application/json"]},
            "body": json.dumps(event),
        }
"""


@pytest.fixture
def echo(project, serve):
    """Serve a handler that returns its event: `echo("rest", "--stage", "dev")`."""
    project(app=ECHO)
    return lambda front_end, *options: serve("app:handler", "--as", front_end, *options)


def sample(service, name):
    """Return an event that AWS wrote."""
    folder = Path(importlib.util.find_spec("samcli").origin).parent / "lib" / "generated_sample_events" / "events"
    return json.loads((folder / service / f"{name}.json").read_text())


REQUEST = {
    "method": "PUT",
    "url": "/shelf%20one/caf%C3%A9/a%2Fb?tag=new&tag=a%20b&empty=&q=%26",
    "content": '{"title": "Café"}'.encode(),
    "headers": [
        ("Content-Type", "application/json; charset=utf-8"),
        ("X-Tag", "one"),
        ("X-Tag", "two"),
        ("Cookie", "session=abc; theme=dark"),
        ("User-Agent", "tests/1.0"),
        ("X-Forwarded-For", "203.0.113.9"),
    ],
}


def test_event_of_a_rest_api(echo):
    """A REST API sends the encoded path, decoded parameters, and every value of headers and parameters twice over."""
    before = time.time() * 1000
    server = echo("rest")

    event = server.request(**REQUEST).json()

    assert event["path"] == "/shelf%20one/caf%C3%A9/a%2Fb"
    assert event["resource"] == "/{proxy+}"
    assert event["pathParameters"] == {"proxy": "shelf%20one/caf%C3%A9/a%2Fb"}
    assert event["httpMethod"] == "PUT"
    assert event["queryStringParameters"] == {"tag": "a b", "empty": "", "q": "&"}
    assert event["multiValueQueryStringParameters"] == {"tag": ["new", "a b"], "empty": [""], "q": ["&"]}
    assert event["headers"]["x-tag"] == "two"
    assert event["multiValueHeaders"]["x-tag"] == ["one", "two"]
    assert event["headers"]["cookie"] == "session=abc; theme=dark"
    assert event["headers"]["X-Forwarded-For"] == "203.0.113.9, 127.0.0.1"
    assert event["headers"]["X-Forwarded-Port"] == server.url.rpartition(":")[2]
    assert event["body"] == '{"title": "Café"}'
    assert event["isBase64Encoded"] is False
    context = event["requestContext"]
    assert context["path"] == event["path"]
    assert context["stage"] == "prod"
    assert context["identity"]["sourceIp"] == "127.0.0.1"
    assert context["identity"]["userAgent"] == "tests/1.0"
    assert before <= context["requestTimeEpoch"] <= time.time() * 1000
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", context["requestTime"])


def test_event_of_a_rest_api_has_the_keys_of_the_sample_of_aws(echo):
    """Whatever AWS's sample of a REST API event has, the event has."""
    expected = sample("apigateway", "AwsProxy")

    event = echo("rest").get("/").json()

    assert set(event) == set(expected)
    assert set(event["requestContext"]) >= set(expected["requestContext"])
    assert set(event["requestContext"]["identity"]) >= set(expected["requestContext"]["identity"])
    absent = ("body", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables")
    assert {event[key] for key in absent} == {None}
    assert event["resource"] == "/"


def test_event_of_an_http_api(echo):
    """An HTTP API sends a decoded path, the query string as it came, joined values, and cookies as a list."""
    server = echo("http")

    event = server.request(**REQUEST).json()

    assert (event["version"], event["routeKey"]) == ("2.0", "$default")
    assert event["rawPath"] == "/shelf one/café/a/b"
    assert event["rawQueryString"] == "tag=new&tag=a%20b&empty=&q=%26"
    assert event["queryStringParameters"] == {"tag": "new,a b", "empty": "", "q": "&"}
    assert event["cookies"] == ["session=abc", "theme=dark"]
    assert "cookie" not in event["headers"]
    assert event["headers"]["x-tag"] == "one,two"
    assert event["headers"]["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"
    assert all(name == name.lower() for name in event["headers"])
    assert event["body"] == '{"title": "Café"}'
    context = event["requestContext"]
    assert context["http"] == {
        "method": "PUT",
        "path": "/shelf one/café/a/b",
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "tests/1.0",
    }
    assert (context["stage"], context["routeKey"]) == ("$default", "$default")
    assert re.fullmatch(r"[\w-]{15}=", context["requestId"])


@pytest.mark.parametrize("front_end", ["http", "url"])
def test_event_of_format_2_has_keys_of_the_sample_of_aws_only(echo, front_end):
    """Nothing is in the event that AWS's sample has not; what has no value is left out, as AWS leaves it out."""
    expected = sample("apigateway", "HttpApi")

    event = echo(front_end).get("/").json()

    assert set(event) <= set(expected)
    assert set(event["requestContext"]) == set(expected["requestContext"]) - {"authentication", "authorizer"}
    assert set(event["requestContext"]["http"]) == set(expected["requestContext"]["http"])
    optional = {"cookies", "body", "queryStringParameters", "pathParameters", "stageVariables"}
    assert set(expected) - set(event) == optional
    assert event["rawQueryString"] == ""


def test_event_of_a_function_url(echo):
    """A function URL sends format 2.0 with the path as it came."""
    event = echo("url").request(**REQUEST).json()

    assert event["rawPath"] == "/shelf%20one/caf%C3%A9/a%2Fb"
    assert event["requestContext"]["http"]["path"] == event["rawPath"]
    assert event["requestContext"]["accountId"] == "anonymous"
    assert event["queryStringParameters"]["tag"] == "new,a b"
    assert event["cookies"] == ["session=abc", "theme=dark"]


def test_event_of_a_load_balancer(echo):
    """A load balancer decodes nothing, and of repeated headers and parameters sends the last."""
    event = echo("alb").request(**REQUEST).json()

    assert set(event) == set(sample("alb", "ALBRequest"))
    assert event["path"] == "/shelf%20one/caf%C3%A9/a%2Fb"
    assert event["queryStringParameters"] == {"tag": "a%20b", "empty": "", "q": "%26"}
    assert event["headers"]["x-tag"] == "two"
    assert event["headers"]["cookie"] == "session=abc; theme=dark"
    assert event["headers"]["x-amzn-trace-id"].startswith("Root=1-")
    assert event["requestContext"]["elb"]["targetGroupArn"].startswith("arn:aws:elasticloadbalancing:us-east-1:")
    assert event["body"] == '{"title": "Café"}'


def test_event_of_a_load_balancer_with_multi_value_headers(echo):
    """With multi-value headers on, lists take the place of single values."""
    event = echo("alb", "--multi-value").request(**REQUEST).json()

    assert "headers" not in event
    assert "queryStringParameters" not in event
    assert event["multiValueHeaders"]["x-tag"] == ["one", "two"]
    assert event["multiValueQueryStringParameters"] == {"tag": ["new", "a%20b"], "empty": [""], "q": ["%26"]}


def test_event_of_vpc_lattice(echo):
    """The first event structure of VPC Lattice has its own names, single values, and the query in the path."""
    event = echo("lattice").request(**REQUEST).json()

    assert set(event) == {"raw_path", "method", "headers", "query_string_parameters", "body", "is_base64_encoded"}
    assert event["raw_path"] == "/shelf%20one/caf%C3%A9/a%2Fb?tag=new&tag=a%20b&empty=&q=%26"
    assert event["method"] == "PUT"
    assert event["headers"]["x-tag"] == "one,two"
    assert event["query_string_parameters"] == {"tag": "a b", "empty": "", "q": "&"}
    assert event["body"] == '{"title": "Café"}'


def test_event_of_vpc_lattice_2(echo):
    """The second event structure of VPC Lattice has lists of values and a context."""
    event = echo("lattice-v2", "--region", "eu-west-1").request(**REQUEST).json()

    assert event["version"] == "2.0"
    assert event["path"].startswith("/shelf%20one/caf%C3%A9/a%2Fb?tag=new")
    assert event["headers"]["x-tag"] == ["one", "two"]
    assert event["queryStringParameters"] == {"tag": ["new", "a b"], "empty": [""], "q": ["&"]}
    context = event["requestContext"]
    assert context["region"] == "eu-west-1"
    assert ":eu-west-1:" in context["serviceArn"]
    assert re.fullmatch(r"\d{16}", context["timeEpoch"])


BINARY = b"\x89PNG\r\n\x1a\n\x00\xff"
BODIES = {
    "json": ("application/json", b'{"a": 1}', True),
    "text": ("text/csv; charset=utf-8", "é;1".encode(), True),
    "xml": ("application/xml", b"<a/>", True),
    "form": ("application/x-www-form-urlencoded", b"a=1&b=2", False),
    "upload": ("multipart/form-data; boundary=x", b"--x--", False),
    "image": ("image/png", BINARY, False),
    "no type": (None, b"hello", False),
    "text that is not UTF-8": ("text/plain", b"caf\xe9", False),
}


@pytest.mark.parametrize("front_end", ["http", "url", "alb", "lattice", "lattice-v2"])
def test_binary_bodies_are_base64_by_content_type(echo, front_end):
    """Text, JSON, JavaScript and XML are passed on as text; everything else is base64, without being asked."""
    server = echo(front_end)

    for name, (content_type, body, is_text) in BODIES.items():
        headers = {"content-type": content_type} if content_type else {}
        event = server.post("/", content=body, headers=headers).json()
        encoded = event.get("isBase64Encoded", event.get("is_base64_encoded"))
        assert encoded is not is_text, name
        assert (event["body"].encode() if is_text else base64.b64decode(event["body"])) == body, name


@pytest.mark.parametrize(("front_end", "encoded"), [("alb", True), ("lattice", True), ("http", False)])
def test_compressed_text_is_base64_where_documented(echo, front_end, encoded):
    """The load balancer and VPC Lattice encode any body with a content-encoding."""
    headers = {"content-type": "text/plain", "content-encoding": "identity"}

    event = echo(front_end).post("/", content=b"plain", headers=headers).json()

    assert event.get("isBase64Encoded", event.get("is_base64_encoded")) is encoded


@pytest.mark.parametrize("front_end", ["rest", "http", "url", "alb", "lattice", "lattice-v2"])
def test_gzip_reaches_the_handler_as_it_was_sent(echo, front_end):
    """A compressed upload arrives byte for byte."""
    content = gzip.compress(b"a long story" * 100)
    headers = {"content-type": "application/gzip", "content-encoding": "gzip"}
    options = ("--binary-media-type", "application/gzip") if front_end == "rest" else ()

    event = echo(front_end, *options).post("/", content=content, headers=headers).json()

    assert base64.b64decode(event["body"]) == content


@pytest.mark.parametrize(
    ("types", "content_type", "encoded"),
    [
        ((), "image/png", False),
        (("image/png",), "image/png", True),
        (("IMAGE/PNG",), "image/png; q=1", True),
        (("image/png",), "application/json", False),
        (("*/*",), "application/json", True),
        (("*/*",), None, True),
    ],
)
def test_binary_media_types_of_a_rest_api(echo, types, content_type, encoded):
    """A REST API encodes the bodies of its binary media types, and takes all others for text."""
    options = [part for name in types for part in ("--binary-media-type", name)]
    headers = {"content-type": content_type} if content_type else {}

    event = echo("rest", *options).post("/", content=b"plain", headers=headers).json()

    assert event["isBase64Encoded"] is encoded
    assert event["body"] == (base64.b64encode(b"plain").decode() if encoded else "plain")


def test_stage_of_an_http_api_begins_the_path(echo):
    """With a stage, paths begin with its name, in the URL as in rawPath; everything else is not found."""
    server = echo("http", "--stage", "dev")

    event = server.client.get("/orders").json()
    elsewhere = [server.client.get(server.url.removesuffix("/dev") + path) for path in ("/orders", "/devil")]

    assert event["rawPath"] == "/dev/orders"
    assert event["requestContext"]["stage"] == "dev"
    assert [(answer.status_code, answer.json()) for answer in elsewhere] == [(404, {"message": "Not Found"})] * 2


def test_stage_of_a_rest_api_is_not_in_the_path(echo):
    """A REST API takes the stage off the path, and keeps it in the path of the request context."""
    server = echo("rest", "--stage", "dev")

    event, root = server.client.get("/orders").json(), server.client.get("").json()
    elsewhere = server.client.get(server.url.removesuffix("/dev") + "/orders")

    assert event["path"] == "/orders"
    assert event["requestContext"]["path"] == "/dev/orders"
    assert event["requestContext"]["stage"] == "dev"
    assert root["path"] == "/"
    assert (elsewhere.status_code, elsewhere.json()) == (403, {"message": "Forbidden"})


def test_tracing_header_of_the_request_is_passed_on(project, serve):
    """The function's trace is the request's; without one a new trace begins, which is not sampled."""
    project(app=ECHO.replace("json.dumps(event)", "__import__('os').environ['_X_AMZN_TRACE_ID']"))
    server = serve("app:handler")
    given = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"

    own, other = server.get("/", headers={"x-amzn-trace-id": given}).text, server.get("/").text

    assert own == given
    assert re.fullmatch(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0", other)
