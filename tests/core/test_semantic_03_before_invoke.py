"""Semantic 3: `before_invoke` may replace the event, or respond in the handler's stead."""

from __future__ import annotations

import pytest

from lambda_powertools.core import InvocationStateError, Plugin, current_invocation, hookimpl, powertools


def test_the_event_is_replaced_for_everybody_further_in(registry_of):
    """Plugins further in, the handler and after_invoke see the event that before_invoke left."""
    seen = []

    class Parser(Plugin[None]):
        name = "parser"
        order = 1

        @hookimpl
        def before_invoke(self, invocation):
            invocation.event = int(invocation.event)

    class Reader(Plugin[None]):
        name = "reader"
        order = 2

        @hookimpl
        def before_invoke(self, invocation):
            seen.append(invocation.event)

        @hookimpl
        def after_invoke(self, invocation):
            seen.append(invocation.event)

    @powertools(registry=registry_of(Parser, Reader))
    def handler(event, context):
        return event + 1

    assert handler("7", None) == 8
    assert seen == [7, 7]


@pytest.mark.parametrize("value", [{"statusCode": 304}, None, False, 0], ids=repr)
def test_respond_keeps_the_handler_from_running(value, registry_of):
    """A response given in before_invoke is returned, falsy ones too; who was entered sees after_invoke."""
    journal = []

    def recorder(plugin_name, plugin_order):
        class Recorder(Plugin[None]):
            name = plugin_name
            order = plugin_order

            @hookimpl
            def before_invoke(self, invocation):
                journal.append(f"{self.name}>")
                if self.name == "b":
                    invocation.respond(value)

            @hookimpl
            def after_invoke(self, invocation):
                journal.append(f"<{self.name}")
                assert invocation.response == value

        return Recorder

    @powertools(registry=registry_of(*(recorder(name, order) for order, name in enumerate("abc"))))
    def handler(event, context):
        raise AssertionError("the handler must not run")

    assert handler({}, None) == value
    assert journal == ["a>", "b>", "<b", "<a"]


@pytest.mark.parametrize("moment", ["handler", "after_invoke", "on_error"])
def test_respond_after_the_handler_is_an_error(moment, registry_of):
    """respond() raises where it could have no effect, and says what to do instead."""
    messages = []

    def respond(invocation):
        with pytest.raises(InvocationStateError) as caught:
            invocation.respond("too late")
        messages.append(str(caught.value))

    class Late(Plugin[None]):
        name = "late"

        @hookimpl
        def before_invoke(self, invocation):
            self.invocation = invocation

        @hookimpl
        def after_invoke(self, invocation):
            if moment == "after_invoke":
                respond(invocation)

        @hookimpl
        def on_error(self, invocation):
            respond(invocation)
            invocation.recover("recovered")

    @powertools(registry=registry_of(Late))
    def handler(event, context):
        if moment == "handler":
            respond(handler.application.plugins["late"].invocation)
        if moment == "on_error":
            raise OSError
        return "done"

    assert handler({}, None) == ("recovered" if moment == "on_error" else "done")
    assert len(messages) == 1
    assert "invocation.response" in messages[0]
    assert "invocation.recover(value)" in messages[0]


def test_respond_has_no_effect_once_a_plugin_further_in_has_failed(registry_of):
    """An error before the handler ran is an error all the same: respond() in on_error raises."""

    class Outer(Plugin[None]):
        name = "outer"
        order = 1

        @hookimpl
        def on_error(self, invocation):
            invocation.respond("no")

    class Inner(Plugin[None]):
        name = "inner"
        order = 2

        @hookimpl
        def before_invoke(self):
            raise OSError("first")

    with pytest.raises(InvocationStateError) as caught:
        powertools(registry=registry_of(Outer, Inner))(lambda event, context: None)({}, None)

    assert isinstance(caught.value.__context__, OSError)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_respond_in_a_handler_without_plugins_is_an_error(asynchronous, registry_of):
    """A handler returns its response; it cannot respond in its own stead, plugins or not."""
    if asynchronous:

        @powertools(registry=registry_of())
        async def handler(event, context):
            current_invocation().respond("no")

    else:

        @powertools(registry=registry_of())
        def handler(event, context):
            current_invocation().respond("no")

    with pytest.raises(InvocationStateError, match="no effect"):
        handler({}, None)
