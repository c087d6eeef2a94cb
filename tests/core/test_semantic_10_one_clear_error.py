"""Semantic 10: whatever is wrong with a plugin or its options is one clear error when the handler is decorated.

It names the plugin and the distribution to blame, says what is wrong and how to mend it, and for a typo what was
probably meant.
"""

from __future__ import annotations

from dataclasses import dataclass

import pluggy
import pytest

from lambda_powertools.core import (
    Plugin,
    PluginConflictError,
    PluginError,
    PluginInvalidError,
    PluginNotFoundError,
    PluginOptionsError,
    Registry,
    SettingsError,
    hookimpl,
    powertools,
)
from lambda_powertools.core.hookspecs import HOOK_API_VERSION
from lambda_powertools.core.settings import Settings
from lambda_powertools.core.validation import check_plugin

ORIGIN = "acme-audit 1.2.3"


@dataclass
class AuditOptions:
    """Options of the plugin that is well."""

    topic: str = "audit"
    retries: int = 3


class Audit(Plugin[AuditOptions]):
    """A plugin that is well."""

    name = "audit"
    Options = AuditOptions


class Simple(Plugin[None]):
    """A plugin without options."""

    name = "simple"


class Shorthand:
    """Options that may be given as one number."""

    def __init__(self, *, level: int = 1) -> None:
        self.level = level

    @classmethod
    def from_value(cls, value):
        if not isinstance(value, int):
            raise TypeError(f"a number is expected, not {value!r}")
        return cls(level=value)


class Short(Plugin[Shorthand]):
    """A plugin with a shorthand."""

    name = "short"
    Options = Shorthand


@pytest.fixture
def registry():
    """Three plugins that are well, two from a distribution."""
    registry = Registry()
    registry.register(Audit, distribution=ORIGIN)
    registry.register(Simple, distribution=ORIGIN)
    registry.register(Short)
    return registry


def decorate(registry, **options):
    """Decorate a handler with options."""
    return powertools(registry=registry, **options)(lambda event, context: None)


WRONG_OPTIONS = {
    "unknown option": (
        {"audit": {"topik": "x"}},
        PluginOptionsError,
        ["'audit'", "no option 'topik'", "did you mean 'topic'?", "retries", ORIGIN],
    ),
    "unknown option, nothing like it": (
        {"audit": {"zzz": "x"}},
        PluginOptionsError,
        ["'audit'", "no option 'zzz'", "known: retries, topic", ORIGIN],
    ),
    "option that is no text": ({"audit": {1: 2}}, PluginOptionsError, ["'audit'", "no option 1", ORIGIN]),
    "value of a wrong kind": (
        {"audit": 7},
        PluginOptionsError,
        ["'audit'", "True, False, a dict of options or AuditOptions(...)", "not int", ORIGIN],
    ),
    "unhashable value": ({"audit": [1]}, PluginOptionsError, ["'audit'", "not list", ORIGIN]),
    "None": ({"audit": None}, PluginOptionsError, ["'audit'", "not NoneType", ORIGIN]),
    "shorthand that is refused": ({"short": "x"}, PluginOptionsError, ["'short'", "a number is expected, not 'x'"]),
    "options for a plugin without": (
        {"simple": {"level": 1}},
        PluginOptionsError,
        ["'simple' has no options", "simple=True or simple=False", ORIGIN],
    ),
    "unknown plugin": ({"audti": True}, PluginNotFoundError, ["'audti'", "did you mean 'audit'?", "installed"]),
    "unknown plugin, switched off": ({"audti": False}, PluginNotFoundError, ["'audti'", "did you mean 'audit'?"]),
    "unknown plugin in only": ({"only": ["audti"]}, PluginNotFoundError, ["'audti'", "did you mean 'audit'?"]),
    "unknown plugin in disable": ({"disable": ["audti"]}, PluginNotFoundError, ["'audti'", "did you mean 'audit'?"]),
    "only as text": ({"only": "audit"}, PluginOptionsError, ["only takes names", "['", "'audit'"]),
    "disable as text": ({"disable": "audit"}, PluginOptionsError, ["disable takes names", "['", "'audit'"]),
    "only with a class": ({"only": [Audit]}, PluginOptionsError, ["only takes names", "Audit"]),
}


@pytest.mark.parametrize(("options", "kind", "parts"), WRONG_OPTIONS.values(), ids=WRONG_OPTIONS)
def test_wrong_options_are_one_clear_error(options, kind, parts, registry):
    """Each mistake in the arguments of @powertools is an error of its kind that has all one needs to mend it."""
    with pytest.raises(kind) as caught:
        decorate(registry, **options)

    for part in parts:
        assert part in str(caught.value)


