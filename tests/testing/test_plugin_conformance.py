"""The conformance kit for plugins: each rule is broken by a plugin made for it, and kept by our own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from lambda_powertools.core import PluginNotFoundError
from lambda_powertools.core.discovery import find_plugins
from lambda_powertools.core.hookspecs import ENTRY_POINT_GROUP
from lambda_powertools.testing import PluginConformanceError, PowertoolsTestingError, memory
from lambda_powertools.testing.plugins import RULES, PluginUnderTest, check_conformance

HERE = Path(__file__).parent
BAD = {
    "NamelessHook": ("contract", "defines before_invoke without @hookimpl"),
    "WrongExcusePlugin": ("contract", "rules that do not exist: no-noise"),
    "NeedyPlugin": ("defaults-work", "cannot be used with its default options"),
    "LoosePlugin": ("options-validated", "accepts an unknown option"),
    "UncleanPlugin": ("cleanup-once", "after an exception: the context variable 'bad_plugins.tenant'"),
    "TwicePlugin": ("cleanup-once", "ends in an exception: on_error raised RuntimeError"),
    "ThreadPlugin": ("cleanup-once", "leaves 3 threads behind"),
    "LeakyPlugin": ("no-leak", "keeps 80 of 80 events and responses of 40 calls that succeed, in LeakyPlugin.kept"),
    "GrowingPlugin": ("no-leak", "grow with 40 calls that fail: GrowingPlugin.seen (by 40)"),
    "SyncOnlyPlugin": ("sync-and-async-equal", "('after_invoke', 'RuntimeError')"),
    "SharingPlugin": ("threads-isolated", "threads"),
    "ThreadLocalPlugin": ("tasks-isolated", "mixes up tasks: marker-"),
    "SwallowingPlugin": ("others-fail", "hides the error when a plugin further in fails in before_invoke"),
    "WrappingPlugin": ("errors-pass", "_HandlerError: something went wrong"),
    "ChattyPlugin": ("no-output", "writes to stdout: 'all is well\\n' at an invocation"),
}


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    """The plugins of the tests can be imported, in other processes too."""
    monkeypatch.syspath_prepend(HERE)


def bad(name, module="bad_plugins"):
    return getattr(import_module(module), name)


def broken(subject):
    """Return the messages of the rules that a plugin breaks, by their names."""
    found = {}
    for rule in RULES.values():
        if rule.name in subject.exemptions:
            continue
        try:
            rule.check(subject)
        except PluginConformanceError as error:
            found[error.rule] = str(error)
    return found


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plugin_fails_with_its_rule(name):
    """Of a plugin that breaks a rule, the first failure begins with the rule's id and name, and tells what it did."""
    rule, problem = BAD[name]

    with pytest.raises(PluginConformanceError) as caught:
        check_conformance(bad(name))

    assert str(caught.value).startswith(f"{RULES[rule].id} {rule}: plugin {bad(name).name!r}")
    assert problem in str(caught.value)


def test_a_heavy_plugin_fails_the_import_budget():
    """What a plugin's import loads is named."""
    heavy = bad("HeavyPlugin", "heavy_plugin")

    with pytest.raises(PluginConformanceError, match="PK-11 import-budget: plugin 'heavy' imports asyncio"):
        RULES["import-budget"].check(PluginUnderTest(heavy))
    with pytest.raises(PluginConformanceError, match="PK-11 import-budget: plugin 'good' takes .* 0.0001 ms are its"):
        RULES["import-budget"].check(PluginUnderTest(bad("GoodPlugin"), budget_ms=0.0001))


def test_every_rule_is_broken_by_some_plugin():
    """There is no rule that nothing fails."""
    assert {rule for rule, _ in BAD.values()} | {"import-budget"} == set(RULES)


def test_a_good_plugin_keeps_every_rule():
    """A plugin that does something in each hook, one of them asynchronous, passes."""
    assert check_conformance(bad("GoodPlugin"), options={"topic": "orders"}) == []


def test_exemptions_are_declared():
    """A rule is left out where the class, or the caller, says why."""
    assert check_conformance(bad("ExcusedPlugin")) == ["no-output"]
    assert check_conformance(bad("ChattyPlugin"), exempt={"no-output": "it greets"}) == ["no-output"]


def test_a_plugin_that_cannot_be_imported_elsewhere_is_an_error():
    """A class made in a function cannot be used in another process; that is told."""

    class Local(bad("GoodPlugin")):
        pass

    with pytest.raises(PowertoolsTestingError, match="has to be importable"):
        RULES["no-output"].check(PluginUnderTest(Local))


def test_a_name_that_is_not_installed_is_an_error():
    """The error says what was probably meant, and what there is."""
    with pytest.raises(PluginNotFoundError, match="did you mean 'logger'.*Is its distribution installed"):
        check_conformance("loger")


OWN = sorted(plugin.name for plugin in find_plugins() if plugin.distribution.startswith("lambda-powertools-"))


@pytest.mark.parametrize("name", OWN)
def test_our_plugin_keeps_every_rule(name):
    """Each plugin of ours, found by its entry point, passes as it is installed."""
    assert broken(PluginUnderTest.of(name)) == {}


def test_ids_are_unique_and_every_rule_says_what_it_asks():
    """Ids count up, and each rule has a sentence."""
    assert [rule.id for rule in RULES.values()] == [f"PK-{number:02d}" for number in range(1, len(RULES) + 1)]
    assert all(rule.summary.endswith(".") for rule in RULES.values())


