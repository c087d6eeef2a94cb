"""Functions that are safe to retry: one result for one key, kept and replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.idempotency.config import IdempotencyConfig
    from lambda_powertools.idempotency.explanation import KeyExplanation
    from lambda_powertools.idempotency.hook import IdempotentHookFunction
    from lambda_powertools.idempotency.idempotency import idempotent, idempotent_function
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
    from lambda_powertools.idempotency.persistence.dynamodb import DynamoDBPersistenceLayer
    from lambda_powertools.idempotency.persistence.embedded import EmbeddedPersistenceLayer
    from lambda_powertools.idempotency.persistence.large_payload import LargePayloadPersistenceLayer

_LAZY = {
    "BasePersistenceLayer": "persistence.base",
    "DynamoDBPersistenceLayer": "persistence.dynamodb",
    "EmbeddedPersistenceLayer": "persistence.embedded",
    "IdempotencyConfig": "config",
    "IdempotentHookFunction": "hook",
    "KeyExplanation": "explanation",
    "LargePayloadPersistenceLayer": "persistence.large_payload",
    "idempotent": "idempotency",
    "idempotent_function": "idempotency",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "BasePersistenceLayer",
    "DynamoDBPersistenceLayer",
    "EmbeddedPersistenceLayer",
    "IdempotencyConfig",
    "IdempotentHookFunction",
    "KeyExplanation",
    "LargePayloadPersistenceLayer",
    "__version__",
    "idempotent",
    "idempotent_function",
]
