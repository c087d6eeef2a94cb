from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import FunctionType
from typing import Annotated

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.data_classes import APIGatewayProxyEvent
from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    ApiGatewayResolver,
    APIGatewayRestResolver,
    Cookie,
    CORSConfig,
    LambdaFunctionUrlResolver,
    ProxyEventType,
    Response,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
)
from lambda_powertools.event_handler.openapi import params
from lambda_powertools.testing import events


def test_route_is_found_and_given_its_values(front_end):
    """EHH-1: method and path are read where the front end puts them; the values reach the function as texts."""
    app = front_end.resolver()

    @app.get("/users/<user_id>")
    def user(user_id):
        return {"id": user_id, "method": app.current_event.http_method}

    answer = front_end(app, "GET", "/users/7")

    assert (answer.status, answer.json) == (200, {"id": "7", "method": "GET"})
    assert answer.header("content-type") == "application/json"
    assert list(answer.raw)[:3] == ["statusCode", "body", "isBase64Encoded"]
    json.dumps(answer.raw)
    assert type(answer.raw["statusCode"]) is int
    assert all(type(value) is dict for key, value in answer.raw.items() if "eaders" in key)


def test_body_and_headers_of_the_request_are_read(front_end):
    """The event is the front end's data class, whose bodies, headers and queries are the same everywhere."""
    app = front_end.resolver()

    @app.post("/echo")
    def echo():
        event = app.current_event
        return {"body": event.json_body, "header": event.headers["x-one"]}

    answer = front_end(app, "POST", "/echo", body='{"a":1}', headers={"X-One": "1"})

    assert answer.json["body"] == {"a": 1}
    assert answer.json["header"] in ("1", ["1"])  # a list has no hash


def test_methods_are_answered_as_http_has_it(front_end):
    """404 for an unknown path, 405 with Allow for a wrong method, HEAD by GET, OPTIONS without CORS."""
    app = front_end.resolver()

    @app.get("/x")
    def x():
        return {"x": 1}

    assert front_end(app, "GET", "/unknown").json == {"statusCode": 404, "message": "Not found"}
    wrong = front_end(app, "POST", "/x")
    assert (wrong.status, wrong.header("allow")) == (405, "GET, HEAD, OPTIONS")
    head = front_end(app, "HEAD", "/x")
    assert (head.status, head.body, head.header("content-type")) == (200, "", "application/json")
    options = front_end(app, "OPTIONS", "/x")
    assert (options.status, options.header("allow")) == (204, "GET, HEAD, OPTIONS")
    assert front_end(app, "OPTIONS", "/unknown").status == 404


def test_cors_headers_go_out(front_end):
    """EHH-44: the origin of the request is found whatever the front end calls it."""
    app = front_end.resolver(cors=CORSConfig("https://shop.example"))
    app.get("/x")(dict)

    answer = front_end(app, "GET", "/x", headers={"Origin": "https://shop.example"})

    assert answer.header("access-control-allow-origin") == "https://shop.example"
    assert answer.header("vary") == "Origin"


def test_compressed_body_goes_out_as_base64(front_end):
    """EHH-51: what the client accepts is found whatever the front end calls it."""
    app = front_end.resolver()
    app.get("/x", compress=True)(lambda: "a" * 1000)

    answer = front_end(app, "GET", "/x", headers={"Accept-Encoding": "br, gzip"})

    assert answer.header("content-encoding") == "gzip"
    assert answer.raw["isBase64Encoded"] is True
    assert len(answer.body) < 100


def test_cookie_goes_out(front_end):
    """EHH-37: a cookie of a response reaches the client behind every front end."""
    app = front_end.resolver()
    app.get("/x")(lambda: Response(200, cookies=[Cookie("a", "1")]))

    assert front_end(app, "GET", "/x").cookies == ["a=1; Secure"]


@pytest.mark.parametrize("resolver", [VPCLatticeResolver, VPCLatticeV2Resolver])
def test_lattice_warns_of_cookies_that_get_lost(resolver):
    """EHH-37: a response to VPC Lattice has room for one cookie."""
    app = resolver()
    app.get("/x")(lambda: Response(200, cookies=[Cookie("a", "1"), Cookie("b", "2")]))

    with pytest.warns(PowertoolsUserWarning, match="one cookie"):
        result = app.resolve({"raw_path": "/x", "path": "/x", "method": "GET", "headers": {}}, None)

    assert result["headers"]["set-cookie"] == "b=2; Secure"


