"""The registry: what is registered, found, blocked and broken, and what it says of itself."""

from __future__ import annotations

import importlib
import sys
import textwrap
import threading

import pytest

from lambda_powertools.core import (
    Plugin,
    PluginConflictError,
    PluginInfo,
    PluginInvalidError,
    PluginLoadError,
    PluginNotFoundError,
    PowertoolsUserWarning,
    Registry,
    get_registry,
    hookimpl,
    powertools,
    set_registry,
)


def plugin_class(plugin_name, plugin_order=600):
    """Make a plugin with a name and an order."""

    class Named(Plugin[None]):
        name = plugin_name
        order = plugin_order

        @hookimpl
        def before_invoke(self, invocation): ...

    return Named


def active(registry, **options):
    """Return the names of the plugins that a decorated handler has."""
    return list(powertools(registry=registry, **options)(lambda event, context: None).application.plugins)


@pytest.fixture
def registry(registry_of):
    """A registry with the plugins a, b and c."""
    return registry_of(*(plugin_class(name) for name in "abc"))


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return what installs a distribution with plugins into a folder: `install("dist", plugin="module:Class", …)`."""
    monkeypatch.syspath_prepend(tmp_path)
    modules = set(sys.modules)

    def install(distribution, version="1.0", modules=(), **plugins):
        folder = tmp_path / f"{distribution.replace('-', '_')}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        lines = [f"{name} = {value}" for name, value in plugins.items()]
        (folder / "entry_points.txt").write_text("\n".join(["[lambda_powertools.plugins]", *lines]))
        for name, source in dict(modules).items():
            (tmp_path / f"{name}.py").write_text(source)
        return [str(tmp_path)]

    yield install
    for name in set(sys.modules) - modules:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in str(sys.modules[name].__file__):
            del sys.modules[name]


GOOD = """
class Good:
    name = "good"
    order = 10
"""


def test_a_registration_that_fails_leaves_nothing_behind():
    """After a failed registration the corrected class registers, and works, as if nothing had been."""
    registry = Registry()

    class Broken(Plugin[None]):
        name = "audit"

        @hookimpl
        def before_invoke(self, invocatoin): ...

    for _ in range(2):
        with pytest.raises(PluginInvalidError):
            registry.register(Broken)
    assert registry.names == ()
    assert registry.describe() == []
    assert "audit" not in registry

    registry.register(plugin_class("audit"))

    assert active(registry) == ["audit"]


def test_one_class_may_be_in_two_registries():
    """Registering marks nothing on the class, so a second registry takes it as well."""
    shared = plugin_class("shared")

    for _ in range(2):
        registry = Registry()
        registry.register(shared)
        assert active(registry) == ["shared"]


def test_unregister_makes_room(registry):
    """An unregistered name is free again; one that is not there is an error that says what is."""
    registry.unregister("a")
    registry.register(plugin_class("a"))

    assert registry.names == ("a", "b", "c")
    with pytest.raises(PluginNotFoundError, match="known: a, b, c"):
        registry.unregister("zzzz")


def test_a_blocked_plugin_is_not_used_and_says_why(registry):
    """block() works by name, before or after the plugin is known, and the reason is shown."""
    registry.block("b", "too slow")
    registry.block("later", "not yet")
    registry.register(plugin_class("later"))

    assert active(registry) == ["a", "c"]
    assert active(registry, b=True) == ["a", "c"]
    assert {info.name: info.reason for info in registry.describe() if info.status == "disabled"} == {
        "b": "too slow",
        "later": "not yet",
    }


@pytest.mark.parametrize(
    ("environment", "options", "expected"),
    [
        ({}, {}, ["a", "b", "c"]),
        ({"PLUGINS": "a, c"}, {}, ["a", "c"]),
        ({"PLUGINS": ","}, {}, []),
        ({"PLUGINS": ""}, {}, ["a", "b", "c"]),
        ({"PLUGINS_DISABLED": "a,c"}, {}, ["b"]),
        ({"PLUGINS_DISABLED": "a,unknown"}, {}, ["b", "c"]),
        ({"PLUGINS": "a,b", "PLUGINS_DISABLED": "b"}, {}, ["a"]),
        ({}, {"only": ["c", "a"]}, ["a", "c"]),
        ({}, {"only": []}, []),
        ({}, {"only": ["a"], "b": True}, ["a", "b"]),
        ({}, {"disable": ["a"]}, ["b", "c"]),
        ({}, {"disable": ["a"], "a": True}, ["b", "c"]),
        ({}, {"b": False}, ["a", "c"]),
        ({}, {"only": ["a", "b"], "disable": ["b"]}, ["a"]),
        ({"PLUGINS": "a"}, {"only": ["b"]}, []),
        ({"PLUGINS_DISABLED": "a"}, {"a": True}, ["b", "c"]),
    ],
)
def test_plugins_are_chosen_by_environment_and_arguments(environment, options, expected, registry, monkeypatch):
    """The environment rules plugins out for all handlers, only, disable and False for one; each narrows the other."""
    for name, value in environment.items():
        monkeypatch.setenv(f"POWERTOOLS_{name}", value)

    assert active(registry, **options) == expected


def test_names_of_plugins_may_come_from_an_iterator(registry):
    """Only and disable take any iterable, and one decorator may decorate several handlers."""
    decorate = powertools(registry=registry, only=iter(["a", "b"]), disable=(name for name in ["b"]))

    for _ in range(2):
        assert list(decorate(lambda event, context: None).application.plugins) == ["a"]


def test_an_allow_list_with_an_unknown_name_warns_once(registry, monkeypatch):
    """A typo in POWERTOOLS_PLUGINS would switch a plugin off in silence, so it is said, once."""
    monkeypatch.setenv("POWERTOOLS_PLUGINS", "a,bb")

    with pytest.warns(PowertoolsUserWarning, match="POWERTOOLS_PLUGINS names 'bb'.*did you mean 'b'"):
        active(registry)

    assert active(registry) == ["a"]  # a second warning would be an error here


def test_a_broken_plugin_is_named_and_the_others_work(install):
    """A plugin whose import fails is a warning that names it, its distribution and the failure; the rest goes on."""
    install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    path = install(
        "broken-dist", "2.5", broken="broken_module:Plugin", modules={"broken_module": "import nowhere_at_all"}
    )
    registry = Registry()
    registry.discover(path)

    with pytest.warns(PowertoolsUserWarning) as caught:
        assert active(registry) == ["good"]

    assert str(caught[0].message) == (
        "plugin 'broken' cannot be imported: ModuleNotFoundError: No module named 'nowhere_at_all' "
        "(from broken-dist 2.5). The other plugins go on without it."
    )
    assert active(registry) == ["good"]  # a second warning would be an error here


@pytest.mark.parametrize(
    ("value", "failure"),
    [
        ("nowhere_at_all:Plugin", "ModuleNotFoundError"),
        ("good_module:Missing", "AttributeError"),
        ("good_module:Good.Missing", "AttributeError"),
        ("good_module", "AttributeError"),
        ("", "ValueError"),
        ("raising_module:Plugin", "ZeroDivisionError"),
    ],
)
def test_a_broken_plugin_that_options_are_given_for_is_an_error(value, failure, install):
    """Whoever configures a plugin wants it: its failed import is an error, with the import's own as the cause."""
    modules = {"good_module": GOOD, "raising_module": "1 / 0"}
    path = install("broken-dist", "2.5", broken=value, modules=modules)
    registry = Registry()
    registry.discover(path)

    with pytest.raises(PluginLoadError) as caught:
        active(registry, broken=True)

    for part in ("'broken'", failure, "broken-dist 2.5"):
        assert part in str(caught.value)
    assert type(caught.value.__cause__).__name__ == failure


