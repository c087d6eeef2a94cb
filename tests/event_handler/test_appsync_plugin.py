import asyncio
from typing import ClassVar

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, current_invocation, hookimpl, powertools
from lambda_powertools.data_classes import AppSyncResolverEvent
from lambda_powertools.event_handler import APIGatewayRestResolver, AppSyncEventsResolver, AppSyncResolver
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.event_handler.plugin import EventHandlerPlugin
from lambda_powertools.logger import Logger, correlation_paths
from lambda_powertools.logger.plugin import LoggerPlugin

SCHEDULE = {"source": "aws.events"}
REQUEST = {"path": "/x", "httpMethod": "GET"}


def field(name="order", **arguments):
    return {
        "info": {"parentTypeName": "Query", "fieldName": name},
        "arguments": arguments,
        "request": {"headers": {"x-amzn-trace-id": "Root=1-5f512f51-fac632066c5e848ae714"}},
    }


def publish(path="/default/chat", operation="PUBLISH"):
    return {"info": {"operation": operation, "channel": {"path": path}}, "events": [{"id": "1", "payload": 2}]}


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


def known():
    return dict(current_invocation().state["event_handler"])


@pytest.fixture
def graphql():
    """An app of fields that say what others may know while they are resolved."""
    app = AppSyncResolver()
    app.resolver("Query", "order")(lambda **given: known())
    app.batch_resolver("Query", "order", aggregate=False)(lambda event, **given: known())

    @app.resolver("Query", "slow")
    async def slow():
        await asyncio.sleep(0)
        return known()

    @app.async_batch_resolver(field_name="slow")
    async def slow_batch(event):
        await asyncio.sleep(0)
        return [known()] * len(event)

    @app.resolver("Query", "fail")
    def fail():
        raise OSError("database")

    return app


@pytest.fixture
def channels():
    """An app of channels that says the same."""
    app = AppSyncEventsResolver()
    app.on_publish("/default/*")(lambda payload: known())

    @app.on_subscribe("/default/secret")
    async def refuse():
        raise UnauthorizedException("not for you")

    return app


def decorated(registry, app, *, is_async=False, **options):
    """A handler with the app as option, called alike whatever it is."""
    options = {"resolver": app, **options} if options else app
    if not is_async:
        return powertools(registry=registry, event_handler=options)(lambda event, context: "function")

    @powertools(registry=registry, event_handler=options)
    async def handler(event, context):
        return "function"

    return lambda event, context: asyncio.run(awaited(handler, event, context))


async def awaited(handler, event, context):
    return await handler(event, context)


BOTH = pytest.mark.parametrize("is_async", [False, True], ids=["plain handler", "async handler"])
ORDER = {"route": "Query.order", "method": None}
SLOW = {"route": "Query.slow", "method": None}


@BOTH
def test_fields_and_batches_are_answered_by_the_app(registry, graphql, is_async):
    """Events of GraphQL go to the app, coroutines are run to their end, and others know the field."""
    handler = decorated(registry, graphql, is_async=is_async)

    assert handler(field(), None) == ORDER
    assert handler([field(), field()], None) == [ORDER, ORDER]
    assert handler(field("slow"), None) == SLOW
    assert handler([field("slow")], None) == [SLOW]
    assert Watching.seen == [{**ORDER, "status_code": None}] * 2 + [{**SLOW, "status_code": None}] * 2


@BOTH
@pytest.mark.parametrize("event", [SCHEDULE, REQUEST, [SCHEDULE], [], "text", None, publish()], ids=repr)
def test_other_events_are_the_function_s(registry, graphql, is_async, event):
    """What is no event of GraphQL is left to the decorated function, without passthrough it is the app's."""
    assert decorated(registry, graphql, is_async=is_async)(event, None) == "function"
    if event:
        with pytest.raises((ValueError, TypeError, KeyError)):
            decorated(registry, graphql, is_async=is_async, passthrough=False)(event, None)


@BOTH
def test_channels_are_answered_by_the_app(registry, channels, is_async):
    """The path that is registered is the route, and the operation its method; other events are the function's."""
    handler = decorated(registry, channels, is_async=is_async)
    route = {"route": "/default/*", "method": "PUBLISH"}

    assert handler(publish(), None) == {"events": [{"id": "1", "payload": route}]}
    assert Watching.seen == [{**route, "status_code": None}]
    assert handler(SCHEDULE, None) == "function"
    assert handler(field(), None) == "function"


