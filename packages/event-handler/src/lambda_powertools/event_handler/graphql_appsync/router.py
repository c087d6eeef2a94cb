"""A router: functions of GraphQL fields that an app takes over, so that they can stand in a module of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.event_handler._appsync import SharesCalls
from lambda_powertools.event_handler.graphql_appsync._batches import BatchFunction
from lambda_powertools.event_handler.graphql_appsync.base import BaseRouter

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class Router(SharesCalls, BaseRouter):
    """Collects functions of GraphQL fields for `app.include_router(router)`.

    Example:
        >>> from lambda_powertools.event_handler import AppSyncResolver
        >>> from lambda_powertools.event_handler.graphql_appsync.router import Router
        >>> router = Router()
        >>> @router.resolver("Query", "order")
        ... def order(id):
        ...     return {"id": id}
        >>> app = AppSyncResolver()
        >>> app.include_router(router)
        >>> app.resolve({"info": {"parentTypeName": "Query", "fieldName": "order"}, "arguments": {"id": 7}}, None)
        {'id': 7}
    """

    def __init__(self) -> None:
        super().__init__()
        self.functions: dict[str, Callable[..., Any]] = {}
        self.batch_functions: dict[str, BatchFunction] = {}
        self.async_batch_functions: dict[str, BatchFunction] = {}

    @property
    def current_event(self) -> AppSyncResolverEvent | None:
        """The event in progress, else the last one; None for a batch, and before."""
        call = self._calls.variable.get()
        return None if call is None else call.event

    @property
    def current_batch_event(self) -> list[AppSyncResolverEvent]:
        """The events of the batch in progress, else of the last one; empty for a single event, and before."""
        call = self._calls.variable.get()
        return [] if call is None or call.batch is None else call.batch

    def resolver(self, type_name: str = "*", field_name: str | None = None) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that resolves a field; it is given the field's arguments by name."""
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
        """Return a decorator for the function that resolves a field for a batch; see `BaseRouter`."""
        name = _name("batch_resolver", type_name, field_name)
        return _registering(self.batch_functions, name, raise_on_error, aggregate, is_async=False)

    def async_batch_resolver(
        self,
        type_name: str = "*",
        field_name: str | None = None,
        raise_on_error: bool = False,
        aggregate: bool = True,
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the coroutine function that resolves a field for a batch; see `BaseRouter`."""
        name = _name("async_batch_resolver", type_name, field_name)
        return _registering(self.async_batch_functions, name, raise_on_error, aggregate, is_async=True)


def _name(decorator: str, type_name: str, field_name: str | None) -> str:
    if not isinstance(field_name, str) or not field_name:
        raise ValueError(
            f'{decorator} needs the name of a field, such as {decorator}("Query", "order"); '
            f"type_name is {type_name!r:.80}, field_name {field_name!r:.80}"
        )
    return f"{type_name}.{field_name}"


def _registering(
    table: dict[str, BatchFunction], name: str, raise_on_error: bool, aggregate: bool, *, is_async: bool
) -> Callable[[FunctionT], FunctionT]:
    def register(function: FunctionT) -> FunctionT:
        table[name] = BatchFunction(function, raise_on_error=raise_on_error, aggregate=aggregate, is_async=is_async)
        return function

    return register
