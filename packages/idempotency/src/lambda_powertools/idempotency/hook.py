"""What is called on a replay, before the caller gets the stored response."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class IdempotentHookFunction(Protocol):
    """A function that may change, or look at, a response that is replayed.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig
        >>> def mark(response, idempotent_data):
        ...     return {**response, "replayed": True}
        >>> config = IdempotencyConfig(response_hook=mark)
    """

    def __call__(self, response: Any, idempotent_data: DataRecord) -> Any:
        """Return what the caller gets, given the stored response and its record."""
