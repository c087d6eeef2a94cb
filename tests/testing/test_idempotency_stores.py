from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from lambda_powertools.testing import PowertoolsTestingError
from lambda_powertools.testing.exceptions import StoreConformanceError
from lambda_powertools.testing.stores.idempotency import CLAUSES, check_idempotency_store

spec = importlib.util.spec_from_file_location("broken_stores", Path(__file__).with_name("broken_stores.py"))
stores = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stores)

BROKEN = [
    (stores.UnconditionalStore, "conditional-claim"),
    (stores.EternalStore, "time-to-live"),
    (stores.LockedStore, "in-progress-expiry"),
    (stores.LockedStore, "crash-between-claim-and-completion"),
    (stores.ForgetfulStore, "payload-tampering"),
    (stores.RacingStore, "concurrent-claim"),
    (stores.CuttingStore, "oversize-item"),
    (stores.SelfWilledStore, "clock-skew"),
]


@pytest.mark.parametrize(("store", "clause"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_broken_store_fails_with_its_clause_named(store, clause):
    """A store that breaks a clause is told which, at the beginning of the message."""
    with pytest.raises(StoreConformanceError, match=rf"^{clause}: "):
        CLAUSES[clause](store)


def test_broken_store_fails_the_whole_check():
    """Without pytest the first broken clause is the error, an AssertionError of this package."""
    with pytest.raises(AssertionError, match="conditional-claim: a key was claimed a second time") as caught:
        check_idempotency_store(stores.UnconditionalStore)

    assert isinstance(caught.value, PowertoolsTestingError)


def test_error_of_the_store_itself_is_not_hidden():
    """A store that raises where it must not is seen with its own exception."""
    with pytest.raises(KeyError):
        CLAUSES["release"](stores.FussyStore)


def run_pytest(*arguments, folder):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path):
    """A project with a test of its own and with stores."""
    (tmp_path / "shop_stores.py").write_text(Path(__file__).with_name("broken_stores.py").read_text())
    (tmp_path / "test_shop.py").write_text("def test_shop():\n    pass\n")
    return tmp_path


def test_option_runs_the_suite_alone(project):
    """`pytest --idempotency-store=module:factory` runs every clause, and nothing else."""
    result = run_pytest("--idempotency-store=shop_stores:SoundStore", folder=project)

    assert f"{len(CLAUSES)} passed" in result.stdout, result.stdout + result.stderr


def test_option_with_paths_runs_the_suite_beside_them(project):
    """Tests that are named on the command line run too; a broken clause is a failure that names it."""
    result = run_pytest("--idempotency-store=shop_stores:ForgetfulStore", "test_shop.py", folder=project)

    assert f"1 failed, {len(CLAUSES)} passed" in result.stdout, result.stdout + result.stderr
    assert "test_idempotency_store[payload-tampering]" in result.stdout
    assert "payload-tampering: the hash of the payload is lost on completion" in result.stdout


@pytest.mark.parametrize(
    ("factory", "problem"),
    [("shop_stores:NoStore", "NoStore"), ("no_module:f", "no_module"), ("shop_stores", "MODULE:FACTORY is expected")],
)
def test_option_that_names_no_factory_is_an_error(project, factory, problem):
    """What the option names is looked up, and what is missing is told."""
    result = run_pytest(f"--idempotency-store={factory}", "-k", "reading", folder=project)

    assert result.returncode != 0
    assert problem in result.stdout + result.stderr


def test_without_the_option_nothing_is_added(project):
    """A run without the option has the project's tests alone."""
    assert "1 passed" in run_pytest(folder=project).stdout
