"""Where the state of circuits is kept: DynamoDB, Redis or Valkey, memory, or a store of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerPersistenceLayer
    from lambda_powertools.circuit_breaker.persistence.dynamodb import CircuitBreakerDynamoDBPersistence
    from lambda_powertools.circuit_breaker.persistence.memory import InMemoryCircuitBreakerPersistence
    from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord
    from lambda_powertools.circuit_breaker.persistence.redis import CircuitBreakerRedisPersistence

_LAZY = {
    "CircuitBreakerDynamoDBPersistence": "dynamodb",
    "CircuitBreakerPersistenceLayer": "base",
    "CircuitBreakerRedisPersistence": "redis",
    "CircuitStateRecord": "record",
    "InMemoryCircuitBreakerPersistence": "memory",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "CircuitBreakerDynamoDBPersistence",
    "CircuitBreakerPersistenceLayer",
    "CircuitBreakerRedisPersistence",
    "CircuitStateRecord",
    "InMemoryCircuitBreakerPersistence",
]
