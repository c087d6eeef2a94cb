from __future__ import annotations

from lambda_powertools.core import Plugin, get_registry, powertools
from lambda_powertools.core.invocation import Invocation
from lambda_powertools.testing import make_context


class Recorder(Plugin[None]):
    name = "recorder"


def test_isolated_registry_holds_what_the_test_registers(isolated_registry):
    """A decorated handler has the test's own plugins, whatever is installed."""
    isolated_registry.register(Recorder)

    @powertools
    def handler(event, context):
        return None

    assert get_registry() is isolated_registry
    assert list(handler.application.plugins) == ["recorder"]


def test_isolated_registry_starts_empty(isolated_registry):
    """Nothing of another test's registry is left in this one's."""
    assert isolated_registry.names == ()


def test_cold_start_makes_the_first_invocation_cold(cold_start):
    """The first invocation is cold, the second warm, and cold again after a call of the fixture."""
    flags = [Invocation({}, None).cold_start, Invocation({}, None).cold_start]
    cold_start()

    assert [*flags, Invocation({}, None).cold_start] == [True, False, True]


def test_lambda_context_is_ready_made(lambda_context):
    """The fixture's context is one of make_context."""
    assert type(lambda_context) is type(make_context())
    assert lambda_context.get_remaining_time_in_millis() > 0
