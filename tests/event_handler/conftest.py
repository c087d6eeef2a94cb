from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest

from lambda_powertools.testing import events


def event_of(make):
    """Return what makes an event of a front end; cookies are given as they are sent."""

    def event(method, path, headers=None, body=None, query=None, cookies=()) -> dict[str, Any]:
        return make(method, path, headers=headers, body=body, query=query, cookies=dict(map(parse, cookies)))

    def parse(cookie):
        return cookie.split("=", 1)

    return event


rest = event_of(events.api_gateway_rest)


class FrontEnd:
    """One front end: its app's class, its events, and how to read its responses."""

    def __init__(self, module, name, event) -> None:
        self.resolver = getattr(import_module(f"lambda_powertools.event_handler.{module}"), name)
        self.name = name
        self.event = event

    def __call__(self, app, method, path, **more):
        """Resolve a request; return the response with headers and cookies in one form."""
        return Answer(app.resolve(self.event(method, path, **more), None))

    def __repr__(self) -> str:
        return self.name


class Answer:
    """A response of any front end."""

    def __init__(self, raw) -> None:
        self.raw = raw
        self.status = raw["statusCode"]
        self.body = raw["body"]
        multiple = raw.get("multiValueHeaders")
        self.headers = (
            {name.lower(): values[-1] for name, values in multiple.items()}
            if multiple is not None
            else {name.lower(): value for name, value in raw["headers"].items()}
        )
        self.cookies = (
            raw.get("cookies") or (multiple or {}).get("Set-Cookie") or [*filter(None, [self.header("set-cookie")])]
        )

    def header(self, name):
        return self.headers.get(name)

    @property
    def json(self):
        return json.loads(self.body)


FRONT_ENDS = [
    FrontEnd("api_gateway", "APIGatewayRestResolver", rest),
    FrontEnd("api_gateway", "APIGatewayHttpResolver", event_of(events.http_api)),
    FrontEnd("api_gateway", "ALBResolver", event_of(events.alb)),
    FrontEnd("lambda_function_url", "LambdaFunctionUrlResolver", event_of(events.function_url)),
    FrontEnd("vpc_lattice", "VPCLatticeResolver", event_of(events.vpc_lattice)),
    FrontEnd("vpc_lattice", "VPCLatticeV2Resolver", event_of(events.vpc_lattice_v2)),
    FrontEnd("http_resolver", "HttpResolverLocal", rest),
]


@pytest.fixture(params=FRONT_ENDS, ids=repr)
def front_end(request):
    """Each of the front ends, and the local app."""
    return request.param


class Client:
    """Asks an app behind a REST API."""

    def __init__(self, app) -> None:
        self.app = app

    def __call__(self, method, path, **more):
        return Answer(self.app.resolve(rest(method, path, **more), None))

    def get(self, path, **more):
        return self("GET", path, **more)

    async def wait(self, method, path, **more):
        return Answer(await self.app.resolve_async(rest(method, path, **more), None))


@pytest.fixture
def app():
    """An app behind a REST API."""
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return APIGatewayRestResolver()


@pytest.fixture
def client(app):
    """Asks the app."""
    return Client(app)


@pytest.fixture
def client_of():
    """Makes what asks an app of one's own."""
    return Client
