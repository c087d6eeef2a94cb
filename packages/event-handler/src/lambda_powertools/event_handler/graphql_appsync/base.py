"""What everything offers that functions for GraphQL fields are registered on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class BaseRouter(ABC):
    """The decorators for functions of GraphQL fields, and the context that these share."""

    @abstractmethod
    def resolver(self, type_name: str = "*", field_name: str | None = None) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that resolves a field.

        It is given the field's arguments by name.

        Args:
            type_name: the type that the field belongs to, `*` for any.
            field_name: the field.

        Raises:
            ValueError: there is no field name.
        """

    @abstractmethod
    def batch_resolver(
        self,
        type_name: str = "*",
        field_name: str | None = None,
        raise_on_error: bool = False,
        aggregate: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that resolves a field for a batch of events.

        https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers.html#advanced-use-case-batching

        Args:
            type_name: the type that the field belongs to, `*` for any.
            field_name: the field.
            raise_on_error: without `aggregate`: whether the first exception is raised. Else an event whose call failed
                is answered with None.
            aggregate: whether it is called once, with all events as `event`, and returns a list of as many results;
                else once for each, with that `event` and the field's arguments.

        Raises:
            ValueError: there is no field name.
        """

    @abstractmethod
    def async_batch_resolver(
        self,
        type_name: str = "*",
        field_name: str | None = None,
        raise_on_error: bool = False,
        aggregate: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function; see `batch_resolver`. Calls for each event run concurrently."""

    @abstractmethod
    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context."""

    @abstractmethod
    def clear_context(self) -> None:
        """Empty the context."""
