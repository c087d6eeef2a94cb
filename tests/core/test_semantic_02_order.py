"""Semantic 2: plugins are ordered by the number they declare, ties by name, the same on every machine."""

from __future__ import annotations

from itertools import permutations

import pytest

from lambda_powertools.core import Plugin, hookimpl, powertools


def plugin(plugin_name, plugin_order, journal):
    """Make a plugin that writes down its hooks."""

    class Recorder(Plugin[None]):
        name = plugin_name
        order = plugin_order

        @hookimpl
        def before_invoke(self, invocation):
            journal.append(f"{self.name}>")

        @hookimpl
        def after_invoke(self, invocation):
            journal.append(f"<{self.name}")

        @hookimpl
        def on_error(self, invocation, error):
            journal.append(f"!{self.name}")

    return Recorder


@pytest.mark.parametrize("registered", [*permutations([("late", 300), ("early", -1), ("b", 20), ("a", 20)])], ids=str)
def test_order_is_by_number_then_name(registered, registry_of):
    """However they were registered, plugins nest by order and then by name."""
    journal = []
    registry = registry_of(*(plugin(name, order, journal) for name, order in registered))

    powertools(registry=registry)(lambda event, context: journal.append("handler"))({}, None)

    assert journal == ["early>", "a>", "b>", "late>", "handler", "<late", "<b", "<a", "<early"]


def test_hook_before_invoke_runs_outermost_first_and_hook_on_error_innermost_first(registry_of):
    """The error leaves through the layers in the opposite order to the event's."""
    journal = []

    @powertools(registry=registry_of(plugin("inner", 2, journal), plugin("outer", 1, journal)))
    def handler(event, context):
        raise OSError("on its way")

    with pytest.raises(OSError, match="on its way"):
        handler({}, None)

    assert journal == ["outer>", "inner>", "!inner", "!outer"]


def test_a_plugin_without_order_is_in_the_free_band(registry_of):
    """A plugin that says nothing is further in than guards and further out than those that say 601."""
    journal = []

    class Silent:
        name = "silent"

        @hookimpl
        def before_invoke(self):
            journal.append("silent>")

    registry = registry_of(plugin("guard", 599, journal), plugin("last", 601, journal), Silent)

    handler = powertools(registry=registry)(lambda event, context: None)

    assert list(handler.application.plugins) == ["guard", "silent", "last"]
