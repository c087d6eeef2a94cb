import asyncio
import json
from typing import ClassVar

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, invocation_scope, powertools
from lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig
from lambda_powertools.event_handler.plugin import EventHandlerOptions, EventHandlerPlugin

REQUEST = {"path": "/users/7", "httpMethod": "GET"}
SCHEDULE = {"source": "aws.events", "detail-type": "Scheduled Event"}


class Watching(Plugin[None]):
    """A plugin further out, as loggers and tracers are."""

    name = "watching"
    order = 10
    seen: ClassVar[list] = []

    @hookimpl
    def after_invoke(self, invocation):
        self.seen.append(invocation.state.get("event_handler"))

    @hookimpl
    def on_error(self, invocation, error):
        self.seen.append(invocation.state.get("event_handler"))


@pytest.fixture
def registry():
    """The plugin, and one that watches it."""
    registry = Registry()
    registry.register(EventHandlerPlugin)
    registry.register(Watching)
    Watching.seen = []
    return registry


@pytest.fixture
def users():
    """An app that says what others may know while its route runs."""
    from lambda_powertools.core import current_invocation

    app = APIGatewayRestResolver(cors=CORSConfig())

    @app.get("/users/<user_id>")
    def user(user_id):
        return {"id": user_id, "known": dict(current_invocation().state["event_handler"])}

    @app.get("/fail")
    def fail():
        raise ValueError("password=hunter2")

    return app


KNOWN = {"route": "/users/{user_id}", "method": "GET"}


@pytest.mark.parametrize("options", [lambda app: app, lambda app: {"resolver": app}])
def test_app_answers_the_events_of_its_front_end(registry, users, options):
    """An app as option answers requests; the function answers what is none."""

    @powertools(registry=registry, event_handler=options(users))
    def handler(event, context):
        return "function"

    assert json.loads(handler(REQUEST, None)["body"])["id"] == "7"
    assert handler(SCHEDULE, None) == "function"


def test_async_handlers_resolve_asynchronously(registry, users):
    """Under an async handler the app's coroutine is awaited."""

    @users.get("/wait")
    async def wait():
        await asyncio.sleep(0)
        return "waited"

    @powertools(registry=registry, event_handler=users)
    async def handler(event, context):
        return "function"

    async def main():
        return await handler({**REQUEST, "path": "/wait"}, None), await handler(SCHEDULE, None)

    answer, other = asyncio.run(main())
    assert (answer["body"], other) == ("waited", "function")


def test_without_passthrough_every_event_is_the_app_s(registry, users):
    """What is no request is given to the app then, which fails by it."""

    @powertools(registry=registry, event_handler={"resolver": users, "passthrough": False})
    def handler(event, context):
        return "function"

    with pytest.raises(KeyError):
        handler(SCHEDULE, None)


@pytest.mark.parametrize("decorated", [True, False])
def test_others_know_the_route_while_it_runs(registry, users, decorated):
    """Route and method are there before the function runs, the status afterwards; also without the option."""
    options = {"event_handler": users} if decorated else {}

    @powertools(registry=registry, **options)
    def handler(event, context):
        return users.resolve(event, context)

    answer = handler(REQUEST, None)
    handler({**REQUEST, "path": "/none"}, None)
    handler({**REQUEST, "httpMethod": "POST"}, None)
    with pytest.raises(ValueError, match="hunter2"):
        handler({**REQUEST, "path": "/fail"}, None)

    assert json.loads(answer["body"])["known"] == KNOWN
    assert Watching.seen == [
        {**KNOWN, "status_code": 200},
        {"route": None, "method": "GET", "status_code": 404},
        {"route": None, "method": "POST", "status_code": 405},
        {"route": "/fail", "method": "GET"},
    ]


def test_route_is_known_under_stand_alone_decorators_too(users):
    """Where any decorator has begun an invocation, the route is in its state."""
    with invocation_scope(REQUEST, None) as invocation:
        users.resolve(REQUEST, None)

    assert invocation.state["event_handler"] == {**KNOWN, "status_code": 200}


def test_route_of_the_outer_app_is_known_again_when_an_inner_one_is_done(users):
    """An app that is called by a route does not take the place of that route."""
    outer = APIGatewayRestResolver()
    known = []

    @outer.get("/outer")
    def call():
        users.resolve(REQUEST, None)
        known.append(dict(invocation.state["event_handler"]))

    with invocation_scope(REQUEST, None) as invocation:
        outer.resolve({**REQUEST, "path": "/outer"}, None)

    assert known == [{"route": "/outer", "method": "GET"}]
    assert invocation.state["event_handler"] == {"route": "/outer", "method": "GET", "status_code": 200}


@pytest.mark.parametrize("is_async", [False, True])
def test_unhandled_errors_can_be_answered(registry, users, is_async, capsys):
    """With catch_unhandled they become a 500 with CORS that tells nothing, while stderr has the traceback."""
    options = {"resolver": users, "catch_unhandled": True}

    if is_async:

        @powertools(registry=registry, event_handler=options)
        async def handler(event, context):
            return "function"

    else:

        @powertools(registry=registry, event_handler=options)
        def handler(event, context):
            return "function"

    event = {**REQUEST, "path": "/fail", "headers": {"Origin": "https://shop.example"}}
    result = asyncio.run(_awaited(handler, event)) if is_async else handler(event, None)

    assert result["statusCode"] == 500
    assert result["body"] == '{"statusCode":500,"message":"Internal Server Error"}'
    assert result["multiValueHeaders"]["Access-Control-Allow-Origin"] == ["*"]
    assert Watching.seen == [{"route": "/fail", "method": "GET", "status_code": 500}]
    assert "ValueError" in capsys.readouterr().err


async def _awaited(handler, event):
    return await handler(event, None)


def test_error_of_a_guard_further_in_is_answered_as_well(registry, users, capsys):
    """An error of the function itself is answered where the event is a request, and only there."""

    @powertools(registry=registry, event_handler={"resolver": users, "catch_unhandled": True})
    def handler(event, context):
        raise LookupError

    with pytest.raises(LookupError):
        handler(SCHEDULE, None)


def test_by_default_errors_stay_visible(registry, users):
    """Without it the function fails, so that alarms see it."""

    @powertools(registry=registry, event_handler=users)
    def handler(event, context):
        return None

    with pytest.raises(ValueError, match="hunter2"):
        handler({**REQUEST, "path": "/fail"}, None)


def test_routes_are_prepared_at_init(registry, users):
    """Decorating the handler prepares the routes there are, unless that is not wanted."""

    def decorate(**options):
        return powertools(registry=registry, event_handler={"resolver": users, **options})(lambda event, context: None)

    decorate(prepare=False)
    assert not any(route.prepared for route in users._dynamic_routes)
    decorate()
    assert all(route.prepared for route in users._dynamic_routes)


@pytest.mark.parametrize("value", [7, "app", {"resolver": object()}, {"resolvers": None}])
def test_what_is_no_app_is_refused_when_the_handler_is_decorated(registry, value):
    """A wrong option is an error that says what is taken."""
    with pytest.raises(PluginOptionsError):
        powertools(registry=registry, event_handler=value)(lambda event, context: None)


def test_without_an_app_the_plugin_does_nothing(registry):
    """Installed and not configured it leaves handlers alone."""

    @powertools(registry=registry)
    def handler(event, context):
        return "function"

    assert handler(REQUEST, None) == "function"
    assert EventHandlerOptions().resolver is None
