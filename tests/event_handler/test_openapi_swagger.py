from __future__ import annotations

import base64
import gzip
import json
import sys

import pytest
from pydantic import BaseModel

from lambda_powertools import swagger_ui
from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    ApiGatewayResolver,
    APIGatewayRestResolver,
    LambdaFunctionUrlResolver,
    Response,
    VPCLatticeResolver,
    VPCLatticeV2Resolver,
)
from lambda_powertools.event_handler.openapi import swagger_ui as pages
from lambda_powertools.event_handler.openapi.models import Server


class Hostile(BaseModel):
    """</script><!-- <script> \u2028"""

    a: int


def rest(query=None, headers=None, path="/swagger", stage="$default"):
    context = {"stage": stage, "path": f"/{stage}{path}"}
    return {
        "httpMethod": "GET",
        "path": path,
        "queryStringParameters": query,
        "headers": headers,
        "requestContext": context,
    }


def http(query=None, headers=None):
    context = {"stage": "$default", "http": {"method": "GET", "path": "/swagger"}}
    return {"rawPath": "/swagger", "queryStringParameters": query, "headers": headers or {}, "requestContext": context}


def lattice(query=None, headers=None):
    return {"raw_path": "/swagger", "method": "GET", "headers": headers or {}, "query_string_parameters": query or {}}


def lattice_v2(query=None, headers=None):
    query = {name: [value] for name, value in (query or {}).items()}
    headers = {name: [value] for name, value in (headers or {}).items()}
    return {"path": "/swagger", "method": "GET", "headers": headers, "queryStringParameters": query}


SOURCES = [
    (APIGatewayRestResolver, rest),
    (ApiGatewayResolver, rest),
    (APIGatewayHttpResolver, http),
    (LambdaFunctionUrlResolver, http),
    (ALBResolver, rest),
    (VPCLatticeResolver, lattice),
    (VPCLatticeV2Resolver, lattice_v2),
]


def shown(resolver=APIGatewayRestResolver, **options):
    app = resolver(enable_validation=True)

    @app.post("/x")
    def function(h: Hostile) -> None: ...

    app.enable_swagger(**options)
    return app


@pytest.mark.parametrize(("resolver", "event"), SOURCES)
def test_the_page_is_served_without_a_network(resolver, event):
    """EHO-70, EHO-71, EHO-78: page, document and redirect page come from every front end, and link to nothing."""
    app = shown(resolver)
    page = app.resolve(event(), None)
    assert page["statusCode"] == 200
    assert ("http://" in page["body"].split("<body>")[0].replace(swagger_ui.stylesheet(), "")) is False
    assert 'src="' not in page["body"].replace(swagger_ui.javascript().replace("<!--", "\\x3c!--"), "")
    for setting in ('docExpansion: "list"', "deepLinking: true", 'layout: "BaseLayout"', "persistAuthorization: false"):
        assert setting in page["body"]
    document = json.loads(app.resolve(event({"format": "json"}), None)["body"])
    assert list(document["paths"]) == ["/x"]
    assert "swaggerUIRedirectOauth2" in app.resolve(event({"format": "oauth2-redirect"}), None)["body"]


@pytest.mark.parametrize(("resolver", "event"), SOURCES[2:])
def test_the_page_is_compressed_where_the_client_accepts_it(resolver, event):
    """EHO-77: it would be too large for a load balancer otherwise; a REST API needs to be told."""
    app = shown(resolver)
    compressed = app.resolve(event(headers={"accept-encoding": "br, gzip"}), None)
    assert compressed["isBase64Encoded"] is True
    assert len(json.dumps(compressed)) < 1_000_000
    plain = app.resolve(event(), None)["body"]
    assert gzip.decompress(base64.b64decode(compressed["body"])).decode() == plain


@pytest.mark.parametrize("compress", [True, False])
def test_a_rest_api_compresses_on_demand(compress):
    """EHO-70: binary answers need binary media types there."""
    answer = shown(compress=compress).resolve(rest(headers={"Accept-Encoding": "gzip"}), None)
    assert answer["isBase64Encoded"] is compress


def test_the_document_cannot_leave_its_script():
    """EHO-73: what a model says is escaped in the page, and plain in the JSON."""
    app = shown()
    page = app.resolve(rest(), None)["body"]
    assert page.count("</script>") == 2
    assert "<!--" not in page
    assert "\u2028" not in page
    assert "\\u003c/script>" in page
    document = json.loads(app.resolve(rest({"format": "json"}), None)["body"])
    assert document["components"]["schemas"]["Hostile"]["description"].startswith("</script><!--")


def test_files_may_be_served_elsewhere():
    """EHO-71: with a base URL nothing is in the page but two links."""
    app = shown(swagger_base_url="https://example.com/ui/", persist_authorization=True)
    page = app.resolve(rest(), None)["body"]
    assert '<script src="https://example.com/ui/swagger-ui-bundle.min.js">' in page
    assert 'href="https://example.com/ui/swagger-ui.min.css"' in page
    assert "persistAuthorization: true" in page
    assert len(page) < 10_000


def test_the_route_is_hidden_and_can_be_protected():
    """EHO-70: the page is in no document, and middlewares decide who sees it."""

    def refuse(app, next_middleware):
        return Response(401)

    app = shown(path="/docs", middlewares=[refuse])
    assert app.resolve(rest(path="/docs"), None)["statusCode"] == 401
    assert list(app.get_openapi_schema().paths) == ["/x"]


@pytest.mark.parametrize(
    ("configured", "given", "stage", "expected"),
    [
        (None, None, "prod", "/prod"),
        (None, None, "$default", "/"),
        ([Server(url="/configured")], None, "prod", "/configured"),
        ([Server(url="/configured")], [Server(url="/given")], "prod", "/given"),
    ],
)
def test_servers_are_given_configured_or_the_base_path(configured, given, stage, expected):
    """EHO-74: what is said wins over what the request shows."""
    app = shown(**({"servers": given} if given else {}))
    if configured:
        app.configure_openapi(servers=configured)
    document = json.loads(app.resolve(rest({"format": "json"}, stage=stage), None)["body"])
    assert [server["url"] for server in document["servers"]] == [expected]


def test_the_head_of_the_document_can_be_given():
    """EHO-60: what is given with enable_swagger is in the shown document."""
    document = json.loads(shown(title="T", version="3").resolve(rest({"format": "json"}), None)["body"])
    assert document["info"] == {"title": "T", "version": "3"}


def test_a_missing_distribution_is_one_clear_error(monkeypatch):
    """The error names the distribution, from the app as from the module of the pages."""
    monkeypatch.setitem(sys.modules, "lambda_powertools.swagger_ui", None)
    with pytest.raises(ImportError, match="pip install lambda-powertools-swagger-ui"):
        APIGatewayRestResolver().enable_swagger()
    with pytest.raises(ImportError, match="pip install lambda-powertools-swagger-ui"):
        pages.OAuth2Config  # noqa: B018  # looking the name up is what is tested


def test_the_pages_are_those_of_the_distribution():
    """The event handler's module gives what the distribution has, and has no other names."""
    for name in pages.__all__:
        assert getattr(pages, name) is getattr(swagger_ui, name)
    with pytest.raises(AttributeError, match="nothing"):
        pages.nothing  # noqa: B018  # looking the name up is what is tested


def test_the_page_follows_the_document():
    """EHO-77: the page is kept, and made anew when a route comes."""
    app = shown()
    first = app.resolve(rest(), None)["body"]
    assert app.resolve(rest(), None)["body"] is first
    app.get("/later")(lambda: None)
    assert "/later" in app.resolve(rest(), None)["body"]
