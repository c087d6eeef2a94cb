"""The plugin: every handler under `@powertools` is recorded, nobody having to say so."""

from __future__ import annotations

import asyncio
import sys

import pytest

from lambda_powertools.core import Plugin, PluginOptionsError, Registry, hookimpl, powertools
from lambda_powertools.tracer import Tracer
from lambda_powertools.tracer.plugin import TracerPlugin


class Inner(Plugin[None]):
    """A plugin further in, which does what a test tells it."""

    name = "inner"
    order = 500
    act = staticmethod(lambda invocation: None)
    recover = False

    @hookimpl
    def before_invoke(self, invocation):
        type(self).act(invocation)

    @hookimpl
    def on_error(self, invocation):
        if type(self).recover:
            invocation.recover("recovered")


@pytest.fixture
def registry():
    """A registry that knows the tracer alone."""
    registry = Registry()
    registry.register(TracerPlugin)
    return registry


def test_the_plugin_is_found_by_its_entry_point():
    """The installed distribution brings the plugin, between logger and metrics, and it never stops a handler."""
    from lambda_powertools.core import get_registry

    (info,) = (info for info in get_registry().describe() if info.name == "tracer")

    assert (info.status, info.order, info.on_failure) == ("active", 20, "warn")
    assert info.hooks == ("on_init", "before_invoke", "after_invoke", "on_error")


def test_an_invocation_is_recorded(registry, provider):
    """Section 8: response, ColdStart and Service, under the name of the handler and the service of the application."""

    @powertools(registry=registry, service="shop", tracer={"provider": provider})
    def handler(event, context):
        assert provider.current.name == "## handler"
        return {"a": 1}

    handler({}, None)
    handler({}, None)

    first, second = provider.segments
    assert first.notes == [
        ("metadata", "handler response", {"a": 1}, "shop"),
        ("annotation", "ColdStart", True),
        ("annotation", "Service", "shop"),
    ]
    assert second.annotations == {"ColdStart": False, "Service": "shop"}
    assert not first.open
    assert provider.current is None


def test_an_exception_marks_the_subsegment(registry, provider):
    """Section 8: the error is metadata, the subsegment is told of it, and it leaves the handler unchanged."""
    failure = ValueError("no")

    @powertools(registry=registry, tracer={"provider": provider})
    def handler(event, context):
        raise failure

    with pytest.raises(ValueError) as raised:
        handler({}, None)

    assert raised.value is failure
    assert provider.only.metadata == {"handler error": failure}
    assert provider.only.annotations == {"ColdStart": True}
    assert provider.only.error is failure


def test_an_async_handler_is_recorded_to_its_end(registry, provider):
    """Section 8: the subsegment of an async handler closes when the handler has finished."""

    @powertools(registry=registry, tracer={"provider": provider})
    async def handler(event, context):
        await asyncio.sleep(0)
        assert provider.only.open
        return 7

    assert handler({}, None) == 7
    assert provider.only.metadata == {"handler response": 7}
    assert not provider.only.open


@pytest.mark.parametrize("response", ["responded", "recovered"])
def test_responses_of_other_plugins_are_recorded(monkeypatch, registry, provider, response):
    """Section 8: a response that a plugin further in has given or recovered is the response."""
    registry.register(Inner)
    if response == "responded":
        monkeypatch.setattr(Inner, "act", staticmethod(lambda invocation: invocation.respond("responded")))
    monkeypatch.setattr(Inner, "recover", True)

    @powertools(registry=registry, tracer={"provider": provider})
    def handler(event, context):
        raise ValueError

    assert handler({}, None) == response
    assert provider.only.metadata == {"handler response": response}
    assert provider.only.error is None


@pytest.mark.parametrize("outer", ["plugin", "decorator"])
def test_a_handler_that_is_also_decorated_is_recorded_once(registry, tracer, provider, outer):
    """Section 8: whichever of plugin and decorator is entered second only passes through."""

    def handler(event, context):
        return event

    plugin, decorator = powertools(registry=registry, tracer=tracer), tracer.capture_lambda_handler
    both = plugin(decorator(handler)) if outer == "plugin" else decorator(plugin(handler))

    assert both({"a": 1}, None) == {"a": 1}
    assert provider.names == ["## handler"]
    assert provider.only.notes == [
        ("metadata", "handler response", {"a": 1}, "shop"),
        ("annotation", "ColdStart", True),
        ("annotation", "Service", "shop"),
    ]


def test_the_decorator_inside_is_recorded_again_next_time(registry, tracer, provider):
    """Section 8: passing through ends with the invocation."""

    @powertools(registry=registry, tracer=tracer)
    @tracer.capture_lambda_handler
    def handler(event, context):
        return event

    handler(1, None)
    handler(2, None)

    assert [segment.metadata for segment in provider.segments] == [{"handler response": 1}, {"handler response": 2}]


def test_a_bare_tracer_is_the_instance(registry, tracer, provider):
    """Section 8: `tracer=my_tracer` uses that tracer, with its service."""

    @powertools(registry=registry, service="other", tracer=tracer)
    def handler(event, context):
        return 1

    handler({}, None)

    assert provider.only.annotations["Service"] == "shop"


