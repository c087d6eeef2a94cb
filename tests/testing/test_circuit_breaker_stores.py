from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from lambda_powertools.testing import PowertoolsTestingError
from lambda_powertools.testing.exceptions import StoreConformanceError
from lambda_powertools.testing.stores.circuit_breaker import CLAUSES, check_circuit_breaker_store

STORES = Path(__file__).with_name("broken_circuit_stores.py")
spec = importlib.util.spec_from_file_location("broken_circuit_stores", STORES)
stores = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stores)

BROKEN = [
    (stores.UnconditionalStore, "election"),
    (stores.CarelessStore, "election"),
    (stores.EternalStore, "lease"),
    (stores.ImpatientStore, "lease"),
    (stores.RacingStore, "concurrent-election"),
    (stores.StrandingStore, "closing-and-reopening"),
    (stores.MergingStore, "opening"),
    (stores.SharingStore, "separate-circuits"),
    (stores.SingleStore, "separate-circuits"),
    (stores.TextStore, "reading"),
    (stores.GenerousStore, "renewal"),
    (stores.BoastingStore, "renewal"),
    (stores.BlindStore, "recovery"),
]


@pytest.mark.parametrize("store", [stores.SoundStore, stores.RenewingStore])
def test_sound_store_keeps_to_every_clause(store):
    """A store need not be able to renew a lease."""
    check_circuit_breaker_store(store)


@pytest.mark.parametrize(("store", "clause"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_broken_store_fails_with_its_clause_named(store, clause):
    """A store that breaks a clause is told which, at the beginning of the message."""
    with pytest.raises(StoreConformanceError, match=rf"^{clause}: "):
        CLAUSES[clause](store)


def test_every_clause_can_be_broken():
    """No clause is kept by each of the broken stores."""
    assert {clause for _, clause in BROKEN} == set(CLAUSES)


def test_broken_store_fails_the_whole_check():
    """Without pytest the first broken clause is the error, an AssertionError of this package."""
    with pytest.raises(AssertionError, match="election: a worker was elected for") as caught:
        check_circuit_breaker_store(stores.UnconditionalStore)

    assert isinstance(caught.value, PowertoolsTestingError)


def test_option_runs_the_suite_alone(tmp_path):
    """`pytest --circuit-breaker-store=module:factory` runs every clause and nothing else; a broken one is named."""
    (tmp_path / "shop_circuits.py").write_text(STORES.read_text())
    (tmp_path / "test_shop.py").write_text("def test_shop():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    result = subprocess.run(
        [*command, "--circuit-breaker-store=shop_circuits:GenerousStore"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"1 failed, {len(CLAUSES) - 1} passed" in result.stdout, result.stdout + result.stderr
    assert "test_circuit_breaker_store[renewal]" in result.stdout
    assert "renewal: a worker that is not the owner renewed the lease" in result.stdout
