"""Circuit breaker for the calls a Lambda function makes, with shared state in memory, DynamoDB or Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker._decorator import circuit_breaker
    from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig
    from lambda_powertools.circuit_breaker.exceptions import (
        CircuitBreakerConfigError,
        CircuitBreakerError,
        CircuitBreakerOpenError,
        CircuitBreakerPersistenceError,
    )
    from lambda_powertools.circuit_breaker.states import CircuitInfo, CircuitState, CircuitTransition

_LAZY = {
    "CircuitBreakerConfig": "config",
    "CircuitBreakerConfigError": "exceptions",
    "CircuitBreakerError": "exceptions",
    "CircuitBreakerOpenError": "exceptions",
    "CircuitBreakerPersistenceError": "exceptions",
    "CircuitInfo": "states",
    "CircuitState": "states",
    "CircuitTransition": "states",
    "circuit_breaker": "_decorator",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "CircuitBreakerConfig",
    "CircuitBreakerConfigError",
    "CircuitBreakerError",
    "CircuitBreakerOpenError",
    "CircuitBreakerPersistenceError",
    "CircuitInfo",
    "CircuitState",
    "CircuitTransition",
    "__version__",
    "circuit_breaker",
]