REMEMBERS = "its store remembers calls, which is its purpose"


def active_plugin(name):
    """Return a plugin of ours with options that give it something to do in every invocation of the kit."""
    if name == "idempotency":
        from lambda_powertools.idempotency import IdempotencyConfig

        options = {"persistence_store": memory.idempotency_store(), "config": IdempotencyConfig("marker")}
        exempt = dict.fromkeys(("no-leak", "sync-and-async-equal", "others-fail"), REMEMBERS)
        return PluginUnderTest.of(name, options=options, exempt=exempt)
    if name == "circuit_breaker":
        from lambda_powertools.circuit_breaker import CircuitBreakerConfig

        config = CircuitBreakerConfig(failure_threshold=10_000)
        return PluginUnderTest.of(name, options={"persistence_store": memory.circuit_store(), "config": config})
    if name == "parser":
        from pydantic import BaseModel

        class Order(BaseModel):
            marker: str

        return PluginUnderTest.of(name, options=Order)
    return PluginUnderTest.of(name, options=ACTIVE[name]())


def resolver():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return APIGatewayRestResolver()


VIP = {"when_match": True, "conditions": [{"action": "EQUALS", "key": "tier", "value": "vip"}]}
ACTIVE = {
    "data_classes": lambda: {"data_class": import_module("lambda_powertools.data_classes").DictWrapper},
    "event_handler": resolver,
    "feature_flags": lambda: {"store": memory.feature_flags({"dark": {"default": False, "rules": {"vip": VIP}}}).store},
    "logger": lambda: {"log_event": True, "correlation_id_path": "marker"},
    "metrics": lambda: {"namespace": "Shop", "capture_cold_start_metric": True},
    "parameters": lambda: {"preload": {"limit": lambda: 7}},
    "tracer": lambda: {"capture_response": True},
    "validation": lambda: {"inbound_schema": {"type": "object", "required": ["marker"]}},
}
# What a process of its own cannot be given: objects.
IN_THIS_PROCESS = {"no-output", "import-budget"}


@pytest.mark.parametrize("name", [*ACTIVE, "circuit_breaker", "idempotency", "parser"])
def test_our_plugin_keeps_every_rule_with_something_to_do(name):
    """Each plugin of ours that acts on any event also passes when its options give it something to do."""
    subject = active_plugin(name)
    subject.exemptions.update(dict.fromkeys(IN_THIS_PROCESS, "checked above"))

    assert broken(subject) == {}


def installed(tmp_path, *, name, value):
    """Write what an installed distribution leaves; return the environment that has it."""
    metadata = tmp_path / "acme_plugins-1.4.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: acme-plugins\nVersion: 1.4.0\n")
    (metadata / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\n{name} = {value}\n")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(HERE)])}


def pytest_run(tmp_path, environment, *options):
    # With the one plugin of pytest that is tested: what else is installed here takes seconds to load.
    environment = {**environment, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "lambda_powertools.testing.pytest_plugin", *options]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_pytest_checks_an_installed_plugin(tmp_path):
    """`pytest --powertools-plugin=NAME` runs each rule as a test, and nothing else."""
    (tmp_path / "test_other.py").write_text("def test_other(): raise AssertionError\n")
    environment = installed(tmp_path, name="good", value="bad_plugins:GoodPlugin")

    done = pytest_run(tmp_path, environment, "--powertools-plugin=good", '--powertools-plugin-options={"topic": "x"}')

    assert f"{len(RULES)} passed" in done.stdout, done.stdout
    assert done.returncode == 0


def test_pytest_names_the_rule_that_is_broken(tmp_path):
    """A broken rule is one failure that names rule, plugin and distribution; an exemption with a reason is a skip."""
    environment = installed(tmp_path, name="chatty", value="bad_plugins:ChattyPlugin")

    failed = pytest_run(tmp_path, environment, "--powertools-plugin=chatty")
    excused = pytest_run(
        tmp_path, environment, "--powertools-plugin=chatty", "--powertools-plugin-exempt=no-output=it greets"
    )

    assert f"1 failed, {len(RULES) - 1} passed" in failed.stdout, failed.stdout
    assert "PK-12 no-output: plugin 'chatty' (from acme-plugins 1.4.0) writes to stdout" in failed.stdout
    assert f"{len(RULES) - 1} passed, 1 skipped" in excused.stdout, excused.stdout
    assert "chatty is exempt from no-output: it greets" in excused.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--powertools-plugin=god"], "no plugin is called 'god': did you mean 'good'?"),
        (["--powertools-plugin=good", "--powertools-plugin-exempt=no-noise=x"], "one of contract, defaults-work"),
        (["--powertools-plugin=good", "--powertools-plugin-exempt=no-output"], "RULE=REASON is expected"),
        (["--powertools-plugin=good", "--powertools-plugin-options={"], "--powertools-plugin-options is not JSON"),
    ],
)
def test_a_wrong_option_of_pytest_is_one_error(tmp_path, options, message):
    """An option that cannot be read says which it is and what is expected."""
    environment = installed(tmp_path, name="good", value="bad_plugins:GoodPlugin")

    done = pytest_run(tmp_path, environment, *options)

    assert message in done.stderr, done.stderr
    assert (done.returncode, done.stdout) == (pytest.ExitCode.USAGE_ERROR, "")