MINIMAL = [
    (APIGatewayRestResolver, {"path": "/x", "httpMethod": "GET"}),
    (ALBResolver, {"path": "/x", "httpMethod": "GET"}),
    (APIGatewayHttpResolver, {"rawPath": "/x", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}),
    (LambdaFunctionUrlResolver, {"rawPath": "/x", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}),
    (VPCLatticeResolver, {"raw_path": "/x", "method": "GET", "headers": {}}),
    (VPCLatticeV2Resolver, {"path": "/x", "method": "GET", "headers": {}}),
]
NULLS = dict.fromkeys(
    ["headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "body", "cookies"]
)


@pytest.mark.parametrize(("resolver", "event"), MINIMAL)
@pytest.mark.parametrize("nulls", [{}, NULLS], ids=["missing", "null"])
def test_event_needs_no_more_than_method_and_path(resolver, event, nulls):
    """EHH-2: everything else may be missing or null, also with CORS, compression and a view of the request."""
    app = resolver(cors=CORSConfig("https://shop.example"))

    @app.get("/x", compress=True)
    def x():
        request = app.request
        return [request.headers == {}, request.query_parameters in ({}, None), request.body, app.lambda_context]

    result = app.resolve({**event, **nulls}, None)

    assert (result["statusCode"], json.loads(result["body"])) == (200, [True, True, None, None])


def place(found: str | None) -> str | None:
    """Return one optional text."""
    return found


@pytest.mark.parametrize(("resolver", "event"), MINIMAL)
@pytest.mark.parametrize("nulls", [{}, {**NULLS, "query_string_parameters": None}], ids=["missing", "null"])
@pytest.mark.parametrize(
    ("marker", "missing"),
    [
        (params.Query(), ["query", "found"]),
        (params.Query(alias="a,b"), ["query", "a,b"]),
        (params.Header(), ["header", "found"]),
        (params.Cookie(), ["cookie", "found"]),
        (params.Body(), ["body"]),
        (params.Body(embed=True), ["body", "found"]),
    ],
    ids=repr,
)
def test_validation_needs_no_more_than_method_and_path(resolver, event, nulls, marker, missing):
    """EHH-2: under validation, too, what is missing or null is only ever a parameter without a value."""
    app = resolver(enable_validation=True)
    optional, required = FunctionType(place.__code__, {}), FunctionType(place.__code__, {})
    optional.__annotations__ = {"found": Annotated[str | None, marker]}
    optional.__defaults__ = (None,)
    required.__annotations__ = {"found": Annotated[str, marker]}
    app.get("/x")(optional)
    app.get("/required")(required)

    answered = app.resolve({**event, **nulls}, None)
    paths = {name: "/required" for name in ("path", "rawPath", "raw_path") if name in event}
    refused = app.resolve({**event, **nulls, **paths}, None)

    assert (answered["statusCode"], answered["body"]) == (200, "" if resolver is ALBResolver else "null")
    assert (refused["statusCode"], json.loads(refused["body"])["detail"][0]["loc"]) == (422, missing)


def test_bare_resolver_is_a_rest_app_with_significant_slashes():
    """EHH-12: the bare class is a REST app by default, but slashes at the end count."""
    app = ApiGatewayResolver()
    app.get("/x")(dict)

    assert app.resolve({"path": "/x", "httpMethod": "GET"}, None)["statusCode"] == 200
    assert app.resolve({"path": "/x/", "httpMethod": "GET"}, None)["statusCode"] == 404


@pytest.mark.parametrize("kind", list(ProxyEventType))
def test_every_proxy_type_is_known(kind):
    """Each type names its data class."""
    assert kind.value == kind.name
    assert ApiGatewayResolver(proxy_type=kind).source.data_class.__name__ == kind.value


def test_unknown_proxy_type_is_refused():
    """EHH-1: what is no proxy type is an error when the app is made."""
    with pytest.raises(ValueError, match="proxy_type"):
        ApiGatewayResolver(proxy_type="ALBEvent")


@pytest.mark.parametrize(
    "resolver", [APIGatewayRestResolver, APIGatewayHttpResolver, ALBResolver, LambdaFunctionUrlResolver]
)
def test_cors_is_the_first_argument(resolver):
    """The configuration may be given by position."""
    cors = CORSConfig()

    assert resolver(cors)._cors is cors


def test_wrapped_event_is_unwrapped_with_a_warning(app, client):
    """EHH-4: an event that is a data class already works, and its user is told."""
    app.get("/x")(lambda: {"raw": type(app.current_event.raw_event).__name__})

    with pytest.warns(UserWarning, match="^You don't need to serialize event"):
        result = app.resolve(APIGatewayProxyEvent({"path": "/x", "httpMethod": "GET"}), None)

    assert result["body"] == '{"raw":"dict"}'


def test_json_bodies_are_parsed_as_the_app_says():
    """EHH-5: `json_body_deserializer` is what `json_body` uses."""
    app = APIGatewayRestResolver(json_body_deserializer=lambda text: [text])
    app.post("/x")(lambda: app.current_event.json_body)

    result = app.resolve({"path": "/x", "httpMethod": "POST", "body": "{}"}, None)

    assert result["body"] == '["{}"]'


def test_method_is_matched_in_upper_case_and_path_as_it_is(app, client):
    """EHH-3: no percent-decoding, no folding of case; the method counts in upper case."""
    app.get("/a%20b")(lambda: "as it is")

    assert client("get", "/a%20b").status == 200
    assert app.resolve({**events.api_gateway_rest("GET"), "path": "/a b"}, None)["statusCode"] == 404


@pytest.mark.parametrize(
    ("prefixes", "path", "matched"),
    [
        (["/pay"], "/pay", "/"),
        (["/pay"], "/pay/x", "/x"),
        (["/pay"], "/payment", "/payment"),
        (["/a", "/a/b"], "/a/b/c", "/b/c"),
        ([re.compile(r"/v\d")], "/v1/x/v2", "/x"),
        ([re.compile(r"/v\d+"), "/pay"], "/v1/pay/x", "/x"),
        ([re.compile(r".+")], "/x", "/"),
        (["", 7, None, "/pay"], "/pay/x", "/x"),
        ("/pay", "/pay/x", "/pay/x"),
        (None, "/x", "/x"),
    ],
)
def test_prefixes_are_cut_off(prefixes, path, matched):
    """EHH-6: the first text that fits, or all that a pattern finds; what is neither is ignored."""
    app = APIGatewayHttpResolver(strip_prefixes=prefixes)
    app.get(".*")(lambda: app.context["_path"])

    event = {"rawPath": path, "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}

    assert app.resolve(event, None)["body"] == matched
    assert app.explain("GET", path).matched_path == matched


@pytest.mark.parametrize(
    ("resolver", "context", "expected"),
    [
        (APIGatewayRestResolver, {"stage": "prod", "path": "/prod/x"}, "/prod"),
        (APIGatewayRestResolver, {"stage": "prod", "path": "/x"}, ""),
        (APIGatewayRestResolver, None, ""),
        (APIGatewayHttpResolver, {"stage": "prod", "http": {"method": "GET", "path": "/prod/x"}}, "/prod"),
        (LambdaFunctionUrlResolver, {"stage": "$default", "http": {"method": "GET", "path": "/x"}}, ""),
        (ALBResolver, {"stage": "prod", "path": "/prod/x"}, ""),
    ],
)
def test_base_path_is_the_stage_where_the_path_has_it(resolver, context, expected):
    """The base path of a public address is the stage, unless a custom domain hides it."""
    app = resolver()
    app.get(".*")(app._get_base_path)
    event = {"path": "/x", "rawPath": "/x", "httpMethod": "GET", "requestContext": context}

    assert app.resolve(event, None)["body"] == expected


@pytest.mark.parametrize(
    ("resolver", "sample"),
    [
        (APIGatewayRestResolver, "apigateway/AwsProxy.json"),
        (ALBResolver, "alb/ALBRequest.json"),
        (APIGatewayHttpResolver, "apigateway/HttpApi.json"),
        (LambdaFunctionUrlResolver, "apigateway/HttpApi.json"),
    ],
)
def test_samples_written_by_aws_are_routed(resolver, sample):
    """Each sample event of an HTTP front end is answered by the route of its method and path."""
    values = {"path": "orders/7", "method": "POST", "stage": "$default"}
    samcli = Path(importlib.util.find_spec("samcli").origin).parent
    text = (samcli / "lib" / "generated_sample_events" / "events" / sample).read_text(encoding="utf-8")
    event = json.loads(re.sub(r"\{\{\{(\w+)\}\}\}", lambda found: values.get(found[1], "x"), text))
    app = resolver(cors=CORSConfig())

    @app.post("/orders/<order_id>", compress=True)
    def order(order_id):
        return {"id": order_id, "host": bool(app.current_event.headers)}

    result = app.resolve(event, None)

    assert result["statusCode"] == 200
    assert app.context == {}
