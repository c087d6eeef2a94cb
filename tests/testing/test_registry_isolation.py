"""No plugin of one test reaches another."""

from __future__ import annotations

import os
import subprocess
import sys

TESTS = """
import pytest
from lambda_powertools.core import Plugin, get_registry, hookimpl, powertools


class Mark(Plugin[None]):
    name = "mark"

    @hookimpl
    def after_invoke(self, invocation):
        invocation.response = "marked"


def call():
    return powertools(lambda event, context: "plain")({}, None)


BEFORE = set(get_registry().names)


@pytest.mark.parametrize("order", range(2))
def test_registers(order):
    assert set(get_registry().names) == BEFORE
    assert call() == "plain"
    get_registry().register(Mark)
    assert call() == "marked"


@pytest.mark.parametrize("order", range(2))
def test_blocks_and_removes(order):
    get_registry().register(Mark)
    assert call() == "marked"
    get_registry().block("mark")
    assert call() == "plain"
    get_registry().unregister("mark")


class Second(Mark):
    name = "second"


@pytest.fixture(scope="module")
def of_the_module():
    get_registry().register(Second)


def test_what_a_module_registers_is_there(of_the_module):
    assert "second" in get_registry().names


def test_what_a_module_registers_stays(of_the_module):
    assert "second" in get_registry().names
    assert call() == "marked"
"""


def run(tmp_path, text, *options):
    (tmp_path / "test_it.py").write_text(text)
    # With the one plugin of pytest that is tested: what else is installed here takes seconds to load.
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    plugin = "lambda_powertools.testing.pytest_plugin"
    command = [sys.executable, "-m", "pytest", "-q", "-p", plugin, *options, str(tmp_path)]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_each_test_has_a_process_registry_of_its_own(tmp_path):
    """What a test registers, removes or blocks is gone in the next; what a module's fixture registers stays."""
    done = run(tmp_path, TESTS, "-W", "error")

    assert "6 passed" in done.stdout, done.stdout


def test_a_run_without_plugins_does_not_import_the_core(tmp_path):
    """Tests that use no plugin are not made to import the core."""
    done = run(tmp_path, "def test_it():\n    import sys\n    assert 'lambda_powertools.core' not in sys.modules\n")

    assert "1 passed" in done.stdout, done.stdout


def test_a_registry_found_in_a_test_is_not_kept(tmp_path):
    """A test that is the first to use the core leaves no registry behind."""
    text = """
def test_first():
    from lambda_powertools.core import get_registry
    get_registry().block("logger")


def test_second():
    from lambda_powertools.core import get_registry
    assert not any(info.status == "disabled" for info in get_registry().describe())
"""
    done = run(tmp_path, text)

    assert "2 passed" in done.stdout, done.stdout
