"""The app behind AppSync GraphQL: calls the function of a field, for one event or for a batch."""

from __future__ import annotations

from types import CoroutineType
from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent
from lambda_powertools.event_handler._appsync import AppSyncApp, choose, gather, note_route, run
from lambda_powertools.event_handler._state import drive, settle
from lambda_powertools.event_handler.graphql_appsync.exceptions import InvalidBatchResponse, ResolverNotFoundError
from lambda_powertools.event_handler.graphql_appsync.router import Router

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from lambda_powertools.event_handler._appsync import Call, Registered

    ResolverT = TypeVar("ResolverT")

__all__ = ["AppSyncResolver", "Router"]


class AppSyncResolver(AppSyncApp, Router):
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

    def __call__(self, event: Any, context: Any, data_model: type[AppSyncResolverEvent] = AppSyncResolverEvent) -> Any:
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
        call = self.own_calls.begin(context)
        try:
            if isinstance(event, list):
                if not event:
                    return []
                found, name = self._find_for_batch(call, event, data_model)
                return run(call, self._resolve_batch(call, found, name), asynchronous=found.asynchronous)
            result = self._call(call, event, data_model)
            return self._detach(call, result) if result.__class__ is CoroutineType else result
        except Exception as error:  # noqa: BLE001  # whatever it is, a function may be registered for it
            return drive(self._answer(call, error))
        finally:
            if not call.detached:
                self.own_calls.end(call)

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
            return await self._resolve_batch(call, *self._find_for_batch(call, event, data_model)) if event else []
        except Exception as error:  # noqa: BLE001  # as in resolve
            return await self._answer(call, error)
        finally:
            self.own_calls.end(call)

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
        return isinstance(event, dict) and "arguments" in event and "fieldName" in (event.get("info") or event)

    def _call(self, call: Call, event: Any, data_model: type[AppSyncResolverEvent]) -> Any:
        data = call.event = data_model(event if event.__class__ is dict else _raw(event))
        name, of_any_type = _names(data)
        function = self.functions.get(name) or self.functions.get(of_any_type)
        return _known(call, function, name)(**data.arguments)

    def _find_for_batch(
        self, call: Call, events: list[Any], data_model: type[AppSyncResolverEvent]
    ) -> tuple[Registered, str]:
        _raw(events[0])
        call.batch = [data_model(event) for event in events]
        name, of_any_type = _names(call.batch[0])
        plain, asynchronous = (
            table.get(name) or table.get(of_any_type) for table in (self.batch_functions, self.async_batch_functions)
        )
        return _known(call, choose(plain, asynchronous), name), name

    async def _resolve_batch(self, call: Call, found: Registered, name: str) -> list[Any]:
        """Return the results of a batch; waits only if the invocation is asynchronous."""
        events, function = call.batch or [], found.function
        if found.aggregate:
            results = await settle(call, function(event=events))
            if not isinstance(results, list):
                raise InvalidBatchResponse(
                    "The response must be a List when using batch resolvers: "
                    f"{found.name}, for {name}, returned {type(results).__name__}"
                )
            return results

        async def resolve(number: int) -> Any:
            event = events[number]
            try:
                result = function(event=event, **event.arguments)
                return await settle(call, result) if hasattr(result, "__await__") else result
            except Exception as error:  # that of one event, which is answered with None
                if found.raise_on_error:
                    raise
                _log_failure(name, number, event, error)

        if found.asynchronous:
            return await gather(resolve, range(len(events)), self.limit)
        return [await resolve(number) for number in range(len(events))]

    def _detach(self, call: Call, result: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
        """Return a coroutine that ends the invocation when it is done; being dropped ends it as well."""
        import weakref

        call.detached = True
        completing = self._complete(call, result)

        def drop() -> None:
            result.close()
            self.own_calls.end(call)

        weakref.finalize(completing, drop).atexit = False
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


def _raw(event: Any) -> Any:
    event = getattr(event, "raw_event", event)
    if not isinstance(event, dict):
        raise TypeError(f"an AppSync event is a dict, or a list of dicts for a batch; not {type(event).__name__}")
    return event


def _names(event: AppSyncResolverEvent) -> tuple[str, str]:
    """Return the names by which a function for an event may be registered: with its type, and for any."""
    # An event makes the view of what both attributes are in anew for each.
    info = event.info if event.__class__ is AppSyncResolverEvent else None
    type_name, field = (event.type_name, event.field_name) if info is None else (info.parent_type_name, info.field_name)
    return f"{type_name}.{field}", f"*.{field}"


def _known(call: Call, found: ResolverT | None, name: str) -> ResolverT:
    note_route(call, None if found is None else name)
    if found is None:
        raise ResolverNotFoundError(f"No resolver found for '{name}'")
    return found


def _log_failure(name: str, number: int, event: AppSyncResolverEvent, error: Exception) -> None:
    from lambda_powertools.core.package_logger import get_logger

    arguments: Any = event.raw_event.get("arguments")
    clash = " (an argument called 'event' cannot be given beside the event)" if "event" in (arguments or ()) else ""
    get_logger("lambda_powertools.event_handler").debug(
        "event %d of a batch for %s failed%s", number, name, clash, exc_info=error
    )
