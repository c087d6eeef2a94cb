"""Every package has the shape that `hatch run new` writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FILES = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "changelog.d/README.md")
PYTHONS = ["3.10", "3.11", "3.12", "3.13"]
NO_PLUGIN = {
    "compat",
    "core",
    "cli",
    "testing",
    "jmespath",
    "lambda-powertools",
    "openapi",
    "streaming",
    "swagger-ui",
    "tools",
}
FURTHER_PLUGINS = {"data-masking": ["data_masking_logs"]}
"""Plugins of packages that take part at two places of the order."""
NO_CORE = {"core", "jmespath"}
"""Core itself, and what is useful without it."""


def test_package_has_the_files_of_the_skeleton(package):
    """No file that the skeleton has is missing."""
    assert [name for name in FILES if not (package.folder / name).is_file()] == []


def test_module_is_typed_and_has_a_version(package):
    """A package with a module ships py.typed and exports its version."""
    if not package.has_module:
        assert not (package.folder / "src").exists()
        return
    assert (package.source / "py.typed").is_file()
    assert "__version__" in (package.source / "__init__.py").read_text(encoding="utf-8")


def test_namespace_has_no_init(package):
    """The namespace belongs to nobody, so any subset of the distributions installs."""
    assert not (package.folder / "src" / "lambda_powertools" / "__init__.py").exists()


def test_metadata_is_complete(package):
    """Name, licence, Python range and classifiers follow one rule."""
    project = package.project
    expected = "lambda-powertools" if package.name == "lambda-powertools" else f"lambda-powertools-{package.name}"
    assert project["name"] == expected
    assert project["license"] == "MIT"
    assert project["license-files"] == ["LICENSE"]
    assert project["requires-python"] == ">=3.10"
    assert project["dynamic"] == ["version"]
    assert project["readme"] == "README.md"
    assert len(project["description"]) > 20
    versions = [item.rpartition(" ")[2] for item in project["classifiers"] if re.search(r":: 3\.\d+$", item)]
    assert versions == PYTHONS
    assert "Typing :: Typed" in project["classifiers"]


def test_licence_is_the_repository_s(package):
    """Every distribution ships the one licence."""
    assert (package.folder / "LICENSE").read_text(encoding="utf-8") == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_core_is_required_by_range(package):
    """A package needs core from a version on and below the next major one, so both can be released independently."""
    if package.name in NO_CORE:
        assert not any("lambda-powertools" in item for item in package.project["dependencies"])
        return
    requirement = next(item for item in package.project["dependencies"] if item.startswith("lambda-powertools-core"))
    match = re.fullmatch(r"lambda-powertools-core>=(\d+)\.\d+(?:\.\d+)?,<(\d+)", requirement)
    assert match is not None
    assert int(match[2]) == int(match[1]) + 1


def test_plugin_is_an_entry_point(package):
    """A utility is found by its entry point, whose name is the module's and whose class lives in plugin.py."""
    group = package.project.get("entry-points", {}).get("lambda_powertools.plugins", {})
    if package.name in NO_PLUGIN:
        assert group == {}
        return
    assert list(group) == [package.module, *FURTHER_PLUGINS.get(package.name, [])]
    for value in group.values():
        assert re.fullmatch(rf"lambda_powertools\.{package.module}\.plugin:\w+Plugin", value)


def test_changelog_and_version_agree(package):
    """The newest release in the changelog is the version, or there are fragments for a version not yet released."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "release.py"), "check", package.name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_scaffold_writes_a_package_that_keeps_this_contract(tmp_path):
    """`hatch run new` writes every file this module asks for."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from new_package import create
    finally:
        sys.path.pop(0)

    (tmp_path / "packages").mkdir()
    folder = create("flux-capacitor", "Time travel for AWS Lambda functions", root=tmp_path)

    assert [name for name in FILES if not (folder / name).is_file()] == []
    source = folder / "src" / "lambda_powertools" / "flux_capacitor"
    assert (source / "py.typed").is_file()
    assert "FluxCapacitorPlugin" in (source / "plugin.py").read_text(encoding="utf-8")
    assert not [path for path in folder.rglob("*") if path.is_file() and "$" in path.read_text(encoding="utf-8")]


DEVELOPMENT = {"cli", "testing", "lambda-powertools"}


def test_package_is_known_where_packages_are_listed(package):
    """The meta distribution has an extra for it, the front page tells of it, and the import contracts hold it."""
    assert f"](packages/{package.name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    if package.has_module:
        contracts = (ROOT / ".importlinter").read_text(encoding="utf-8")
        assert f"    {package.import_name}\n" in contracts.partition("include_external")[0]
    if package.name in DEVELOPMENT | {"core"}:
        return
    meta = ROOT / "packages" / "lambda-powertools"
    extras = (meta / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(rf'^{package.name} = \["lambda-powertools-{package.name}[\[>]', extras, re.MULTILINE)
    assert f"| `{package.name}` |" in (meta / "README.md").read_text(encoding="utf-8")
