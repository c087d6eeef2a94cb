"""One call of an idempotent function, for those who cannot use a decorator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._call import MAX_RETRIES
from lambda_powertools.idempotency._engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.idempotency._call import IdempotentCall
    from lambda_powertools.idempotency.config import IdempotencyConfig
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
    from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer

__all__ = ["MAX_RETRIES", "IdempotencyHandler"]


class IdempotencyHandler:
    """Runs a function once for a payload.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig
        >>> from lambda_powertools.idempotency.base import IdempotencyHandler
        >>> from lambda_powertools.idempotency.persistence.embedded import EmbeddedPersistenceLayer
        >>> config = IdempotencyConfig(in_progress_expires_after_seconds=30)
        >>> call = IdempotencyHandler(sorted, [3, 1], config, EmbeddedPersistenceLayer(), function_args=([3, 1],))
        >>> call.handle(), call.handle()
        ([1, 3], [1, 3])
    """

    def __init__(
        self,
        function: Callable[..., Any],
        function_payload: Any,
        config: IdempotencyConfig,
        persistence_store: BasePersistenceLayer,
        output_serializer: BaseIdempotencySerializer | None = None,
        key_prefix: str | None = None,
        function_args: tuple[Any, ...] | None = None,
        function_kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Prepare a call of `function(*function_args, **function_kwargs)` that is identified by `function_payload`."""
        self.function = function
        self.data = function_payload
        self.config = config
        self.persistence_store = persistence_store
        self.fn_args = function_args or ()
        self.fn_kwargs = function_kwargs or {}
        self._engine = Engine(function, persistence_store, config, key_prefix, output_serializer)

    def handle(self, is_replay: bool = False) -> Any:
        """Run the function, or return the result that is stored.

        Args:
            is_replay: whether a durable execution runs its function again: a record in progress is its own then.
        """
        call = self._engine.begin(self.data, rerun=is_replay)
        return run(self._engine, self.function, call, self.fn_args, self.fn_kwargs)

    async def handle_async(self, is_replay: bool = False) -> Any:
        """Await a coroutine function, or return the result that is stored."""
        call = await self._engine.begin_async(self.data, rerun=is_replay)
        return await run_async(self._engine, self.function, call, self.fn_args, self.fn_kwargs)


def run(engine: Engine, function: Callable[..., Any], call: IdempotentCall, args: Any, kwargs: Any) -> Any:
    """Run a function whose call has begun, unless its outcome is stored."""
    if call.replayed:
        return call.outcome()
    if call.key is None:
        return function(*args, **kwargs)
    try:
        result = function(*args, **kwargs)
    except Exception as error:
        engine.fail(call, error)
        raise
    engine.succeed(call, result)
    return result


async def run_async(engine: Engine, function: Callable[..., Any], call: IdempotentCall, args: Any, kwargs: Any) -> Any:
    """Await a coroutine function whose call has begun, unless its outcome is stored."""
    if call.replayed:
        return call.outcome()
    if call.key is None:
        return await function(*args, **kwargs)
    try:
        result = await function(*args, **kwargs)
    except Exception as error:
        await engine.fail_async(call, error)
        raise
    await engine.succeed_async(call, result)
    return result
