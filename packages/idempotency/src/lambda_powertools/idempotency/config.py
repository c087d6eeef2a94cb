"""What makes a call the same as an earlier one, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from lambda_powertools.core.typing import LambdaContext
    from lambda_powertools.idempotency.hook import IdempotentHookFunction
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class IdempotencyConfig:
    """Options of idempotency. Every argument is an attribute too, and may be assigned later.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig
        >>> config = IdempotencyConfig(event_key_jmespath="powertools_json(body).order_id", expires_after_seconds=600)
        >>> config.hash_function
        'md5'
    """

    _revision = 0

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        event_key_jmespath: str = "",
        payload_validation_jmespath: str = "",
        jmespath_options: dict[str, Any] | None = None,
        raise_on_no_idempotency_key: bool = False,
        expires_after_seconds: int = 60 * 60,
        use_local_cache: bool = False,
        local_cache_max_items: int = 256,
        hash_function: str = "md5",
        lambda_context: LambdaContext | None = None,
        response_hook: IdempotentHookFunction | None = None,
        *,
        on_duplicate: Literal["raise", "wait"] = "raise",
        max_wait_seconds: float | None = None,
        keep_on: type[Exception] | tuple[type[Exception], ...] = (),
        in_progress_expires_after_seconds: float | None = None,
        on_claim: Callable[[DataRecord], Any] | None = None,
        on_replay: Callable[[DataRecord], Any] | None = None,
        on_release: Callable[[DataRecord, Exception], Any] | None = None,
    ) -> None:
        """Keep the options.

        Args:
            event_key_jmespath: expression that finds what identifies a call; without it the whole payload does.
            payload_validation_jmespath: expression that finds what must not differ between calls with one key.
            jmespath_options: keywords for `jmespath.Options`, instead of the functions `powertools_*`.
            raise_on_no_idempotency_key: whether a payload without key is an error; else idempotency is skipped.
            expires_after_seconds: how long a result is replayed, in seconds.
            use_local_cache: whether results are also kept in memory, which spares the store on a replay.
            local_cache_max_items: how many results are kept in memory.
            hash_function: name of a function of `hashlib`.
            lambda_context: context of the invocation; see `register_lambda_context`.
            response_hook: called with a replayed response and its record; its result is what the caller gets.
            on_duplicate: what a call does while another one with its key is running: `"raise"`
                `IdempotencyAlreadyInProgressError`, or `"wait"` for the other's result.
            max_wait_seconds: how long to wait at most. By default, and at most, until shortly before the invocation's
                deadline; where that is not known, 30 seconds.
            keep_on: exceptions that are an outcome as good as a result: they are stored, and raised again on a replay.
            in_progress_expires_after_seconds: after how many seconds a call that has not ended counts as dead, so that
                another may take its place. By default when the invocation must have ended.
            on_claim: called with the record when this call is the one that runs the function.
            on_replay: called with the record when a stored result is used.
            on_release: called with the record and the exception when the function failed and its record is deleted.
        """
        self.event_key_jmespath = event_key_jmespath
        self.payload_validation_jmespath = payload_validation_jmespath
        self.jmespath_options = jmespath_options
        self.raise_on_no_idempotency_key = raise_on_no_idempotency_key
        self.expires_after_seconds = expires_after_seconds
        self.use_local_cache = use_local_cache
        self.local_cache_max_items = local_cache_max_items
        self.hash_function = hash_function
        self.lambda_context = lambda_context
        self.response_hook = response_hook
        self.on_duplicate = on_duplicate
        self.max_wait_seconds = max_wait_seconds
        self.keep_on = keep_on
        self.in_progress_expires_after_seconds = in_progress_expires_after_seconds
        self.on_claim = on_claim
        self.on_replay = on_replay
        self.on_release = on_release

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        if name != "lambda_context":  # a new one comes with every invocation, and nothing is derived from it
            object.__setattr__(self, "_revision", self._revision + 1)

    def register_lambda_context(self, lambda_context: LambdaContext) -> None:
        """Take note of the invocation's context, from which the remaining time is read.

        Needed where neither `@powertools` nor `@idempotent` surrounds the call, and in threads. A config that several
        invocations share at once holds the context of the one that registered last.
        """
        self.lambda_context = lambda_context
