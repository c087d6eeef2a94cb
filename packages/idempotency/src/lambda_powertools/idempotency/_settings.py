"""What one decorated function asks of a layer: its config, made ready.

Several functions may share a layer, and each keeps its own settings. Those of the call at hand are in a ContextVar
while the layer works for it, so the layer's attributes show them to its hooks, in any thread.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from lambda_powertools.core.settings import Setting, boolean
from lambda_powertools.idempotency._payload import hasher
from lambda_powertools.idempotency.exceptions import IdempotencyConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.idempotency.config import IdempotencyConfig
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer

T = TypeVar("T")

DISABLED = Setting("POWERTOOLS_IDEMPOTENCY_DISABLED", default=False, parse=boolean)
"""Functions run each time, with a warning unless `POWERTOOLS_DEV` is set; for development."""


class FunctionSettings:
    """The settings of one function.

    Attributes:
        config: what they were made of.
        hash: gives the digest of bytes.
        find_key: finds what identifies a call in a payload; None if the whole payload does.
        find_validated: finds what must not differ between calls; None without payload validation.
    """

    def __init__(self, config: IdempotencyConfig, function_name: str | None, key_prefix: str | None) -> None:
        self.config = config
        self.revision = config._revision  # noqa: SLF001  # of the same package
        self.configured = True
        self.event_key_jmespath = config.event_key_jmespath
        self.payload_validation_enabled = bool(config.payload_validation_jmespath)
        self.raise_on_no_idempotency_key = config.raise_on_no_idempotency_key
        self.expires_after_seconds = config.expires_after_seconds
        self.use_local_cache = config.use_local_cache
        self.local_cache_max_items = config.local_cache_max_items
        self.hash_function = config.hash_function
        self.hash = hasher(config.hash_function)
        self.find_key = _compile(config.event_key_jmespath, config)
        self.find_validated = _compile(config.payload_validation_jmespath, config)
        self.keep_on = config.keep_on
        self._function_name = function_name or ""
        self._key_prefix = key_prefix
        _check(config)

    @property
    def function_name(self) -> str:
        """The prefix of the function's keys."""
        if self._key_prefix:
            return self._key_prefix
        return f"{os.environ.get('AWS_LAMBDA_FUNCTION_NAME', 'test-func')}.{self._function_name}"


class _Unconfigured:
    """What the attributes of a layer show before it is configured."""

    def __init__(self) -> None:
        self.config = None
        self.configured = False
        self.function_name = ""
        self.event_key_jmespath = ""
        self.payload_validation_enabled = False
        self.raise_on_no_idempotency_key = False
        self.expires_after_seconds = 60 * 60
        self.use_local_cache = False
        self.local_cache_max_items = 256
        self.hash_function = "md5"
        self.find_key = self.find_validated = None

    def hash(self, data: bytes) -> str:
        return hasher(self.hash_function)(data)


UNCONFIGURED: Any = _Unconfigured()

in_force: ContextVar[FunctionSettings | None] = ContextVar("lambda_powertools.idempotency.settings", default=None)


class InForce(Generic[T]):
    """An attribute of a layer that shows the settings of the call at hand, else those it was configured with.

    A subclass, or an instance, may have an attribute of the same name instead.
    """

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, layer: None, owner: type) -> InForce[T]: ...
    @overload
    def __get__(self, layer: BasePersistenceLayer, owner: type) -> T: ...
    def __get__(self, layer: BasePersistenceLayer | None, owner: type) -> InForce[T] | T:
        if layer is None:
            return self
        value: T = getattr(in_force.get() or layer._settings, self._name)  # noqa: SLF001  # of the same package
        return value


def _compile(expression: str, config: IdempotencyConfig) -> Callable[[Any], Any] | None:
    if not expression:
        return None
    from lambda_powertools.jmespath import compile_expression

    return compile_expression(expression, config.jmespath_options)


def _check(config: IdempotencyConfig) -> None:
    if config.on_duplicate not in {"raise", "wait"}:
        raise IdempotencyConfigError(f"on_duplicate is {config.on_duplicate!r}: 'raise' or 'wait' is expected")
    kept: Any = config.keep_on if isinstance(config.keep_on, tuple) else (config.keep_on,)
    if not all(isinstance(kind, type) and issubclass(kind, Exception) for kind in kept):
        raise IdempotencyConfigError(f"keep_on is {config.keep_on!r}: subclasses of Exception are expected")
