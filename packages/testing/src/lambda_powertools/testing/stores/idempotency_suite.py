"""The clauses for idempotency stores as tests: what `pytest --idempotency-store=module:factory` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lambda_powertools.testing.stores.idempotency import CLAUSES
from lambda_powertools.testing.stores.running import load_factory

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def idempotency_store(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """The factory that the option names."""
    return load_factory(request.config, "--idempotency-store")


@pytest.mark.parametrize("clause", CLAUSES)
def test_idempotency_store(clause: str, idempotency_store: Callable[[], Any]) -> None:
    """The store keeps to the clause."""
    CLAUSES[clause](idempotency_store)
