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
from lambda_powertools.idempotency._settings import DISABLED, FunctionSettings, in_force
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
        token = in_force.set(self.settings)
        try:
            call = self._open(payload, rerun=rerun)
            while not call.is_begun:
                try:
                    self._settle(call, call.claim())
                except IdempotencyAlreadyInProgressError:  # noqa: PERF203  # it may have to be asked again
                    delay = call.next_delay()
                    if delay is None:
                        raise
                    time.sleep(delay)
            return call
        finally:
            in_force.reset(token)

    async def begin_async(self, payload: Any, *, rerun: bool = False) -> IdempotentCall:
        """Do as `begin`, without blocking the event loop."""
        import asyncio

        token = in_force.set(self.settings)
        try:
            call = self._open(payload, rerun=rerun)
            while not call.is_begun:
                try:
                    self._settle(call, await asyncio.to_thread(call.claim))
                except IdempotencyAlreadyInProgressError:  # noqa: PERF203  # it may have to be asked again
                    delay = call.next_delay()
                    if delay is None:
                        raise
                    await asyncio.sleep(delay)
            return call
        finally:
            in_force.reset(token)

    def succeed(self, call: IdempotentCall, result: Any) -> None:
        """Store the result of a call."""
        token = in_force.set(call.settings)
        try:
            self._finish(call, *self._encoded(result))
        finally:
            in_force.reset(token)

    async def succeed_async(self, call: IdempotentCall, result: Any) -> None:
        """Do as `succeed`, without blocking the event loop."""
        import asyncio

        token = in_force.set(call.settings)
        try:
            await asyncio.to_thread(self._finish, call, *self._encoded(result))
        finally:
            in_force.reset(token)

    def fail(self, call: IdempotentCall, error: Exception) -> None:
        """Let the key go after the function has failed, or keep its error."""
        token = in_force.set(call.settings)
        try:
            self._give_up(call, error)
        finally:
            in_force.reset(token)
        self._released(call, error)

    async def fail_async(self, call: IdempotentCall, error: Exception) -> None:
        """Do as `fail`, without blocking the event loop."""
        import asyncio

        token = in_force.set(call.settings)
        try:
            await asyncio.to_thread(self._give_up, call, error)
        finally:
            in_force.reset(token)
        self._released(call, error)

    def explain(self, payload: Any) -> KeyExplanation:
        """Return what becomes of a payload's key, and why."""
        from lambda_powertools.idempotency.explanation import KeyExplanation

        return KeyExplanation(self.settings, prepare(payload))

    def evict(self, payload: Any) -> None:
        """Forget the outcome that is stored for a payload."""
        token = in_force.set(self.settings)
        try:
            call = IdempotentCall(self.layer, self.settings, prepare(payload), rerun=False)
            if call.key is not None:
                call.release()
        finally:
            in_force.reset(token)

    def _open(self, payload: Any, *, rerun: bool) -> IdempotentCall:
        call = IdempotentCall(self.layer, self.settings, prepare(payload), rerun=rerun)
        if call.key is None:
            call.is_begun = True
        elif (cached := call.find()) is not None:
            self._settle(call, cached)
        return call

    def _settle(self, call: IdempotentCall, found: DataRecord | None) -> None:
        """Take the outcome that was found, if one was."""
        call.is_begun = True
        if found is None:
            if self.config.on_claim is not None:
                self._observe(self.config.on_claim, call.record)
            return
        call.record, call.replayed = found, True
        try:
            stored = found.response_json_as_dict()
        except ValueError as error:
            raise IdempotencyPersistenceLayerError("The stored response is not JSON", error) from error
        if self.config.on_replay is not None:
            self._observe(self.config.on_replay, found)
        call.error = decode_error(stored, self.config.keep_on)
        if call.error is not None:
            return
        if stored is not None and self._serializer is not None:
            stored = self._serializer.from_dict(stored)
        hook = self.config.response_hook
        call.response = stored if hook is None else hook(stored, found)

    def _encoded(self, result: Any) -> tuple[str, Exception | None]:
        """Return the JSON text of a result, or why there is none."""
        try:
            if result is not None and self._serializer is not None:
                result = self._serializer.to_dict(result)
            return encode(result), None
        except Exception as error:  # noqa: BLE001  # the record has to be released first
            return "", error

    def _finish(self, call: IdempotentCall, text: str, failure: Exception | None) -> None:
        if failure is None:
            call.complete(text)
            return
        call.release()
        raise IdempotencyPersistenceLayerError(UPDATING, failure) from failure

    def _give_up(self, call: IdempotentCall, error: Exception) -> None:
        if isinstance(error, self.config.keep_on):
            call.complete(encode_error(error))
        else:
            call.release()

    def _released(self, call: IdempotentCall, error: Exception) -> None:
        if self.config.on_release is not None and not isinstance(error, self.config.keep_on):
            self._observe(self.config.on_release, call.record, error)

    def _observe(self, observer: Callable[..., Any], *arguments: Any) -> None:
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
