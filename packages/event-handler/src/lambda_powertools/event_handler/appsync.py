"""The app behind AppSync GraphQL: calls the function of a field, for one event or for a batch."""

from __future__ import annotations

from types import CoroutineType
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.core.callables import display_name
from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent
from lambda_powertools.event_handler._appsync import concurrency, note_route, run, warn_of_both
from lambda_powertools.event_handler._state import drive, settle
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.event_handler.graphql_appsync.exceptions import ResolverNotFoundError
from lambda_powertools.event_handler.graphql_appsync.router import Router

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from lambda_powertools.event_handler._appsync import Call, Calls
    from lambda_powertools.event_handler.graphql_appsync._batches import BatchFunction

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
    ResolverT = TypeVar("ResolverT")

__all__ = ["AppSyncResolver", "Router"]


class AppSyncResolver(Router):
    """An app behind an AppSync GraphQL API: for direct Lambda resolvers, Amplify functions, and batches of either.

    https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html

    Args:
        max_concurrency: how many calls of an `async` function for single events of a batch run at a time; None for all.

    Raises:
        ValueError: `max_concurrency` is below 1.

    Example:
        >>> from lambda_powertools.event_handler import AppSyncResolver
        >>> app = AppSyncResolver()
        >>> @app.resolver(type_name="Query", field_name="order")
        ... def order(id):
        ...     return {"id": id, "status": "sent"}
        >>> app.resolve({"info": {"parentTypeName": "Query", "fieldName": "order"}, "arguments": {"id": "7"}}, None)
        {'id': '7', 'status': 'sent'}
    """

    def __init__(self, *, max_concurrency: int | None = None) -> None:
        super().__init__()
        self.exception_handler_manager = ExceptionHandlerManager()
        self._limit = concurrency(max_concurrency)

    def __call__(
        self,
        event: dict[str, Any] | list[dict[str, Any]],
        context: Any,
        data_model: type[AppSyncResolverEvent] = AppSyncResolverEvent,
    ) -> Any:
        """Do what `resolve` does, so that an app is a Lambda handler itself."""
        return self.resolve(event, context, data_model)

    def resolve(
        self,
        event: dict[str, Any] | list[dict[str, Any]],
        context: Any,
        data_model: type[AppSyncResolverEvent] = AppSyncResolverEvent,
    ) -> Any:
        """Return what the function of the event's field returns: of an `async` one a coroutine, which is to be run.

        Args:
            event: the event; a list of them is a batch, whose field is that of its first event. `async` functions for
                a batch run on the environment's event loop, and the result is the list.
            context: what the runtime hands over; not looked at.
            data_model: the class of `current_event`.

        Raises:
            ResolverNotFoundError: no function is registered for the field.
            InvalidBatchResponse: a function for a whole batch returned no list.
            Exception: what the function failed with, unless a function is registered for that.
        """
        calls = self.own_calls
        call = calls.begin(context)
        try:
            if isinstance(event, list):
                if not event:
                    return []
                resolver, name = self._find_for_batch(call, event, data_model)
                return run(call, resolver.resolve(call, name, self._limit), asynchronous=resolver.asynchronous)
            result = self._call(call, event, data_model)
            return self._detach(call, result) if result.__class__ is CoroutineType else result
        except Exception as error:  # whatever it is, a function may be registered for it
            handler = self.exception_handler_manager.lookup_exception_handler(type(error))
            if handler is None:
                raise
            return drive(settle(call, handler(error)))
        finally:
            if not call.detached:
                calls.end(call)

    async def resolve_async(
        self,
        event: dict[str, Any] | list[dict[str, Any]],
        context: Any,
        data_model: type[AppSyncResolverEvent] = AppSyncResolverEvent,
    ) -> Any:
        """Return what the function of the event's field returns, where an event loop is running; see `resolve`."""
        call = self.own_calls.begin(context)
        call.asynchronous = True
        try:
            if not isinstance(event, list):
                return await settle(call, self._call(call, event, data_model))
            if not event:
                return []
            resolver, name = self._find_for_batch(call, event, data_model)
            return await resolver.resolve(call, name, self._limit)
        except Exception as error:  # noqa: BLE001  # whatever it is, a function may be registered for it
            return await self._answer(call, error)
        finally:
            self.own_calls.end(call)

    def exception_handler(
        self, exc_class: type[Exception] | Iterable[type[Exception]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function whose result answers exceptions of a class, or of several."""
        return self.exception_handler_manager.exception_handler(exc_class)

    def include_router(self, router: Router) -> None:
        """Take over the functions that are registered on a router, which from now on shares the app's context."""
        self._take_over(router)
        self.functions.update(router.functions)
        self.batch_functions.update(router.batch_functions)
        self.async_batch_functions.update(router.async_batch_functions)

    @staticmethod
    def accepts(event: Any) -> bool:
        """Return whether an event is AppSync's: of one field, or a batch of such."""
        if isinstance(event, list):
            event = event[0] if event else None
        event = getattr(event, "raw_event", event)
        if not isinstance(event, dict) or "arguments" not in event:
            return False
        return "fieldName" in (event.get("info") or event)

    def _call(self, call: Call, event: Any, data_model: type[AppSyncResolverEvent]) -> Any:
        if event.__class__ is not dict:
            event = _unwrapped(event)
        data = call.event = data_model(event)
        names = _names(data, data_model)
        function = _lookup(self.functions, names)
        name = f"{names[0]}.{names[1]}"
        note_route(call, None if function is None else name)
        if function is None:
            raise ResolverNotFoundError(f"No resolver found for '{name}'")
        return function(**data.arguments)

    def _find_for_batch(
        self, call: Call, events: list[Any], data_model: type[AppSyncResolverEvent]
    ) -> tuple[BatchFunction, str]:
        if events[0].__class__ is not dict:
            _unwrapped(events[0])
        call.batch = [data_model(event) for event in events]
        names = _names(call.batch[0], data_model)
        resolver = _lookup(self.batch_functions, names)
        if self.async_batch_functions:
            asynchronous = _lookup(self.async_batch_functions, names)
            if resolver is None:
                resolver = asynchronous
            elif asynchronous is not None:
                warn_of_both(display_name(resolver.function))
        name = f"{names[0]}.{names[1]}"
        note_route(call, None if resolver is None else name)
        if resolver is None:
            raise ResolverNotFoundError(f"No resolver found for '{name}'")
        return resolver, name

    def _detach(self, call: Call, result: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
        """Return a coroutine that ends the invocation when it is done; being dropped ends it as well."""
        import weakref

        call.detached = True
        completing = self._complete(call, result)
        weakref.finalize(completing, _drop, self.own_calls, call, result).atexit = False
        return completing

    async def _complete(self, call: Call, result: Coroutine[Any, Any, Any]) -> Any:
        self.own_calls.variable.set(call)
        call.asynchronous = True
        try:
            return await result
        except Exception as error:  # noqa: BLE001  # as in resolve
            return await self._answer(call, error)
        finally:
            self.own_calls.end(call)

    async def _answer(self, call: Call, error: Exception) -> Any:
        handler = self.exception_handler_manager.lookup_exception_handler(type(error))
        if handler is None:
            raise error
        return await settle(call, handler(error))


def _drop(calls: Calls, call: Call, result: Coroutine[Any, Any, Any]) -> None:
    result.close()
    calls.end(call)


def _unwrapped(event: Any) -> Any:
    event = getattr(event, "raw_event", event)
    if not isinstance(event, dict):
        raise TypeError(f"an AppSync event is a dict, or a list of dicts for a batch; not {type(event).__name__}")
    return event


def _names(event: AppSyncResolverEvent, data_model: type[AppSyncResolverEvent]) -> tuple[str, str]:
    if data_model is AppSyncResolverEvent:  # it makes the view for each of its attributes
        info = event.info
        return info.parent_type_name, info.field_name
    return event.type_name, event.field_name


def _lookup(table: dict[str, ResolverT], names: tuple[str, str]) -> ResolverT | None:
    found = table.get(f"{names[0]}.{names[1]}")
    return table.get(f"*.{names[1]}") if found is None else found
