"""What everything offers that functions for channels are registered on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

DEFAULT_ROUTE = "/default/*"


class BaseRouter(ABC):
    """The decorators for functions of channels, and the context that these share.

    A path is that of a channel, such as `/orders/new`, or ends in `/*` and is for all channels below, `/*` for all. The
    most explicit one that fits is taken. A path that is neither is warned of, and its function not registered.
    """

    @abstractmethod
    def on_publish(self, path: str = DEFAULT_ROUTE, aggregate: bool = False) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that handles what is published.

        Args:
            path: the channels.
            aggregate: whether it is called once, with the list of events as `payload`, and returns such a list; else
                once for each event, with that event's `payload`, in whose place AppSync broadcasts the result.
        """

    @abstractmethod
    def async_on_publish(self, path: str = DEFAULT_ROUTE, aggregate: bool = False) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function; see `on_publish`. Calls for each event run concurrently."""

    @abstractmethod
    def on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that is called, without arguments, before a subscription is accepted."""

    @abstractmethod
    def async_on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function; see `on_subscribe`, which takes one as well."""

    @abstractmethod
    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context."""

    @abstractmethod
    def clear_context(self) -> None:
        """Empty the context."""
