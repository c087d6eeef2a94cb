"""What functions for GraphQL fields are registered on."""

from __future__ import annotations

from abc import ABC, abstractmethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class BaseRouter(ABC):
    """The decorators for functions of GraphQL fields; see `Router`."""

    @abstractmethod
    def resolver(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the function of a field."""

    @abstractmethod
    def batch_resolver(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the function of a field of a batch."""

    @abstractmethod
    def async_batch_resolver(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the coroutine function of a field of a batch."""

    @abstractmethod
    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context."""
