"""Results that are JSON-ready already."""

from __future__ import annotations

from typing import Any

from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer


class NoOpSerializer(BaseIdempotencySerializer):
    """Leaves results as they are.

    Example:
        >>> NoOpSerializer().to_dict([1, 2])
        [1, 2]
    """

    def to_dict(self, data: Any) -> Any:
        """Return the data itself."""
        return data

    def from_dict(self, data: Any) -> Any:
        """Return the data itself."""
        return data
