"""The clauses for stores of circuits as tests: what `pytest --circuit-breaker-store=module:factory` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lambda_powertools.testing.stores.circuit_breaker import CLAUSES
from lambda_powertools.testing.stores.running import load_factory

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def circuit_breaker_store(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """The factory that the option names."""
    return load_factory(request.config, "--circuit-breaker-store")


@pytest.mark.parametrize("clause", CLAUSES)
def test_circuit_breaker_store(clause: str, circuit_breaker_store: Callable[[], Any]) -> None:
    """The store keeps to the clause."""
    CLAUSES[clause](circuit_breaker_store)
