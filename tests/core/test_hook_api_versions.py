"""What a change of the hooks does to plugins: they work with a supported version, and else are refused."""

from __future__ import annotations

import warnings
from types import SimpleNamespace
from typing import ClassVar

import pytest

from lambda_powertools.core import Plugin, PluginInvalidError, Registry, hookimpl, hookspecs, powertools
from lambda_powertools.core.hookspecs import HOOK_API_VERSION, HOOKS, OLDEST_HOOK_API_VERSION, hookspec
from lambda_powertools.core.warnings import PowertoolsDeprecationWarning

ORIGIN = "acme-audit 1.4.0"


def specs_of(*, newest=3, oldest=2, **changed):
    """Return the hooks as a later version of the core might have them."""
    return SimpleNamespace(
        HOOK_API_VERSION=newest,
        OLDEST_HOOK_API_VERSION=oldest,
        **{hook: getattr(hookspecs, hook) for hook in HOOKS} | changed,
    )


def audit(version):
    """Return a plugin of a version of the hooks that keeps what it saw."""

    class Audit(Plugin[None]):
        name = "audit"
        hook_api = version
        seen: ClassVar = []

        @hookimpl
        def before_invoke(self, invocation):
            self.seen.append("before")

        @hookimpl
        def on_error(self, error, invocation):
            self.seen.append(type(error))

    return Audit


def run(registry):
    @powertools(registry=registry)
    def handler(event, context):
        return 1 / event["divisor"]

    with pytest.raises(ZeroDivisionError):
        handler({"divisor": 0}, None)
    return handler({"divisor": 1}, None)


@pytest.mark.parametrize("version", [2, 3])
def test_a_plugin_of_a_supported_version_works(version):
    """A plugin written for any version from the oldest supported to the newest is called as ever, without a warning."""
    registry, plugin = Registry(specs=specs_of()), audit(version)

    registry.register(plugin, distribution=ORIGIN)

    assert run(registry) == 1
    assert plugin.seen == ["before", ZeroDivisionError, "before"]


@pytest.mark.parametrize(
    ("version", "mend"), [(1, "upgrade the plugin"), (4, "upgrade lambda-powertools-core"), ("3", "give a number")]
)
def test_a_plugin_of_another_version_is_refused(version, mend):
    """One message names the plugin, its distribution, its version, those that are supported, and the mend."""
    registry = Registry(specs=specs_of())

    with pytest.raises(PluginInvalidError) as caught:
        registry.register(audit(version), distribution=ORIGIN)

    message = str(caught.value)
    expected = ["'audit'", f"version {version!r} of the hooks", "versions 2 to 3", "lambda-powertools-core", mend]
    assert [part for part in [*expected, f"(from {ORIGIN})"] if part not in message] == []
    assert registry.names == ()


def test_an_installed_plugin_of_another_version_is_refused_by_the_handler(tmp_path, monkeypatch):
    """What is found installed is held to the versions too, when a handler is decorated."""
    metadata = tmp_path / "acme_audit-1.4.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: acme-audit\nVersion: 1.4.0\n")
    (metadata / "entry_points.txt").write_text(f"[{hookspecs.ENTRY_POINT_GROUP}]\naudit = acme_audit_v1:Audit\n")
    (tmp_path / "acme_audit_v1.py").write_text("class Audit:\n    name = 'audit'\n    hook_api = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    registry = Registry(specs=specs_of())
    registry.discover([str(tmp_path)])

    with pytest.raises(PluginInvalidError, match=r"version 1 of the hooks.*\(from acme-audit 1\.4\.0\)"):
        powertools(registry=registry)(lambda event, context: None)


@hookspec(deprecated_arguments={"error": "read invocation.error"})
def on_error(invocation, error):
    """Stands for a hook one of whose arguments is on its way out."""


@hookspec(deprecated="use on_init")
def before_invoke(invocation):
    """Stands for a hook that is on its way out."""


def deprecations(registry, plugin, **about):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        registry.register(plugin, **about)
    return [(warning.category, str(warning.message)) for warning in caught]


def test_a_deprecated_argument_warns_and_is_still_given():
    """Who asks for a deprecated argument is warned once, by hook, argument, mend and distribution, and gets it."""
    registry, plugin = Registry(specs=specs_of(on_error=on_error)), audit(3)

    told = deprecations(registry, plugin, distribution=ORIGIN)

    text = (
        "plugin 'audit' asks on_error for the argument 'error', which is deprecated: read invocation.error "
        f"(from {ORIGIN})"
    )
    assert told == [(PowertoolsDeprecationWarning, text)]
    assert run(registry) == 1
    assert ZeroDivisionError in plugin.seen


def test_a_deprecated_hook_warns():
    """Who implements a deprecated hook is warned in the same way."""
    told = deprecations(Registry(specs=specs_of(before_invoke=before_invoke)), audit(3), distribution=ORIGIN)

    assert [text for _, text in told] == [
        f"plugin 'audit' implements before_invoke, which is deprecated: use on_init (from {ORIGIN})"
    ]


def test_who_does_not_ask_for_a_deprecated_argument_is_not_warned():
    """A plugin that names only other arguments hears nothing."""

    class Modern(Plugin[None]):
        name = "modern"

        @hookimpl
        def on_error(self, invocation): ...

    assert deprecations(Registry(specs=specs_of(oldest=1, on_error=on_error)), Modern) == []


def test_the_supported_versions_are_a_range():
    """The oldest supported version is no newer than the newest."""
    assert 1 <= OLDEST_HOOK_API_VERSION <= HOOK_API_VERSION


def test_a_copied_registry_keeps_its_changes_to_itself():
    """A copy knows what its original knows; what is registered or blocked in one does not reach the other."""
    original = Registry()
    original.register(audit(1))

    copy = original.copy()
    copy.unregister("audit")
    original.block("audit")

    assert (original.names, copy.names) == (("audit",), ())
    assert original.copy().select() == []