def test_a_disabled_plugin_is_not_imported(install):
    """What is ruled out costs nothing: its module is not even imported."""
    path = install("slow-dist", slow="slow_module:Plugin", modules={"slow_module": "raise SystemExit"})
    registry = Registry()
    registry.discover(path)

    assert active(registry, disable=["slow"]) == []
    assert active(registry, only=[]) == []
    assert "slow_module" not in sys.modules


def test_discovery_imports_nothing(install):
    """A plugin's module is imported when a handler is decorated, not when the plugin is found."""
    path = install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    registry = Registry()
    registry.discover(path)

    assert registry.names == ("good",)
    assert "good_module" not in sys.modules


def test_a_name_that_differs_from_its_entry_points_is_invalid(install):
    """Options are addressed to the entry point's name, so the class has to have the same."""
    path = install("odd-dist", odd="good_module:Good", modules={"good_module": GOOD})
    registry = Registry()
    registry.discover(path)

    with pytest.raises(
        PluginInvalidError, match=r"'odd' has the name 'good'.*give both the same \(from odd-dist 1.0\)"
    ):
        active(registry)


def test_two_distributions_that_claim_one_name_are_a_conflict(install):
    """The conflict is an error at the first use that names both, unless the name is ruled out."""
    install("one-dist", good="good_module:Good", modules={"good_module": GOOD})
    path = install("two-dist", "3.1", good="good_module:Good")
    registry = Registry()
    registry.discover(path)

    with pytest.raises(PluginConflictError) as caught:
        active(registry)
    for part in ("'good'", "one-dist 1.0", "two-dist 3.1", "POWERTOOLS_PLUGINS_DISABLED=good"):
        assert part in str(caught.value)
    assert [info.status for info in registry.describe()] == ["broken"]

    registry.block("good")
    assert active(registry) == []


def test_discovering_twice_is_no_conflict(install):
    """The same plugin found again is the same plugin."""
    path = install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    registry = Registry()
    registry.discover(path)
    registry.discover(path)

    assert active(registry) == ["good"]


