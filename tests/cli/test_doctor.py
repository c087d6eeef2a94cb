from __future__ import annotations

import pytest

QUICK = """    name = 'quick'
    order = 10
    @hookimpl
    def before_invoke(self, invocation): ...
    @hookimpl
    async def after_invoke(self): ...
    @hookimpl
    def on_error(self, error): ..."""

SLOW = """import slow_outer
class Plug(Plugin[None]):
    name = 'slow'
    order = 20
    @hookimpl
    def on_init(self):
        import boto3
    @hookimpl
    def before_invoke(self):
        raise LookupError('no order')"""


@pytest.fixture
def slow_site(site):
    """A folder with a quick plugin and one that takes 60 ms to import, most of it two modules further in."""
    folder = site(quick=QUICK, slow=SLOW)
    (folder / "slow_outer.py").write_text("import slow_inner, json")
    (folder / "boto3.py").write_text("")  # by name alone as heavy as the real one
    (folder / "slow_inner.py").write_text("import time\ntime.sleep(0.06)")
    return folder


def environment(folder, *names, **more):
    """Return variables with which only the named plugins are examined."""
    return {"PYTHONPATH": str(folder), "POWERTOOLS_PLUGINS": ",".join(names), **more}


def by_name(finished):
    """Return the figures by plugin."""
    return {plugin["name"]: plugin for plugin in finished.json["plugins"]}


def test_every_plugin_is_measured(powertools, slow_site):
    """Import, on_init, first invocation, modules, heavy modules with their phase, hooks and their failures are told."""
    finished = powertools("doctor", "--json", env=environment(slow_site, "quick", "slow"))

    assert finished.code == 0, finished.err
    plugins = by_name(finished)
    quick, slow = plugins["quick"], plugins["slow"]
    assert quick["import_ms"] < slow["import_ms"]
    assert slow["import_ms"] >= 60
    assert (quick["modules"], slow["modules"]) == (1, 3)
    assert set(quick["hooks_us"]) == {"before_invoke", "after_invoke", "on_error"}
    assert all(value > 0 for value in quick["hooks_us"].values())
    assert quick["heavy"] == {"asyncio": "first invocation"}
    assert quick["failures"] == {}
    assert slow["heavy"] == {"boto3": "on_init"}
    assert slow["failures"] == {"before_invoke": "LookupError: no order"}
    assert quick["first_ms"] > 0
    assert finished.json["discovery"]["ways"] == ["scan"]
    assert finished.json["discovery"]["ms"] > 0


def test_plugin_over_budget_fails_with_the_chain_to_blame(powertools, slow_site):
    """Over budget is exit code 1 and the costliest chain of imports, from the plugin's module inwards."""
    finished = powertools("doctor", "--budget", "50ms", "--json", env=environment(slow_site, "quick", "slow"))

    plugins = by_name(finished)
    assert finished.code == 1
    assert finished.json["healthy"] is False
    assert plugins["quick"]["over_budget"] is False
    assert plugins["slow"]["over_budget"] is True
    assert [step["module"] for step in plugins["slow"]["chain"]] == ["slow_plugin", "slow_outer", "slow_inner"]
    assert all(step["ms"] >= 60 for step in plugins["slow"]["chain"])


def test_findings_are_plain_text(powertools, slow_site):
    """Without a terminal table, chain and findings are plain lines."""
    finished = powertools("doctor", "--budget", "0.05s", env=environment(slow_site, "slow"))

    assert finished.code == 1
    assert "slow is over budget: " in finished.out
    assert " ms to start, 50 ms allowed" in finished.out
    assert "\n  slow_plugin  " in finished.out
    assert "\n      slow_inner  " in finished.out
    assert "slow loads boto3 (on_init)" in finished.out
    assert "slow fails in before_invoke without options, with an empty event: LookupError: no order" in finished.out
    assert "quick (disabled)" in finished.out
    assert finished.out.endswith("Something is wrong, see above.\n")
    assert "\x1b" not in finished.out


@pytest.mark.parametrize("budget", ["10s", "10000ms", "10000", "9.5 s"])
def test_plugin_within_budget_is_well(powertools, slow_site, budget):
    """A budget is in milliseconds or, with s, in seconds."""
    finished = powertools("doctor", "--budget", budget, env=environment(slow_site, "quick", COLUMNS="80", NO_COLOR="1"))

    assert finished.code == 0
    assert finished.out.endswith("All is well.\n")
    assert max(map(len, finished.out.splitlines()[:8])) <= 80


def test_broken_plugin_fails_and_the_others_are_measured(powertools, site):
    """A plugin that cannot be imported is named with its distribution; exit code 1."""
    folder = site(quick=QUICK, broken="raise RuntimeError('no region')")

    finished = powertools("doctor", "--json", env=environment(folder, "quick", "broken"))

    plugins = by_name(finished)
    assert finished.code == 1
    assert plugins["broken"]["status"] == "broken"
    assert "RuntimeError: no region (from broken-dist 1.0)" in plugins["broken"]["reason"]
    assert plugins["quick"]["import_ms"] > 0


@pytest.mark.parametrize(
    "failing",
    ["def on_init(self): raise LookupError('no table')", "def after_invoke(self): raise LookupError('no table')"],
)
@pytest.mark.parametrize("on_failure", ["raise", "warn"])
def test_hook_that_raises_is_told(powertools, site, failing, on_failure):
    """What a hook raises without options is shown, whatever the plugin's policy; it is no failure of the command."""
    folder = site(picky=f"    name = 'picky'\n    on_failure = '{on_failure}'\n    @hookimpl\n    {failing}")

    finished = powertools("doctor", "--json", env=environment(folder, "picky"))

    assert finished.code == 0
    assert list(by_name(finished)["picky"]["failures"].values()) == ["LookupError: no table"]


def test_wrong_setting_is_found(powertools, site):
    """A malformed variable fails the command with core's message; a name that is nearly one is a note."""
    folder = site(quick=QUICK)
    variables = {"POWERTOOLS_DEBUG": "perhaps", "POWERTOOLS_LOG_LEVELS": "INFO"}

    finished = powertools("doctor", "--json", env=environment(folder, "quick", **variables))

    assert finished.code == 1
    (message,) = finished.json["settings"]
    assert message.startswith("environment variable POWERTOOLS_DEBUG is 'perhaps': allowed are")
    assert finished.json["notes"] == [
        "environment variable POWERTOOLS_LOG_LEVELS is read by nothing in core: did you mean POWERTOOLS_LOG_LEVEL?"
    ]
    assert by_name(finished)["quick"]["import_ms"] > 0


def test_stale_manifest_is_noted(powertools, site):
    """A manifest that no longer matches is ignored by discovery and named here."""
    folder = site(quick=QUICK)
    powertools("freeze", "--path", str(folder))
    (folder / "new-1.0.dist-info").mkdir()

    finished = powertools("doctor", "--json", env=environment(folder, "quick"))

    assert [note.partition(" ")[2] for note in finished.json["notes"]] == ["no longer matches: run powertools freeze"]
