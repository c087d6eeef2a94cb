"""The steps of an idempotent call, for a function and its layer: what both decorators and the plugin run.

The blocking steps, those that reach a store, stand alone, so that an asynchronous caller can run them in a thread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import innermost_function, is_generator_function
from lambda_powertools.idempotency._call import UPDATING, IdempotentCall
from lambda_powertools.idempotency._payload import prepare
from lambda_powertools.idempotency._result import decode_error, encode, encode_error
from lambda_powertools.idempotency._settings import DISABLED, FunctionSettings
from lambda_powertools.idempotency.config import IdempotencyConfig
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyPersistenceLayerError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.idempotency.explanation import KeyExplanation
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord
    from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer


class Engine:
    """Makes calls of one function idempotent."""

    __slots__ = ("_key_prefix", "_name", "_serializer", "_settings", "config", "layer")

    def __init__(
        self,
        function: Callable[..., Any],
        layer: BasePersistenceLayer,
        config: IdempotencyConfig | None = None,
        key_prefix: str | None = None,
        serializer: BaseIdempotencySerializer | None = None,
    ) -> None:
        """Prepare what can be prepared, so that mistakes show where a function is decorated.

        Raises:
            TypeError: the function is a generator function, whose result cannot be stored.
            IdempotencyConfigError: an option holds a value it may not have.
            InvalidEnvelopeExpressionError: an expression cannot be parsed.
        """
        innermost = innermost_function(function)
        self._name = f"{getattr(innermost, '__module__', '')}.{getattr(innermost, '__qualname__', innermost)}"
        if is_generator_function(function):
            raise TypeError(f"{self._name} is a generator function: what it yields cannot be stored and replayed")
        self.layer = layer
        self.config = IdempotencyConfig() if config is None else config
        self._key_prefix = key_prefix
        self._serializer = serializer
        self._settings: FunctionSettings | None = None
        if not is_disabled():
            settings = self.settings
            if not layer.configured:
                layer.configure(self.config, self._name, key_prefix)
            self._settings = settings

    @property
    def settings(self) -> FunctionSettings:
        """The config made ready; anew when it has been changed."""
        settings = self._settings
        if settings is None or settings.revision != self.config._revision:  # noqa: SLF001  # of the same package
            settings = self._settings = FunctionSettings(self.config, self._name, self._key_prefix)
        return settings

    def begin(self, payload: Any, *, rerun: bool = False) -> IdempotentCall:
        """Claim the key of a payload, or find the outcome that is stored for it.

        Returns:
            The call. It has an outcome if `replayed`; without a key it has nothing to do with the store.
        """
        call = self._open(payload, rerun=rerun)
        if call.key is None or call.replayed:
            return call
        while True:
            try:
                found = call.claim()
                break
            except IdempotencyAlreadyInProgressError:
                delay = call.next_delay()
                if delay is None:
                    raise
            time.sleep(delay)
        return self._settle(call, found)

    async def begin_async(self, payload: Any, *, rerun: bool = False) -> IdempotentCall:
        """Do as `begin`, without blocking the event loop."""
        import asyncio

        call = self._open(payload, rerun=rerun)
        if call.key is None or call.replayed:
            return call
        while True:
            try:
                found = await asyncio.to_thread(call.claim)
                break
            except IdempotencyAlreadyInProgressError:
                delay = call.next_delay()
                if delay is None:
                    raise
            await asyncio.sleep(delay)
        return self._settle(call, found)

    def succeed(self, call: IdempotentCall, result: Any) -> None:
        """Store the result of a call."""
        text, failure = self._encode(result)
        if failure is not None:
            call.release()
            raise IdempotencyPersistenceLayerError(UPDATING, failure) from failure
        call.complete(text)

    async def succeed_async(self, call: IdempotentCall, result: Any) -> None:
        """Do as `succeed`, without blocking the event loop."""
        import asyncio

        text, failure = self._encode(result)
        if failure is not None:
            await asyncio.to_thread(call.release)
            raise IdempotencyPersistenceLayerError(UPDATING, failure) from failure
        await asyncio.to_thread(call.complete, text)

    def fail(self, call: IdempotentCall, error: Exception) -> None:
        """Let the key go after the function has failed, or keep its error."""
        if self._keeps(error):
            call.complete(encode_error(error))
        else:
            call.release()
            self._released(call, error)

    async def fail_async(self, call: IdempotentCall, error: Exception) -> None:
        """Do as `fail`, without blocking the event loop."""
        import asyncio

        if self._keeps(error):
            await asyncio.to_thread(call.complete, encode_error(error))
        else:
            await asyncio.to_thread(call.release)
            self._released(call, error)

    def explain(self, payload: Any) -> KeyExplanation:
        """Return what becomes of a payload's key, and why."""
        from lambda_powertools.idempotency.explanation import KeyExplanation

        return KeyExplanation(self.settings, prepare(payload))

    def evict(self, payload: Any) -> None:
        """Forget the outcome that is stored for a payload."""
        call = IdempotentCall(self.layer, self.settings, prepare(payload), rerun=False)
        if call.key is not None:
            call.release()

    def _open(self, payload: Any, *, rerun: bool) -> IdempotentCall:
        call = IdempotentCall(self.layer, self.settings, prepare(payload), rerun=rerun)
        cached = call.find()
        return call if cached is None else self._settle(call, cached)

    def _settle(self, call: IdempotentCall, found: DataRecord | None) -> IdempotentCall:
        """Take the outcome that was found, if one was."""
        if found is None:
            self._observe(self.config.on_claim, call.record)
            return call
        call.record, call.replayed = found, True
        self._replay(call, found)
        return call

    def _replay(self, call: IdempotentCall, record: DataRecord) -> None:
        try:
            stored = record.response_json_as_dict()
        except ValueError as error:
            raise IdempotencyPersistenceLayerError("The stored response is not JSON", error) from error
        self._observe(self.config.on_replay, record)
        call.error = decode_error(stored, self.config.keep_on)
        if call.error is not None:
            return
        if stored is not None and self._serializer is not None:
            stored = self._serializer.from_dict(stored)
        hook = self.config.response_hook
        call.response = stored if hook is None else hook(stored, record)

    def _encode(self, result: Any) -> tuple[str, Exception | None]:
        try:
            if result is not None and self._serializer is not None:
                result = self._serializer.to_dict(result)
            return encode(result), None
        except Exception as error:  # noqa: BLE001  # the record has to be released first
            return "", error

    def _keeps(self, error: Exception) -> bool:
        return isinstance(error, self.config.keep_on)

    def _released(self, call: IdempotentCall, error: Exception) -> None:
        self._observe(self.config.on_release, call.record, error)

    def _observe(self, observer: Callable[..., Any] | None, *arguments: Any) -> None:
        if observer is None:
            return
        try:
            observer(*arguments)
        except Exception as error:  # noqa: BLE001  # who looks on must not fail a call
            from lambda_powertools.core.package_logger import report_failure

            report_failure(f"a hook of idempotency failed in {self._name}, which goes on", error)


def is_disabled() -> bool:
    """Return whether the environment switches idempotency off."""
    return DISABLED.resolve()


def warn_of_being_disabled() -> None:
    """Say that the store is not used, unless this is development."""
    from lambda_powertools.core.settings import Settings

    if Settings.dev.resolve():
        return
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        "Idempotency is disabled by POWERTOOLS_IDEMPOTENCY_DISABLED, which is meant for development only",
        PowertoolsUserWarning,
        stacklevel=3,
    )
