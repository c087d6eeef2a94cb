"""Results of any kind, with two functions of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.serialization.base import BaseIdempotencySerializer

if TYPE_CHECKING:
    from collections.abc import Callable


class CustomDictSerializer(BaseIdempotencySerializer):
    """Calls the functions it is given.

    Example:
        >>> serializer = CustomDictSerializer(to_dict=lambda price: {"cents": price}, from_dict=lambda d: d["cents"])
        >>> serializer.from_dict(serializer.to_dict(990))
        990
    """

    def __init__(self, to_dict: Callable[[Any], dict[str, Any]], from_dict: Callable[[dict[str, Any]], Any]) -> None:
        self._to_dict = to_dict
        self._from_dict = from_dict

    def to_dict(self, data: Any) -> Any:
        """Return the dict of a result."""
        return self._to_dict(data)

    def from_dict(self, data: Any) -> Any:
        """Return the result of a dict."""
        return self._from_dict(data)