def test_a_registered_class_and_an_installed_plugin_conflict(install, registry_of):
    """A class registered by hand does not silently replace an installed plugin of its name."""
    path = install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    registry = registry_of(plugin_class("good"))
    registry.discover(path)

    with pytest.raises(PluginConflictError, match=r"one from a registered class, one from good-dist 1\.0"):
        active(registry)


def test_describe_tells_everything(install):
    """describe() gives, outermost first, what each plugin is, where it is from, and why it is off or broken."""
    install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    path = install("broken-dist", "2.5", broken="nowhere_at_all:Plugin", off="nowhere_at_all:Other")
    registry = Registry()
    registry.register(plugin_class("mine", 5), distribution="my-dist 0.1")
    registry.register(plugin_class("anonymous", 700))
    registry.block("off", "not today")
    registry.discover(path)

    described = registry.describe()

    assert [info.name for info in described] == ["mine", "good", "broken", "off", "anonymous"]
    assert described[0] == PluginInfo(
        name="mine",
        status="active",
        reason="",
        distribution="my-dist",
        version="0.1",
        value=f"{__name__}:plugin_class.<locals>.Named",
        order=5,
        hooks=("before_invoke",),
        on_failure="raise",
    )
    assert described[1] == PluginInfo("good", "active", "", "good-dist", "1.0", "good_module:Good", 10, (), "raise")
    assert described[2][:2] == ("broken", "broken")
    assert "ModuleNotFoundError" in described[2].reason
    assert (described[2].distribution, described[2].version, described[2].order) == ("broken-dist", "2.5", None)
    assert described[3][:3] == ("off", "disabled", "not today")
    assert (described[4].distribution, described[4].version) == (None, None)


def test_the_process_wide_registry_serves_without_an_argument():
    """@powertools uses the registry of the process, which set_registry replaces."""
    registry = Registry()
    registry.register(plugin_class("mine"))
    set_registry(registry)

    @powertools
    def handler(event, context): ...

    assert get_registry() is registry
    assert list(handler.application.plugins) == ["mine"]


def test_the_process_wide_registry_is_discovered_once(install):
    """The first use finds what is installed; every thread gets the same registry."""
    install("good-dist", good="good_module:Good", modules={"good_module": GOOD})
    set_registry(None)
    found = []
    threads = [threading.Thread(target=lambda: found.append(get_registry())) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 20
    assert len(set(map(id, found))) == 1
    assert "good" in found[0]


def test_a_module_that_decorates_a_handler_may_be_imported_while_plugins_are(install):
    """One thread imports a plugin that imports a module in which another thread decorates: neither waits for ever."""
    slow = """
        import threading, other_module_lock as lock
        lock.plugin_imports.set()
        lock.module_imports.wait(30)
        import decorating_module

        class Slow:
            name = "slow"
    """
    decorating = """
        import other_module_lock as lock
        lock.module_imports.set()
        lock.plugin_imports.wait(30)
        from lambda_powertools.core import powertools

        @powertools(registry=lock.registry, only=["good"])
        def handler(event, context): ...
    """
    path = install(
        "slow-dist",
        slow="slow_module:Slow",
        good="good_module:Good",
        modules={
            "good_module": GOOD,
            "slow_module": textwrap.dedent(slow),
            "decorating_module": textwrap.dedent(decorating),
            "other_module_lock": "from threading import Event\nplugin_imports, module_imports = Event(), Event()",
        },
    )
    lock = importlib.import_module("other_module_lock")
    lock.registry = Registry()
    lock.registry.discover(path)
    threads = [
        threading.Thread(target=lambda: active(lock.registry, only=["slow"]), daemon=True),
        threading.Thread(target=lambda: importlib.import_module("decorating_module"), daemon=True),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert not any(thread.is_alive() for thread in threads)


def test_a_decorated_handler_keeps_its_application(registry):
    """`.application` tells the handler's name, service and plugins, and is shown by its repr."""

    @powertools(registry=registry, service="orders", disable=["b"])
    def handler(event, context): ...

    assert handler.application.service == "orders"
    assert repr(handler.application) == "<Application handler plugins=[a, c]>"


def test_threads_may_register_and_decorate_at_once(monkeypatch):
    """One registry serves threads that add plugins while others use and describe them."""
    registry = Registry()
    registry.register(plugin_class("first"))
    monkeypatch.setenv("POWERTOOLS_PLUGINS", "first")
    failures = []

    def add(thread):
        for number in range(20):
            registry.register(plugin_class(f"p{thread}_{number}"))

    def use():
        try:
            for _ in range(20):
                assert active(registry) == ["first"]
                assert [info.name for info in registry.describe() if info.status == "active"] == ["first"]
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    threads += [threading.Thread(target=use) for _ in range(4)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)

    assert failures == []
    assert len(registry.names) == 81
