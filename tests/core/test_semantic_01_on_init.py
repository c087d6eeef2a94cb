"""Semantic 1: `on_init` runs once per decorated handler, when it is decorated, outermost plugin first."""

from __future__ import annotations

import pytest

from lambda_powertools.core import Plugin, hookimpl, powertools


@pytest.fixture
def journal():
    """Names of the plugins in the order in which they were initialised."""
    return []


@pytest.fixture
def plugins(journal):
    """Two plugins that write down their initialisation, the inner one first."""

    class Inner(Plugin[None]):
        name = "inner"
        order = 500

        @hookimpl
        def on_init(self, application):
            journal.append(("inner", application))

    class Outer(Plugin[None]):
        name = "outer"
        order = 5

        @hookimpl
        def on_init(self, application):
            journal.append(("outer", application))

    return Inner, Outer


def test_hook_on_init_runs_at_decoration_outermost_first(journal, plugins, registry_of):
    """on_init has run for every plugin, the outermost first, when the decorator returns."""

    @powertools(registry=registry_of(*plugins))
    def handler(event, context): ...

    assert [name for name, _ in journal] == ["outer", "inner"]
    assert {application for _, application in journal} == {handler.application}


def test_invocations_do_not_initialise_again(journal, plugins, registry_of):
    """However often a handler is called, on_init has run once."""

    @powertools(registry=registry_of(*plugins))
    def handler(event, context): ...

    for _ in range(3):
        handler({}, None)

    assert len(journal) == len(plugins)


def test_each_handler_has_its_own_plugin_instances(registry_of):
    """A plugin's attributes belong to one handler, so two handlers with one plugin class do not share them."""

    class Counter(Plugin[None]):
        name = "counter"

        @hookimpl
        def on_init(self, application):
            self.calls = 0

        @hookimpl
        def before_invoke(self, invocation):
            self.calls += 1

    registry = registry_of(Counter)

    @powertools(registry=registry)
    def first(event, context): ...

    @powertools(registry=registry)
    def second(event, context): ...

    first({}, None)
    first({}, None)
    second({}, None)

    assert first.application.plugins["counter"].calls == 2
    assert second.application.plugins["counter"].calls == 1


def test_on_init_sees_the_complete_application(registry_of):
    """on_init can read the handler, its name, the service, and every plugin's options and instance."""
    seen = {}

    class LevelOptions:
        def __init__(self, *, level: int = 1) -> None:
            self.level = level

    class Reader(Plugin[LevelOptions]):
        name = "reader"
        order = 1

        @hookimpl
        def on_init(self, application):
            seen.update(
                name=application.name,
                handler=application.handler,
                service=application.service,
                plugins=list(application.plugins),
                level=application.options["later"].level,
            )

    class Later(Plugin[LevelOptions]):
        name = "later"
        Options = LevelOptions

    def handler(event, context): ...

    powertools(registry=registry_of(Later, Reader), service="orders", later={"level": 7})(handler)

    assert seen == {
        "name": "handler",
        "handler": handler,
        "service": "orders",
        "plugins": ["reader", "later"],
        "level": 7,
    }


def test_an_exception_in_on_init_fails_the_decoration(registry_of):
    """With on_failure "raise", the exception out of on_init leaves the decorator as it is."""
    error = OSError("no such table")

    class Broken(Plugin[None]):
        name = "broken"

        @hookimpl
        def on_init(self, application):
            raise error

    with pytest.raises(OSError, match="no such table") as caught:
        powertools(registry=registry_of(Broken))(lambda event, context: None)

    assert caught.value is error


def test_a_warn_plugin_that_fails_in_on_init_takes_no_part(registry_of, capsys):
    """With on_failure "warn", the failure is written to stderr with its traceback and the plugin is left out."""

    class Broken(Plugin[None]):
        name = "broken"
        on_failure = "warn"

        @hookimpl
        def on_init(self, application):
            raise OSError("no such table")

        @hookimpl
        def before_invoke(self, invocation):
            raise AssertionError("it takes no part")

    @powertools(registry=registry_of(Broken))
    def handler(event, context):
        return "done"

    assert handler({}, None) == "done"
    assert list(handler.application.plugins) == []
    written = capsys.readouterr().err
    assert "plugin 'broken' failed in on_init of handler" in written
    assert "Traceback" in written
    assert "OSError: no such table" in written


def test_a_base_exception_in_on_init_leaves_even_from_a_warn_plugin(registry_of):
    """A KeyboardInterrupt is nobody's to swallow."""

    class Broken(Plugin[None]):
        name = "broken"
        on_failure = "warn"

        @hookimpl
        def on_init(self, application):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        powertools(registry=registry_of(Broken))(lambda event, context: None)


def test_one_application_serves_all_instances_of_a_class(journal, plugins, registry_of):
    """A decorated method is initialised when the class body runs, not for each instance."""

    class Service:
        @powertools(registry=registry_of(*plugins))
        def handler(self, event, context): ...

    Service().handler({}, None)
    Service().handler({}, None)

    assert len(journal) == len(plugins)


def test_plugin_that_stands_aside_is_not_called_for_this_handler(registry_of):
    """After `stand_aside` in on_init no hook of it runs for the handler; for others it takes part as ever."""
    calls = []

    class Choosy(Plugin[None]):
        name = "choosy"

        @hookimpl
        def on_init(self, application):
            if application.name == "left_alone":
                self.stand_aside()

        @hookimpl
        def before_invoke(self, invocation):
            calls.append("before")

        @hookimpl
        def after_invoke(self, invocation):
            calls.append("after")

        @hookimpl
        def on_error(self, invocation, error):
            calls.append("error")

    registry = registry_of(Choosy)

    @powertools(registry=registry)
    def left_alone(event, context):
        return event["value"]

    @powertools(registry=registry)
    def surrounded(event, context):
        return event["value"]

    assert left_alone({"value": 1}, None) == 1
    with pytest.raises(KeyError):
        left_alone({}, None)
    assert calls == []
    assert surrounded({"value": 2}, None) == 2
    assert calls == ["before", "after"]
