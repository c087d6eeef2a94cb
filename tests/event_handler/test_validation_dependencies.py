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
