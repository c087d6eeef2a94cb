"""What functions for channels are registered on."""

from __future__ import annotations

from abc import ABC, abstractmethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEFAULT_ROUTE = "/default/*"


class BaseRouter(ABC):
    """The decorators for functions of channels; see `Router`."""

    @abstractmethod
    def on_publish(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the function of what is published."""

    @abstractmethod
    def async_on_publish(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the coroutine function of what is published."""

    @abstractmethod
    def on_subscribe(self, *args: Any, **kwargs: Any) -> Any:
        """Return a decorator for the function of subscriptions."""

    @abstractmethod
    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context."""
