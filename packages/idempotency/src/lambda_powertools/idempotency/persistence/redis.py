"""The earlier names of what is in `persistence.cache`."""

from __future__ import annotations

import warnings
from typing import Any

from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
from lambda_powertools.idempotency.persistence.cache import CacheClientProtocol, CacheConnection, CachePersistenceLayer

__all__ = ["RedisCachePersistenceLayer", "RedisClientProtocol", "RedisConnection"]


class RedisClientProtocol(CacheClientProtocol):
    """Deprecated: `CacheClientProtocol`."""


class RedisConnection(CacheConnection):
    """Deprecated: `CacheConnection`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _warn("RedisConnection", "CacheConnection")
        super().__init__(*args, **kwargs)


class RedisCachePersistenceLayer(CachePersistenceLayer):
    """Deprecated: `CachePersistenceLayer`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _warn("RedisCachePersistenceLayer", "CachePersistenceLayer")
        super().__init__(*args, **kwargs)


def _warn(old: str, new: str) -> None:
    warnings.warn(
        f"{old} is deprecated: {new} of lambda_powertools.idempotency.persistence.cache serves Redis and Valkey",
        PowertoolsDeprecationWarning,
        stacklevel=3,
    )
