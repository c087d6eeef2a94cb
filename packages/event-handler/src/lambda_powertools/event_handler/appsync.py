"""The app behind AppSync GraphQL."""

from __future__ import annotations

from types import CoroutineType

from lambda_powertools.data_classes.appsync_resolver_event import AppSyncResolverEvent
from lambda_powertools.event_handler._appsync import AppSyncApp, choose, gather, note_route, run
from lambda_powertools.event_handler._state import drive, settle
from lambda_powertools.event_handler.graphql_appsync.exceptions import InvalidBatchResponse, ResolverNotFoundError
from lambda_powertools.event_handler.graphql_appsync.router import Router

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from lambda_powertools.event_handler._appsync import Call, Registered

__all__ = ["AppSyncResolver", "Router"]


class AppSyncResolver(AppSyncApp, Router):
    """An app behind a GraphQL API: for direct Lambda resolvers, Amplify functions, and batches of either.

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
            event: the event, or a batch as a list, whose first event says which field. `async` functions for a batch
                run on the environment's event loop.
            context: what the runtime hands over; not looked at.
            data_model: the class of `current_event`.

        Raises:
            ResolverNotFoundError: no function is registered for the field.
            InvalidBatchResponse: a function for a whole batch returned no list.
            Exception: what the function failed with, unless a function is registered for that.
        """
        call = self.own_calls.enter(context)
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
                self.own_calls.leave(call)

    async def resolve_async(
        self,
        event: dict[str, Any] | list[dict[str, Any]],
        context: Any,
        data_model: type[AppSyncResolverEvent] = AppSyncResolverEvent,
    ) -> Any:
        """Return what `resolve` does, awaited where an event loop is running."""
        call = self.own_calls.enter(context)
        call.asynchronous = True
        try:
            if not isinstance(event, list):
                return await settle(call, self._call(call, event, data_model))
            return await self._resolve_batch(call, *self._find_for_batch(call, event, data_model)) if event else []
        except Exception as error:  # noqa: BLE001  # as in resolve
            return await self._answer(call, error)
        finally:
            self.own_calls.leave(call)

    def include_router(self, router: Router) -> None:
        """Take over the functions of a router, which from now on shares the app's context."""
        self._take_over(router)
        self.functions.update(router.functions)
        self.batch_functions.update(router.batch_functions)
        self.async_batch_functions.update(router.async_batch_functions)

    @staticmethod
    def accepts(event: Any) -> bool:
        """Return whether this is an event of AppSync, or a batch."""
        if isinstance(event, list):
            event = event[0] if event else None
        event = getattr(event, "raw_event", event)
        return isinstance(event, dict) and "arguments" in event and "fieldName" in (event.get("info") or event)

    def _call(self, call: Call, event: Any, data_model: type[AppSyncResolverEvent]) -> Any:
        if event.__class__ is not dict:
            event = _raw(event)
        data = call.event = data_model(event)
        name = _name(data, event)
        function = self.functions.get(name) or self.functions.get(("*", name[1]))
        if function is None:
            raise _unknown(call, name)
        note_route(call, name)
        return function(**data.arguments)

    def _find_for_batch(
        self, call: Call, events: list[Any], data_model: type[AppSyncResolverEvent]
    ) -> tuple[Registered, str]:
        first = _raw(events[0])
        call.batch = [data_model(event) for event in events]
        name = _name(call.batch[0], first)
        plain, asynchronous = (
            table.get(name) or table.get(("*", name[1])) for table in (self.batch_functions, self.async_batch_functions)
        )
        found = choose(plain, asynchronous)
        if found is None:
            raise _unknown(call, name)
        note_route(call, name)
        return found, ".".join(name)

    async def _resolve_batch(self, call: Call, found: Registered, name: str) -> list[Any]:
        """Return the results of a batch."""
        if not found.aggregate:
            return await self._resolve_each(call, found, name)
        results = await settle(call, found.function(event=call.batch))
        if not isinstance(results, list):
            raise InvalidBatchResponse(
                "The response must be a List when using batch resolvers: "
                f"{found.name}, for {name}, returned {type(results).__name__}"
            )
        return results

    async def _resolve_each(self, call: Call, found: Registered, name: str) -> list[Any]:
        events, function = call.batch or [], found.function

        def fail(number: int, error: Exception) -> Any:
            if found.raise_on_error:
                raise error
            _log_failure(name, number, events[number], error)

        async def resolve(number: int) -> Any:
            event = events[number]
            try:
                return await settle(call, function(event=event, **event.arguments))
            except Exception as error:  # noqa: BLE001  # that of one event, which is answered with None
                return fail(number, error)

        if found.asynchronous:
            return await gather(resolve, range(len(events)), self.limit)
        results = []
        for number, event in enumerate(events):
            try:
                result = function(event=event, **event.arguments)
                if result.__class__ is CoroutineType:  # a plain function around an asynchronous one
                    result = await settle(call, result)
            except Exception as error:  # noqa: BLE001  # as above
                result = fail(number, error)
            results.append(result)
        return results

    def _detach(self, call: Call, result: Coroutine[Any, Any, Any]) -> Coroutine[Any, Any, Any]:
        """Return a coroutine that ends the invocation when it is done, or dropped."""
        import weakref

        call.detached = True
        completing = self._complete(call, result)

        def drop() -> None:
            result.close()
            self.own_calls.leave(call)

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
            self.own_calls.leave(call)

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


def _name(event: AppSyncResolverEvent, raw: dict[str, Any]) -> tuple[str, str]:
    """Return type and field of an event."""
    info = raw.get("info") if event.__class__ is AppSyncResolverEvent else None
    if info:  # as the properties do, at a fraction of their cost
        return info["parentTypeName"], info["fieldName"]
    return event.type_name, event.field_name


def _unknown(call: Call, name: tuple[str, str]) -> ResolverNotFoundError:
    note_route(call, None)
    return ResolverNotFoundError(f"No resolver found for '{name[0]}.{name[1]}'")


def _log_failure(name: str, number: int, event: AppSyncResolverEvent, error: Exception) -> None:
    from lambda_powertools.core.package_logger import get_logger

    arguments: Any = event.raw_event.get("arguments")
    clash = " (an argument called 'event' cannot be given beside the event)" if "event" in (arguments or ()) else ""
    get_logger("lambda_powertools.event_handler").debug(
        "event %d of a batch for %s failed%s", number, name, clash, exc_info=error
    )