def test_capture_switches(registry, provider):
    """Section 8: `capture_response` and `capture_error` are options."""
    options = {"provider": provider, "capture_response": False, "capture_error": False}

    @powertools(registry=registry, tracer=options)
    def handler(event, context):
        if event:
            raise ValueError
        return 1

    handler(0, None)
    with pytest.raises(ValueError):
        handler(1, None)

    assert [segment.metadata for segment in provider.segments] == [{}, {}]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"servce": "x"}, "no option 'servce': did you mean 'service'"),
        ("shop", "instance is a Tracer, not str"),
        ({"instance": Tracer, "service": "x"}, "instance is a Tracer, not type"),
    ],
)
def test_wrong_options_are_named(registry, value, message):
    """A wrong option is one error at decoration that names it."""
    with pytest.raises(PluginOptionsError, match=message):
        powertools(registry=registry, tracer=value)(lambda event, context: None)


def test_an_instance_has_its_configuration_already(registry, tracer):
    """An instance together with what it is made of is an error: one of the two would be ignored."""
    with pytest.raises(PluginOptionsError, match="give either it or them"):
        powertools(registry=registry, tracer={"instance": tracer, "service": "x"})(lambda event, context: None)


def test_disabled_it_takes_no_part(registry):
    """Section 8: outside Lambda, with the default provider, the plugin has no hooks left to be called."""
    handler = powertools(registry=registry)(lambda event, context: event)

    plugin = handler.application.plugins["tracer"]

    if "aws_xray_sdk.core" not in sys.modules:
        assert (plugin.before_invoke, plugin.after_invoke, plugin.on_error) == (None, None, None)
    assert handler(1, None) == 1


def test_disabled_a_custom_provider_still_records(registry, provider):
    """TRC-8, section 8: a provider of the user's own is used outside Lambda too."""
    handler = powertools(registry=registry, tracer={"provider": provider})(lambda event, context: event)

    handler(1, None)

    assert provider.names == ["## lambda"]


def test_concurrent_invocations_have_a_subsegment_each(registry, provider):
    """The recording belongs to the invocation, not to the plugin: invocations that overlap do not mix."""

    @powertools(registry=registry, tracer={"provider": provider})
    async def handler(event, context):
        await asyncio.sleep(0.001 * (event % 3))
        return event

    async def main():
        return await asyncio.gather(*(handler(number, None) for number in range(50)))

    assert asyncio.run(main()) == list(range(50))
    assert sorted(segment.metadata["handler response"] for segment in provider.segments) == list(range(50))
    assert not any(segment.open for segment in provider.segments)


def test_traced_invocation_leaves_nothing_to_the_garbage_collector(run_in_lambda):
    """What an invocation has made is freed when it ends: no circle of references waits for a collection."""
    trace = run_in_lambda("""
import gc
from lambda_powertools.core import powertools

@powertools(only=["tracer"])
def handler(event, context):
    return {"statusCode": 200}

handler({}, None)
gc.collect()
gc.disable()
for _ in range(100):
    handler({}, None)
print(gc.collect())
""")

    assert trace.stdout.strip() == "0"
    assert len(trace.documents) == 101


ROUTES = {
    "of a parameter": ({"route": "/users/{id}", "method": "GET"}, "## GET /users/:id", "/users/{id}"),
    "without method": ({"route": "/users"}, "## /users", "/users"),
    "characters that X-Ray forbids": ({"route": "/a(b)*", "method": "ANY"}, "## ANY /ab", "/a(b)*"),
    "none": ({"route": None, "method": "GET"}, "## handler", None),
    "another meaning": ("/users", "## handler", None),
}


@pytest.mark.parametrize("entity", [False, True], ids=["notes only", "entity asked for"])
@pytest.mark.parametrize(("matched", "name", "annotation"), ROUTES.values(), ids=ROUTES)
def test_subsegment_is_called_after_the_route(run_in_lambda, matched, name, annotation, entity):
    """What the request was routed to is the name of the invocation's subsegment, and an annotation to search by."""
    trace = run_in_lambda(f"""
from lambda_powertools.core import current_invocation, powertools
from lambda_powertools.tracer import Tracer

tracer = Tracer()

@powertools(only=["tracer"])
def handler(event, context):
    current_invocation().state["event_handler"] = {matched!r}
    if {entity!r}:
        tracer.provider.current_subsegment()

handler({{}}, None)
""")

    document = trace.named(name)
    assert document["annotations"].get("http_route") == annotation


def test_other_providers_are_told_the_route(registry, provider):
    """A provider of the user's own sees the annotation and the name as well."""

    def route(invocation):
        invocation.state["event_handler"] = {"route": "/users/{id}", "method": "PUT"}

    registry.register(type("Router", (Inner,), {"name": "router", "act": staticmethod(route)}))

    @powertools(registry=registry, tracer={"provider": provider})
    def handler(event, context):
        return None

    handler({}, None)

    (segment,) = provider.segments
    assert segment.name == "## PUT /users/:id"
    assert ("annotation", "http_route", "/users/{id}") in segment.notes
