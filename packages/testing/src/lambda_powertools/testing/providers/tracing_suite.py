"""The rules for providers of `Tracer` as tests: what `pytest --tracing-provider=module:factory` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lambda_powertools.testing.providers.tracing import RULES
from lambda_powertools.testing.stores.running import load_factory

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def tracing_provider(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """The factory that the option names."""
    return load_factory(request.config, "--tracing-provider")


@pytest.mark.parametrize("rule", RULES)
def test_tracing_provider(rule: str, tracing_provider: Callable[[], Any]) -> None:
    """The provider keeps to the rule."""
    RULES[rule](tracing_provider)
