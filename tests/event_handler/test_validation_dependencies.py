from __future__ import annotations

import json
from typing import Annotated

import pytest
from pydantic import BaseModel

from lambda_powertools.event_handler import APIGatewayRestResolver, Depends
from lambda_powertools.event_handler.openapi.params import Body, Header


class Filter(BaseModel):
    name: str


def tenant(x_tenant: Annotated[str, Header()]):
    return x_tenant


def connection(tenant: Annotated[str, Depends(tenant)], pool: int = 1):
    return f"{tenant}/{pool}"


def other_connection(size: int):
    return f"other/{size}"


def filtered(filter: Annotated[Filter, Body(embed=True)]):  # noqa: A002  # its name in the body
    return filter.name


def read(pool: int, conn: Annotated[str, Depends(connection)]):
    return [pool, conn]


def make(n: Annotated[int, Body()], name: Annotated[str, Depends(filtered)]):
    return [n, name]


@pytest.fixture
def app():
    app = APIGatewayRestResolver(enable_validation=True)
    app.get("/x")(read)
    app.post("/x")(make)
    return app


def send(app, method="GET", headers=None, query=None, body=None):
    event = {"httpMethod": method, "path": "/x", "headers": headers, "queryStringParameters": query, "body": body}
    result = app.resolve(event, None)
    return result["statusCode"], json.loads(result["body"])


def test_parameters_of_dependencies_are_read(app):
    """EHH-80: a dependency's own parameters come from the request, at any depth, converted by its own annotations."""
    assert send(app, headers={"X-Tenant": "t"}, query={"pool": "3"}) == (200, [3, "t/3"])


def test_parameters_of_dependencies_are_validated(app):
    """EHH-80: what is wrong with them is told with what is wrong with the function's own."""
    status, body = send(app, query={"pool": "x"})
    assert status == 422
    assert [error["loc"] for error in body["detail"]] == [["query", "pool"], ["query", "pool"], ["header", "x-tenant"]]


def test_an_override_s_own_parameters_count(app):
    """EHH-77: a replacement is given what it asks for itself, from the next request on."""
    assert send(app, headers={"X-Tenant": "t"}, query={"pool": "3"})[0] == 200
    app.dependency_overrides[connection] = other_connection
    assert send(app, query={"pool": "3", "size": "4"}) == (200, [3, "other/4"])
    app.dependency_overrides.clear()
    assert send(app, query={"pool": "3", "size": "4"})[0] == 422


def test_a_body_is_shared_with_dependencies(app):
    """EHO-21: parameters of function and dependency together make the body an object."""
    assert send(app, "POST", body='{"n": 1, "filter": {"name": "a"}}') == (200, [1, "a"])


def known_tenant(app, next_middleware, tenant: Annotated[str, Depends(tenant)]):
    app.append_context(tenant=tenant)
    return next_middleware(app)


@pytest.fixture
def guarded():
    app = APIGatewayRestResolver(enable_validation=True)
    app.use([known_tenant])
    app.get("/x")(lambda: app.context["tenant"])
    app.get("/unvalidated/<n>", enable_validation=False)(lambda n: [n, app.context["tenant"]])
    return app


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/x", 200, "t"),
        ("/unvalidated/7", 200, '["7","t"]'),
        ("/none", 404, '{"statusCode":404,"message":"Not found"}'),
    ],
)
def test_parameters_of_dependencies_of_middlewares_are_read(guarded, path, status, body):
    """EHH-80: middlewares run around everything, so what they depend on is read for every request of the app."""
    result = guarded.resolve({"httpMethod": "GET", "path": path, "headers": {"X-Tenant": "t"}}, None)
    assert (result["statusCode"], result["body"]) == (status, body)


@pytest.mark.parametrize("path", ["/x", "/unvalidated/7", "/none"])
def test_parameters_of_dependencies_of_middlewares_are_validated(guarded, path):
    """EHH-80: a request that lacks them is refused before a middleware runs."""
    result = guarded.resolve({"httpMethod": "GET", "path": path}, None)
    assert result["statusCode"] == 422
    assert json.loads(result["body"])["detail"] == [{"loc": ["header", "x-tenant"], "type": "missing"}]


def test_a_middleware_that_comes_later_counts(app):
    """EHH-80: documents and requests know the parameters of what was added after the route."""
    assert send(app, headers={"X-Tenant": "t"}, query={"pool": "3"})[0] == 200
    app.get("/y")(lambda: None)
    assert "parameters" not in json.loads(app.get_openapi_json_schema())["paths"]["/y"]["get"]
    app.use([known_tenant])
    described = json.loads(app.get_openapi_json_schema())["paths"]["/y"]["get"]["parameters"]
    assert [parameter["name"] for parameter in described] == ["x-tenant"]
    assert app.resolve({"httpMethod": "GET", "path": "/y"}, None)["statusCode"] == 422
