"""Stores that live in the test: no AWS, no server, nothing left afterwards.

Each function makes one of the utility it is named after, which has to be installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing._needed import need

if TYPE_CHECKING:
    from collections.abc import Mapping

    # Each from its own distribution, which need not be there.
    from lambda_powertools.circuit_breaker.persistence.memory import InMemoryCircuitBreakerPersistence
    from lambda_powertools.feature_flags import FeatureFlags
    from lambda_powertools.idempotency import BasePersistenceLayer
    from lambda_powertools.parameters import BaseProvider


def idempotency_store() -> BasePersistenceLayer:
    """Return a store of idempotency records, with `records`, a dictionary of them by key.

    Raises:
        MissingDistributionError: lambda-powertools-idempotency is not installed.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig, idempotent_function
        >>> from lambda_powertools.testing import memory
        >>> store = memory.idempotency_store()
        >>> calls = []
        >>> @idempotent_function(
        ...     data_keyword_argument="order",
        ...     persistence_store=store,
        ...     config=IdempotencyConfig(in_progress_expires_after_seconds=5),
        ... )
        ... def charge(order):
        ...     calls.append(order)
        ...     return "charged"
        >>> charge(order={"id": 7}), charge(order={"id": 7}), len(calls), len(store.records)
        ('charged', 'charged', 1, 1)
    """
    need("lambda_powertools.idempotency", "lambda-powertools-idempotency")
    from lambda_powertools.testing._memory_idempotency import persistence_layer

    return persistence_layer()()


def parameters_provider(values: Mapping[str, Any] | None = None) -> BaseProvider:
    """Return a provider of parameters that hands out what it is given; `set` changes it, `values` shows it.

    Args:
        values: the parameters by name; those whose names begin with a path are under it.

    Raises:
        MissingDistributionError: lambda-powertools-parameters is not installed.

    Example:
        >>> from lambda_powertools.testing import memory
        >>> provider = memory.parameters_provider({"/shop/currency": "EUR", "/shop/limit": "7"})
        >>> provider.get("/shop/currency"), provider.get_multiple("/shop")
        ('EUR', {'currency': 'EUR', 'limit': '7'})
    """
    need("lambda_powertools.parameters", "lambda-powertools-parameters")
    from lambda_powertools.testing._memory_parameters import provider_class

    make: Any = provider_class()
    provider: BaseProvider = make(dict(values or {}))
    return provider


def feature_flags(features: Mapping[str, Any] | None = None) -> FeatureFlags:
    """Return feature flags.

    Args:
        features: each by its name: true or false, any other value, or a whole definition with `default` and `rules`.

    Raises:
        MissingDistributionError: lambda-powertools-feature-flags is not installed.

    Example:
        >>> from lambda_powertools.testing import memory
        >>> flags = memory.feature_flags({"dark_mode": True, "limit": 7})
        >>> flags.evaluate(name="dark_mode", default=False), flags.evaluate(name="limit", default=1)
        (True, 7)
    """
    package: Any = need("lambda_powertools.feature_flags", "lambda-powertools-feature-flags")
    stores: Any = need("lambda_powertools.feature_flags.stores", "lambda-powertools-feature-flags")
    document = {name: _definition(value) for name, value in (features or {}).items()}
    flags: FeatureFlags = package.FeatureFlags(store=stores.InMemoryStore(document))
    return flags


def _definition(value: Any) -> dict[str, Any]:
    if isinstance(value, dict) and "default" in value:
        return value
    return {"default": value} if isinstance(value, bool) else {"default": value, "boolean_type": False}


def circuit_store() -> InMemoryCircuitBreakerPersistence:
    """Return a store of circuits.

    Raises:
        MissingDistributionError: lambda-powertools-circuit-breaker is not installed.

    Example:
        >>> from lambda_powertools.circuit_breaker import circuit_breaker
        >>> from lambda_powertools.testing import memory
        >>> @circuit_breaker(name="rates", persistence_store=memory.circuit_store())
        ... def rate(currency):
        ...     return 1.0
        >>> rate("EUR")
        1.0
    """
    module = "lambda_powertools.circuit_breaker.persistence.memory"
    package: Any = need(module, "lambda-powertools-circuit-breaker")
    store: InMemoryCircuitBreakerPersistence = package.InMemoryCircuitBreakerPersistence()
    return store
