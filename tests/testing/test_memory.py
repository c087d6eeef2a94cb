"""Stores that live in the test."""

from __future__ import annotations

import sys

import pytest

from lambda_powertools.testing import MissingDistributionError, memory
from lambda_powertools.testing.stores.circuit_breaker import check_circuit_breaker_store
from lambda_powertools.testing.stores.idempotency import CLAUSES


@pytest.mark.parametrize("clause", CLAUSES)
def test_idempotency_store_keeps_every_clause(clause):
    """The store in memory is a store like any other: it passes the conformance suite."""
    store = memory.idempotency_store()

    CLAUSES[clause](lambda: store)


def test_circuit_store_keeps_every_clause():
    """The store of circuits passes its conformance suite."""
    store = memory.circuit_store()

    check_circuit_breaker_store(lambda: store)


def test_parameters_are_cached_and_can_be_changed():
    """A parameter is read once, and anew after it was written."""
    provider = memory.parameters_provider({"/shop/limit": "7", "/other/limit": "8"})

    values = [provider.get("/shop/limit"), provider.get("/shop/limit"), provider.get_multiple("/shop/")]
    provider.set("/shop/limit", "9", overwrite=True)

    assert values == ["7", "7", {"limit": "7"}]
    assert provider.get("/shop/limit") == "9"
    assert provider.reads == ["/shop/limit", "/shop/", "/shop/limit"]
    with pytest.raises(ValueError, match="overwrite=True"):
        provider.set("/shop/limit", "10")


def test_flags_are_values_or_whole_definitions():
    """A flag is what it is given as, and a definition keeps its rules."""
    vip = {"action": "EQUALS", "key": "tier", "value": "vip"}
    rules = {"vip": {"when_match": 100, "conditions": [vip]}}
    flags = memory.feature_flags({"on": True, "limit": {"default": 5, "boolean_type": False, "rules": rules}})

    assert flags.evaluate(name="on", default=False)
    assert flags.evaluate(name="limit", default=0, context={"tier": "vip"}) == 100
    assert flags.evaluate(name="limit", default=0) == 5


@pytest.mark.parametrize(
    ("make", "module"),
    [
        (memory.idempotency_store, "idempotency"),
        (memory.parameters_provider, "parameters"),
        (memory.feature_flags, "feature_flags"),
        (memory.circuit_store, "circuit_breaker"),
    ],
)
def test_a_missing_distribution_is_named(make, module, monkeypatch):
    """Where the utility is not installed, the error says what to install."""

    class Blocked:
        """Finds nothing of the utility, as if it were not installed."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == f"lambda_powertools.{module}":
                raise ModuleNotFoundError(name, name=name)

    for name in [name for name in sys.modules if name.startswith(f"lambda_powertools.{module}")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Blocked, *sys.meta_path])

    with pytest.raises(MissingDistributionError, match=f"pip install lambda-powertools-{module.replace('_', '-')}"):
        make()
