from __future__ import annotations

import json

import pytest

from lambda_powertools.core.discovery import MANIFEST_NAME, find_plugins, list_distributions, read_manifest

GOOD = "    name = '{}'\n    @hookimpl\n    def before_invoke(self): ..."


def test_discovery_uses_the_manifest_and_finds_the_same_plugins(powertools, site):
    """After freeze the folder is read from its manifest; the plugins are those that a scan finds, now checked."""
    folder = site(audit=GOOD.format("audit"), inner=GOOD.format("inner"))
    scanned = find_plugins([str(folder)])

    finished = powertools("freeze", "--path", str(folder))

    assert finished.code == 0, finished.err
    assert finished.out == f"{folder / MANIFEST_NAME}: audit, inner\n"
    names = list_distributions(str(folder))
    assert read_manifest(str(folder), names) is not None
    frozen = find_plugins([str(folder)])
    assert [plugin.as_tuple()[:4] for plugin in frozen] == [plugin.as_tuple()[:4] for plugin in scanned]
    assert [plugin.checked for plugin in frozen] == [True, True]
    assert [plugin.checked for plugin in scanned] == [False, False]
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_function_uses_the_frozen_plugins(powertools, project, site):
    """A handler finds its plugins through the manifest."""
    folder = site(audit="    name = 'audit'\n    @hookimpl\n    def before_invoke(self): print('audited')")
    powertools("freeze", "--path", str(folder))
    project(
        app="""
        from lambda_powertools.core import powertools

        @powertools(only=["audit"])
        def handler(event, context): ...
        """
    )

    finished = powertools("invoke", "app:handler", "--json", env={"PYTHONPATH": str(folder)})

    assert finished.json["invocations"][0]["output"] == ["audited"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "raise RuntimeError('no region')",
            "plugin 'bad' cannot be imported: RuntimeError: no region (from bad-dist 1.0)",
        ),
        (
            "    name = 'bad'\n    @hookimpl\n    def before_invok(self): ...",
            "unknown hook 'before_invok': did you mean",
        ),
        ("    name = 'other'", "plugin 'bad' has the name 'other'"),
    ],
    ids=["import", "hook", "name"],
)
def test_broken_plugin_is_named_and_nothing_is_written(powertools, site, body, problem):
    """Freeze vouches for hooks, so one broken plugin stops it, also where an older manifest says all is well."""
    folder = site(audit=GOOD.format("audit"), bad=body)
    stale = '{"format": 1, "old": true}'
    (folder / MANIFEST_NAME).write_text(stale, encoding="utf-8")

    finished = powertools("freeze", "--path", str(folder))

    assert finished.code == 1
    assert problem in finished.err
    assert "Nothing was written." in finished.err
    assert "Traceback" not in finished.err
    assert (folder / MANIFEST_NAME).read_text(encoding="utf-8") == stale


def test_every_folder_of_the_path_is_frozen(powertools, site, bare):
    """Without --path each folder on the Python path that holds plugins gets its manifest, the others none."""
    python, path = bare
    first, second = site("first", audit=GOOD.format("audit")), site("second", inner=GOOD.format("inner"))

    finished = powertools("freeze", python=python, env={"PYTHONPATH": ":".join([str(first), str(second), *path])})

    assert finished.code == 0, finished.err
    assert sorted(finished.out.splitlines()) == [f"{first / MANIFEST_NAME}: audit", f"{second / MANIFEST_NAME}: inner"]
    assert [(plugin.name, plugin.checked) for plugin in find_plugins([str(first), str(second)])] == [
        ("audit", True),
        ("inner", True),
    ]


def test_broken_plugin_in_one_folder_keeps_all_from_being_written(powertools, site, bare):
    """All folders are checked before the first is written."""
    python, path = bare
    first, second = site("first", audit=GOOD.format("audit")), site("second", bad="raise OSError")

    finished = powertools("freeze", python=python, env={"PYTHONPATH": ":".join([str(first), str(second), *path])})

    assert finished.code == 1
    assert not (first / MANIFEST_NAME).exists()


def test_two_plugins_of_one_name_are_refused(powertools, site):
    """A conflict that would stop every function is found at build time, with both distributions."""
    folder = site(audit=GOOD.format("audit"), copy=GOOD.format("audit"))
    (folder / "copy_dist-1.0.dist-info" / "entry_points.txt").write_text(
        "[lambda_powertools.plugins]\naudit = copy_plugin:Plug\n"
    )

    finished = powertools("freeze", "--path", str(folder))

    assert finished.code == 1
    assert "two plugins are called 'audit', one from audit-dist 1.0, one from copy-dist 1.0" in finished.err


def test_check_passes_only_while_the_manifest_holds(powertools, site):
    """--check writes nothing and fails when a manifest is missing, or a distribution came, went or changed."""
    folder = site(audit=GOOD.format("audit"))
    manifest = folder / MANIFEST_NAME

    def check():
        return powertools("freeze", "--check", "--path", str(folder))

    missing = check()
    assert (missing.code, missing.out) == (1, f"{manifest}: there is none\n")
    assert not manifest.exists()

    powertools("freeze", "--path", str(folder))
    assert (check().code, check().out) == (0, f"{manifest}: matches\n")

    (folder / "new-2.0.dist-info").mkdir()
    assert check().out == f"{manifest}: the distributions have changed: +new-2.0.dist-info\n"

    (folder / "new-2.0.dist-info").rmdir()
    entry_points = folder / "audit_dist-1.0.dist-info" / "entry_points.txt"
    entry_points.write_text(entry_points.read_text().replace("audit_plugin", "elsewhere"))
    assert check().out == f"{manifest}: its plugins have changed\n"

    manifest.write_text(json.dumps({"format": 99}), encoding="utf-8")
    assert check().out == f"{manifest}: it has another format\n"
    manifest.write_text("{", encoding="utf-8")
    assert check().code == 1


def test_folder_that_cannot_be_written_to_is_named(powertools, site):
    """A failure to write is one message, and no half-written file is left."""
    folder = site(audit=GOOD.format("audit"))
    (folder / MANIFEST_NAME).mkdir()

    finished = powertools("freeze", "--path", str(folder))

    assert finished.code == 1
    assert finished.err.startswith("Error: a manifest cannot be written: ")
    assert str(folder) in finished.err
    assert sorted(path.name for path in folder.iterdir() if "manifest" in path.name) == [MANIFEST_NAME]


def test_folder_without_plugins_is_left_alone(powertools, tmp_path):
    """Where there is nothing to freeze nothing is written."""
    finished = powertools("freeze", "--path", str(tmp_path))

    assert finished.code == 0
    assert "nothing to freeze" in finished.out
    assert not (tmp_path / MANIFEST_NAME).exists()
