"""How much time the invocation has left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import current_invocation

if TYPE_CHECKING:
    from lambda_powertools.idempotency.config import IdempotencyConfig


def remaining_millis(config: IdempotencyConfig) -> float | None:
    """Return the milliseconds left of the running invocation, else of the registered context; None when unknown."""
    invocation = current_invocation()
    if invocation is not None and (remaining := _remaining(invocation.lambda_context)) is not None:
        return remaining
    return _remaining(config.lambda_context)


def in_progress_millis(config: IdempotencyConfig) -> float | None:
    """Return after how many milliseconds a call that begins now counts as dead; None when unknown, with a warning."""
    if config.in_progress_expires_after_seconds is not None:
        return config.in_progress_expires_after_seconds * 1000
    remaining = remaining_millis(config)
    if remaining is None:
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(
            "The remaining time of the invocation is unknown, so a call that dies blocks its idempotency key until the "
            "record expires: register the Lambda context with config.register_lambda_context(context), or set "
            "in_progress_expires_after_seconds",
            PowertoolsUserWarning,
            stacklevel=2,
        )
    return remaining


def _remaining(context: Any) -> float | None:
    read = getattr(context, "get_remaining_time_in_millis", None)
    if not callable(read):
        return None
    value = read()
    return max(0, value) if isinstance(value, (int, float)) else None