ACCEPTED = {
    "nothing": ({}, {"topic": "audit", "retries": 3}),
    "True": ({"audit": True}, {"topic": "audit", "retries": 3}),
    "empty dict": ({"audit": {}}, {"topic": "audit", "retries": 3}),
    "dict": ({"audit": {"topic": "x"}}, {"topic": "x", "retries": 3}),
    "options object": ({"audit": AuditOptions("y", 1)}, {"topic": "y", "retries": 1}),
}


@pytest.mark.parametrize(("options", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_options_are_accepted_in_each_form(options, expected, registry):
    """True, a dict and an object of the options class all give the plugin its options object."""
    application = decorate(registry, **options).application

    assert vars(application.options["audit"]) == expected
    assert application.plugins["audit"].options is application.options["audit"]


def test_false_switches_a_plugin_off(registry):
    """A plugin whose option is False takes no part."""
    assert "audit" not in decorate(registry, audit=False).application.plugins


def test_another_value_goes_to_from_value(registry):
    """What is no dict, no bool and no options object is a shorthand, where the options class has one."""
    assert decorate(registry, short=7).application.options["short"].level == 7


def test_a_plugin_without_options_may_be_switched_on(registry):
    """True and an empty dict are no options."""
    for value in (True, {}):
        assert decorate(registry, simple=value).application.options["simple"] is None


class Odd:
    """A value that cannot be compared."""

    def __eq__(self, other):
        raise ArithmeticError

    __hash__ = None


def test_odd_values_are_neither_compared_nor_hashed(registry):
    """A value whose comparison raises, as an array's does, is refused as any other."""
    with pytest.raises(PluginOptionsError, match="'simple' has no options"):
        decorate(registry, simple=Odd())


def test_a_settings_error_says_itself_what_is_wrong(monkeypatch):
    """An options class that reads a bad environment variable gives the error that names the variable."""

    class EnvironmentOptions:
        def __init__(self):
            Settings.dev.resolve()

    class Reading(Plugin[EnvironmentOptions]):
        name = "reading"
        Options = EnvironmentOptions

    registry = Registry()
    registry.register(Reading)
    monkeypatch.setenv("POWERTOOLS_DEV", "maybe")

    with pytest.raises(SettingsError, match="POWERTOOLS_DEV is 'maybe'"):
        decorate(registry)


def plugin_class(name="bad", **attributes):
    """Make a plugin class out of its attributes."""
    return type("BadPlugin", (Plugin,), {"name": name, **attributes})


def hook(source, name):
    """Make a marked function out of source text."""
    namespace = {}
    exec(source, namespace)  # noqa: S102  # a table of signatures reads best as signatures
    return {name: hookimpl(namespace[name])}


pluggy_marker = pluggy.HookimplMarker("lambda_powertools")

BAD_PLUGINS = {
    "unknown hook": (
        plugin_class(**hook("def before_invok(self, invocation): ...", "before_invok")),
        ["unknown hook 'before_invok'", "did you mean 'before_invoke'?"],
    ),
    "unknown argument": (
        plugin_class(**hook("def before_invoke(self, invocatoin): ...", "before_invoke")),
        ["asks before_invoke for an argument 'invocatoin'", "it has: invocation"],
    ),
    "argument of another hook": (
        plugin_class(**hook("def after_invoke(self, error): ...", "after_invoke")),
        ["asks after_invoke for an argument 'error'", "it has: invocation"],
    ),
    "unknown keyword-only argument": (
        plugin_class(**hook("def on_error(self, *, exception): ...", "on_error")),
        ["asks on_error for an argument 'exception'", "it has: invocation, error"],
    ),
    "hook without marker": (
        plugin_class(on_error=lambda self, error: None),
        ["defines on_error without @hookimpl", "mark it"],
    ),
    "marker of another project": (
        plugin_class(on_error=pluggy.HookimplMarker("other")(lambda self, error: None)),
        ["defines on_error without @hookimpl"],
    ),
    "hook with pluggy's ordering": (
        plugin_class(on_error=pluggy_marker(tryfirst=True)(lambda self, error: None)),
        ["marks on_error with tryfirst", "use plain @hookimpl"],
    ),
    "hook under another name": (
        plugin_class(other=pluggy_marker(specname="on_error")(lambda self, error: None)),
        ["marks other with specname", "use plain @hookimpl"],
    ),
    "generator": (
        plugin_class(**hook("def before_invoke(self, invocation):\n yield", "before_invoke")),
        ["has a yield in before_invoke", "split it into before_invoke and after_invoke"],
    ),
    "async on_init": (
        plugin_class(**hook("async def on_init(self, application): ...", "on_init")),
        ["asynchronous on_init", "make it a plain def"],
    ),
    "other hook API": (
        plugin_class(hook_api=HOOK_API_VERSION + 1),
        [f"written for version {HOOK_API_VERSION + 1} of the hooks", f"version {HOOK_API_VERSION}", "install versions"],
    ),
    "on_failure": (
        plugin_class(on_failure="ignore"),
        ["has on_failure = 'ignore'", "'raise' or 'warn' is expected"],
    ),
    "options that are no class": (
        plugin_class(Options={"topic": "audit"}),
        ["has Options = {'topic': 'audit'}", "a class is expected"],
    ),
    "order as text": (plugin_class(order="first"), ["has the order 'first'", "an int is expected"]),
    "order as bool": (plugin_class(order=True), ["has the order True", "an int is expected"]),
    "name with a hyphen": (plugin_class("my-plugin"), ["has the name 'my-plugin'", "identifier", "name of an option"]),
    "name that is a keyword": (plugin_class("lambda"), ["has the name 'lambda'", "identifier"]),
    "name of an option of the decorator": (plugin_class("service"), ["'service'", "option of the decorator itself"]),
    "no name": (type("Nameless", (), {}), ["'Nameless'", "has the name None", "identifier"]),
    "an instance": (Audit(), ["a plugin is a class"]),
    "a function": (decorate, ["'decorate'", "a plugin is a class"]),
}


@pytest.mark.parametrize(("plugin", "parts"), BAD_PLUGINS.values(), ids=BAD_PLUGINS)
def test_a_bad_plugin_is_one_clear_error(plugin, parts):
    """Each breach of the contract is a PluginInvalidError that names plugin, distribution, breach and mend."""
    registry = Registry()

    with pytest.raises(PluginInvalidError) as caught:
        registry.register(plugin, distribution=ORIGIN)

    for part in (*parts, f"(from {ORIGIN})"):
        assert part in str(caught.value)
    assert caught.value.distribution == ORIGIN
    assert isinstance(caught.value, PluginError)
    assert registry.names == ()


@pytest.mark.parametrize("plugin", [plugin for plugin, _ in BAD_PLUGINS.values()], ids=BAD_PLUGINS)
def test_the_check_without_pluggy_agrees(plugin):
    """An installed plugin, which is spared pluggy where it could find nothing, is refused with the same words."""
    messages = []
    for quick in (False, True):
        with pytest.raises(PluginInvalidError) as caught:
            check_plugin(plugin, distribution=ORIGIN, quick=quick)
        messages.append(str(caught.value))

    assert messages[0] == messages[1]


def test_two_plugins_with_one_name_are_a_conflict():
    """The second registration fails, says who has the name, and leaves the first alone."""
    registry = Registry()
    registry.register(plugin_class("audit"), distribution="other-audit 2.0")

    with pytest.raises(PluginConflictError) as caught:
        registry.register(Audit, distribution=ORIGIN)

    for part in ("'audit'", "other-audit 2.0", ORIGIN, "POWERTOOLS_PLUGINS_DISABLED=audit"):
        assert part in str(caught.value)
    assert registry.describe()[0].distribution == "other-audit"


def test_a_plugin_that_cannot_be_constructed_is_one_clear_error():
    """A constructor that asks for more than it is given is a breach of the contract, with name and distribution."""

    class Greedy:
        name = "greedy"

        def __init__(self, options): ...

    registry = Registry()
    registry.register(Greedy, distribution=ORIGIN)

    with pytest.raises(PluginInvalidError) as caught:
        decorate(registry)

    for part in ("'greedy' cannot be constructed", "'options'", "without arguments", ORIGIN):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("handler", "named"),
    [(dict, "the class dict"), (AuditOptions, "the class AuditOptions"), (5, "int 5"), ("orders", "str 'orders'")],
    ids=["builtin class", "class", "number", "text"],
)
def test_a_handler_that_is_none_is_one_clear_error(handler, named):
    """What cannot be a handler is a TypeError that names it and says how options are given."""
    with pytest.raises(TypeError) as caught:
        powertools(handler)

    assert named in str(caught.value)
    assert "Options are given by name" in str(caught.value)
