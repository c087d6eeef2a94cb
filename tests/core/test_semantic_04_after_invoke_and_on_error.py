"""Semantic 4: `after_invoke` may replace the response, `on_error` may recover; else the original exception leaves."""

from __future__ import annotations

import traceback

import pytest

from lambda_powertools.core import Invocation, InvocationStateError, Plugin, hookimpl, powertools


def test_hook_after_invoke_replaces_the_response(registry_of):
    """Each after_invoke sees the response as the plugins further in left it, and may replace it."""

    def adder(plugin_name, plugin_order):
        class Adder(Plugin[None]):
            name = plugin_name
            order = plugin_order

            @hookimpl
            def after_invoke(self, invocation):
                invocation.response += self.name

        return Adder

    handler = powertools(registry=registry_of(adder("a", 1), adder("b", 2)))(lambda event, context: "handler")

    assert handler({}, None) == "handlerba"


def test_recovery_gives_the_plugins_further_out_a_response(registry_of):
    """After recover() the plugins further out see after_invoke and no error."""
    seen = []

    class Outer(Plugin[None]):
        name = "outer"
        order = 1

        @hookimpl
        def after_invoke(self, invocation):
            seen.append((invocation.response, invocation.error))

    class Rescuer(Plugin[None]):
        name = "rescuer"
        order = 2

        @hookimpl
        def on_error(self, invocation, error):
            seen.append(error)
            assert invocation.error is error
            invocation.recover({"statusCode": 500})

    error = ValueError("bad order")

    @powertools(registry=registry_of(Outer, Rescuer))
    def handler(event, context):
        raise error

    assert handler({}, None) == {"statusCode": 500}
    assert seen == [error, ({"statusCode": 500}, None)]


def test_without_recovery_the_original_exception_leaves(registry_of):
    """The very object leaves the decorator, no wrapper around it, its traceback ending in the handler."""

    class Watcher(Plugin[None]):
        name = "watcher"

        @hookimpl
        def on_error(self, error): ...

    error = ValueError("bad order")

    def fails_here():
        raise error

    @powertools(registry=registry_of(Watcher))
    def handler(event, context):
        fails_here()

    with pytest.raises(ValueError, match="bad order") as caught:
        handler({}, None)

    assert caught.value is error
    assert (error.__cause__, error.__context__) == (None, None)
    assert [frame.name for frame in traceback.extract_tb(error.__traceback__)][-2:] == ["handler", "fails_here"]


@pytest.mark.parametrize("hook", ["before_invoke", "after_invoke"])
def test_recover_without_an_error_is_an_error(hook, registry_of):
    """recover() is for on_error; elsewhere it raises and says so."""

    class Hasty(Plugin[None]):
        name = "hasty"

    def implementation(self, invocation):
        invocation.recover("nothing")

    implementation.__name__ = hook
    setattr(Hasty, hook, hookimpl(implementation))

    with pytest.raises(InvocationStateError, match="on_error"):
        powertools(registry=registry_of(Hasty))(lambda event, context: None)({}, None)


def test_recover_may_give_none(registry_of):
    """None is a response like any other."""

    class Rescuer(Plugin[None]):
        name = "rescuer"

        @hookimpl
        def on_error(self, invocation):
            invocation.recover(None)

    @powertools(registry=registry_of(Rescuer))
    def handler(event, context):
        raise OSError

    assert handler({}, None) is None


def test_an_invocation_shows_its_request_and_never_its_content():
    """The repr of an invocation has no event in it, so that no log has."""
    shown = repr(Invocation({"password": "hunter2"}, None))

    assert "hunter2" not in shown
    assert "cold_start" in shown
