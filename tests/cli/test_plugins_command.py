from __future__ import annotations

AUDIT = """    name = 'audit'
    order = 150
    @hookimpl
    def before_invoke(self, invocation): ...
    @hookimpl
    def on_error(self, invocation, error): ..."""


def listed(finished):
    """Return the entries by name."""
    return {entry["name"]: entry for entry in finished.json}


def test_active_disabled_and_broken_plugins_are_told_apart(powertools, site):
    """Each plugin has its status with the reason, its distribution, order and hooks."""
    folder = site(
        audit=AUDIT, off="    name = 'off'", broken="raise RuntimeError('no such region')", typo="    name = 'tpyo'"
    )

    finished = powertools("plugins", "--json", env={"PYTHONPATH": str(folder), "POWERTOOLS_PLUGINS_DISABLED": "off"})

    assert finished.code == 0
    entries = listed(finished)
    assert entries["audit"] == {
        "name": "audit",
        "status": "active",
        "reason": "",
        "distribution": "audit-dist",
        "version": "1.0",
        "value": "audit_plugin:Plug",
        "order": 150,
        "hooks": ["before_invoke", "on_error"],
        "on_failure": "raise",
    }
    assert (entries["off"]["status"], entries["off"]["reason"]) == ("disabled", "in POWERTOOLS_PLUGINS_DISABLED")
    assert entries["broken"]["status"] == "broken"
    assert "RuntimeError: no such region (from broken-dist 1.0)" in entries["broken"]["reason"]
    assert "has the name 'tpyo', its entry point is called 'typo'" in entries["typo"]["reason"]


def test_table_lists_plugins_outermost_first_with_reasons_below(powertools, site):
    """The plain table has a line for each plugin; why one is not active stands under it."""
    folder = site(inner="    name = 'inner'\n    order = 999", audit=AUDIT, broken="raise RuntimeError('no region')")

    finished = powertools("plugins", env={"PYTHONPATH": str(folder)})

    first = [line.split()[0] for line in finished.out.splitlines() if line.strip()]
    assert first.index("audit") < first.index("inner")
    (row,) = [line for line in finished.out.splitlines() if line.startswith("audit")]
    assert row.split() == ["audit", "active", "150", "before_invoke,", "on_error", "audit-dist", "1.0"]
    assert "\nbroken is broken: plugin 'broken' cannot be imported: RuntimeError: no region" in finished.out
    assert "\x1b" not in finished.out


def test_table_fits_80_columns(powertools, site):
    """On 80 columns the table is wrapped, not cut."""
    folder = site(audit=AUDIT)

    finished = powertools("plugins", env={"PYTHONPATH": str(folder), "COLUMNS": "80", "NO_COLOR": "1"})

    assert max(len(line) for line in finished.out.splitlines()) <= 80
    assert "before_invoke" in finished.out


def test_what_a_plugin_prints_at_import_does_not_spoil_the_json(powertools, site):
    """Stdout holds the document alone."""
    folder = site(noisy="    name = 'noisy'\n    print('hello')")

    finished = powertools("plugins", "--json", env={"PYTHONPATH": str(folder)})

    assert listed(finished)["noisy"]["status"] == "active"
    assert "hello" in finished.err


def test_no_plugin_is_no_error(powertools, bare):
    """Where nothing is installed the command says so and how to change it."""
    python, path = bare

    finished = powertools("plugins", python=python, env={"PYTHONPATH": ":".join(path)})

    assert finished.code == 0, finished.err
    assert "No plugin is installed" in finished.out
