"""A router for fields."""

from __future__ import annotations

from lambda_powertools.event_handler._appsync import Registered, SharesCalls
from lambda_powertools.event_handler.graphql_appsync.base import BaseRouter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class Router(SharesCalls, BaseRouter):
    """Collects functions of GraphQL fields for `app.include_router(router)`.

    Example:
        >>> from lambda_powertools.event_handler.appsync import AppSyncResolver, Router
        >>> router, app = Router(), AppSyncResolver()
        >>> @router.resolver("Query", "order")
        ... def order(id):
        ...     return {"id": id}
        >>> app.include_router(router)
        >>> app.resolve({"info": {"parentTypeName": "Query", "fieldName": "order"}, "arguments": {"id": 7}}, None)
        {'id': 7}
    """

    def __init__(self) -> None:
        super().__init__()
        self.functions: dict[tuple[str, str], Callable[..., Any]] = {}
        self.batch_functions: dict[tuple[str, str], Registered] = {}
        self.async_batch_functions: dict[tuple[str, str], Registered] = {}

    @property
    def current_event(self) -> AppSyncResolverEvent | None:
        """The event in progress, else the last one; None for a batch, and before."""
        return getattr(self._calls.variable.get(), "event", None)

    @property
    def current_batch_event(self) -> list[AppSyncResolverEvent]:
        """The same of a batch; empty for a single event, and before."""
        batch = getattr(self._calls.variable.get(), "batch", None)
        return [] if batch is None else batch

    def resolver(self, type_name: str = "*", field_name: str | None = None) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that resolves a field; it is given the field's arguments by name.

        Args:
            type_name: the type that the field belongs to, `*` for any.
            field_name: the field.

        Raises:
            ValueError: there is no field name.
        """
        name = _name("resolver", type_name, field_name)

        def register(function: FunctionT) -> FunctionT:
            self.functions[name] = function
            return function

        return register

    def batch_resolver(
        self,
        type_name: str = "*",
        field_name: str | None = None,
        raise_on_error: bool = False,
        aggregate: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that resolves a field for a batch of events.

        Args:
            type_name: as for `resolver`.
            field_name: as for `resolver`.
            raise_on_error: without `aggregate`: whether the first exception is raised, in place of None for its event.
            aggregate: whether it is given all events as `event` and returns a list of as many results; else it is
                called for each, with that `event` and the field's arguments.

        Raises:
            ValueError: there is no field name.
        """
        name = _name("batch_resolver", type_name, field_name)
        return _registering(self.batch_functions, name, raise_on_error, aggregate, is_async=False)

    def async_batch_resolver(
        self,
        type_name: str = "*",
        field_name: str | None = None,
        raise_on_error: bool = False,
        aggregate: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function, see `batch_resolver`; calls for each event run concurrently."""
        name = _name("async_batch_resolver", type_name, field_name)
        return _registering(self.async_batch_functions, name, raise_on_error, aggregate, is_async=True)


def _name(decorator: str, type_name: str, field_name: str | None) -> tuple[str, str]:
    if not isinstance(field_name, str) or not field_name:
        raise ValueError(
            f'{decorator} needs the name of a field, such as {decorator}("Query", "order"); '
            f"type_name is {type_name!r:.80}, field_name {field_name!r:.80}"
        )
    return type_name, field_name


def _registering(
    table: dict[tuple[str, str], Registered], name: tuple[str, str], raises: bool, aggregate: bool, *, is_async: bool
) -> Callable[[FunctionT], FunctionT]:
    def register(function: FunctionT) -> FunctionT:
        table[name] = Registered(function, aggregate=aggregate, is_async=is_async, raises=raises)
        return function

    return register