@BOTH
def test_refusal_leaves_the_function(registry, channels, is_async):
    """UnauthorizedException is what AppSync has to see, and others know where it came from."""
    handler = decorated(registry, channels, is_async=is_async)
    with pytest.raises(UnauthorizedException, match="not for you"):
        handler(publish("/default/secret", "SUBSCRIBE"), None)

    assert Watching.seen == [{"route": "/default/secret", "method": "SUBSCRIBE", "status_code": None}]


def test_unknown_field_has_no_route(registry, graphql):
    """A field without a function is the function's error, with a route that is None."""
    with pytest.raises(ValueError, match="No resolver found"):
        decorated(registry, graphql)(field("unknown"), None)

    assert Watching.seen == [{"route": None, "method": None, "status_code": None}]


@pytest.mark.parametrize("make", [lambda app: app, lambda app: app.resolve])
def test_app_can_be_the_handler(registry, graphql, make):
    """The app itself can be decorated, as can its method."""
    handler = powertools(registry=registry)(make(graphql))

    assert handler(field(), None) == ORDER
    assert handler([field("slow")], None) == [SLOW]
    assert Watching.seen[0] == {**ORDER, "status_code": None}


def test_data_model_is_given_to_the_app(registry, graphql):
    """The class of the option is that of the current event."""

    class Mine(AppSyncResolverEvent):
        """A view of the user's own."""

    graphql.resolver("Query", "order")(lambda: type(graphql.current_event))

    assert decorated(registry, graphql, data_model=Mine)(field(), None) is Mine
    assert decorated(registry, graphql, is_async=True, data_model=Mine)(field(), None) is Mine


@pytest.mark.parametrize(
    "options",
    [
        {"resolver": AppSyncEventsResolver(), "data_model": AppSyncResolverEvent},
        {"resolver": APIGatewayRestResolver(), "data_model": AppSyncResolverEvent},
        {"resolver": AppSyncResolver(), "catch_unhandled": True},
        {"resolver": AppSyncEventsResolver(), "catch_unhandled": True},
    ],
)
def test_options_of_other_apps_are_refused(registry, options):
    """A class of events is for GraphQL alone, and a status is for HTTP alone."""
    with pytest.raises(PluginOptionsError, match="is for"):
        powertools(registry=registry, event_handler=options)(lambda event, context: None)


@pytest.mark.parametrize("fails", [False, True])
def test_context_that_the_function_fills_does_not_last(registry, graphql, fails):
    """The next invocation finds an empty context, also when no event was given to the app."""

    @powertools(registry=registry, event_handler=graphql)
    def handler(event, context):
        graphql.append_context(user="jane")
        if fails:
            raise OSError("database")

    if fails:
        with pytest.raises(OSError, match="database"):
            handler(SCHEDULE, None)
    else:
        handler(SCHEDULE, None)
    assert graphql.context == {}


def test_context_of_an_invocation_beside_is_left_alone(registry, graphql):
    """What another invocation fills it with is not emptied by one that ends meanwhile."""
    handler = decorated(registry, graphql, is_async=False)

    @graphql.resolver("Query", "outer")
    def outer():
        graphql.append_context(user="jane")
        context = asyncio.run(beside())
        return context, dict(graphql.context)

    async def beside():
        return await asyncio.to_thread(handler, SCHEDULE, None)

    assert handler(field("outer"), None) == ("function", {"user": "jane"})


def test_route_of_an_http_app_is_known_again_when_an_inner_app_is_done(registry, graphql):
    """An app that is called by a route does not take the place of that route."""
    http = APIGatewayRestResolver()
    http.get("/x")(lambda: [graphql.resolve(field(), None), graphql.resolve(field(), None), known()])

    answer = decorated(registry, http)(REQUEST, None)

    assert answer["body"].endswith('{"route":"/x","method":"GET"}]')
    assert Watching.seen == [{"route": "/x", "method": "GET", "status_code": 200}]


def test_batches_reach_the_app_through_plugins_that_expect_a_mapping(registry, graphql, capsys):
    """T-3: a correlation id is taken from a single event; a batch has none, and the logger does not fail by it."""
    registry.register(LoggerPlugin)
    logger = Logger(service="orders")
    handler = powertools(
        registry=registry,
        event_handler=graphql,
        logger={"correlation_id_path": correlation_paths.APPSYNC_RESOLVER, "log_event": True},
    )(lambda event, context: None)
    seen = []
    graphql.resolver("Query", "order")(lambda: seen.append(logger.get_correlation_id()))
    graphql.batch_resolver("Query", "order")(lambda event: seen.append(logger.get_correlation_id()) or [])

    handler(field(), None)
    handler([field()], None)

    assert seen == ["Root=1-5f512f51-fac632066c5e848ae714", None]
    assert "batch" not in capsys.readouterr().err
