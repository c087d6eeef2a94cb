"""The example of a plugin of somebody else's, as a stranger has it: from its own wheel, in a fresh environment."""

from __future__ import annotations

import ast
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from fresh_environment import FreshEnvironment

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "plugins" / "rate-limit"
SOURCES = sorted((EXAMPLE / "src").rglob("*.py"))


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment that has wheels of the plugin, the core and the testing kit, pytest, and nothing else."""
    environment = FreshEnvironment(tmp_path_factory.mktemp("stranger"))
    environment.copy_installed("pluggy", "pytest")
    for project in (ROOT / "packages" / "core", ROOT / "packages" / "testing", EXAMPLE):
        environment.build_and_install(project)
    return environment


@pytest.fixture(scope="module")
def tests(environment, tmp_path_factory):
    """The plugin's own tests, away from its sources."""
    folder = tmp_path_factory.mktemp("tests")
    shutil.copytree(EXAMPLE / "tests", folder / "tests")
    shutil.copy(EXAMPLE / "pyproject.toml", folder)
    return folder


def test_its_own_tests_pass(environment, tests):
    """Installed from its wheel, with the core and the testing kit alone, its tests are green."""
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tests)

    assert (done.returncode, "11 passed" in done.stdout) == (0, True), done.stdout + done.stderr


@pytest.mark.parametrize("options", ["true", '{"rate": 1000, "burst": 1000}', '{"rate": 1000, "key": "marker"}'])
def test_it_keeps_the_rules_for_plugins(environment, tests, options):
    """The conformance kit passes, whether it takes part or not."""
    command = ["--powertools-plugin=rate_limit", f"--powertools-plugin-options={options}", "-p", "no:cacheprovider"]
    exempt = ["--powertools-plugin-exempt=no-leak=it remembers callers, up to max_callers"] if "key" in options else []

    done = environment.run("-m", "pytest", "-q", *command, *exempt, cwd=tests)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{12 - len(exempt)} passed" in done.stdout


def test_it_is_found_and_ordered_like_any_other(environment, tests):
    """The registry has it by its entry point, with its distribution and its place."""
    program = "from lambda_powertools.core import get_registry; print(*get_registry().describe()[0][:7])"

    done = environment.run("-c", program, cwd=tests)

    assert done.stdout == "rate_limit active  rate-limit-plugin 1.2.0 rate_limit.plugin:RateLimitPlugin 410\n"


def test_the_environment_holds_nothing_else(environment, tests):
    """No other package of the project can be imported there."""
    done = environment.run("-c", "import lambda_powertools.logger", cwd=tests)

    assert "No module named 'lambda_powertools.logger'" in done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_it_uses_public_names_only(path):
    """It imports documented names of the core, and touches no private attribute of anything but itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lambda_powertools"):
            exported = import_module(node.module).__all__
            assert [alias.name for alias in node.names if alias.name not in exported] == []
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("lambda_powertools") for alias in node.names)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            assert isinstance(node.value, ast.Name)
            assert node.value.id == "self"
