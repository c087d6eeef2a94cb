"""The app behind AppSync Events."""

from __future__ import annotations

from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent
from lambda_powertools.event_handler._appsync import AppSyncApp, choose, gather, note_route, run, warn
from lambda_powertools.event_handler._state import settle
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.event_handler.events_appsync.router import Router, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler._appsync import Call, Registered


class AppSyncEventsResolver(AppSyncApp, Router):
    """An app behind the channels of an AppSync Events API.

    What a function registered with `exception_handler` returns is the `error` of the answer, in place of class and
    message; None leaves those. `UnauthorizedException` goes to one that is registered for that class itself.

    https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespace-handlers.html

    Args:
        max_concurrency: how many calls of an `async` function for single events run at a time; None for all.

    Raises:
        ValueError: `max_concurrency` is below 1.

    Example:
        >>> from lambda_powertools.event_handler import AppSyncEventsResolver
        >>> app = AppSyncEventsResolver()
        >>> @app.on_publish("/orders/*")
        ... def stamp(payload):
        ...     return {**payload, "seen": True}
        >>> info = {"operation": "PUBLISH", "channel": {"path": "/orders/new"}}
        >>> app.resolve({"info": info, "events": [{"id": "1", "payload": {"order": 7}}]}, None)
        {'events': [{'id': '1', 'payload': {'order': 7, 'seen': True}}]}
    """

    def __call__(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Do what `resolve` does, so that an app is a Lambda handler itself."""
        return self.resolve(event, context)

    def resolve(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Answer what is published, or a subscription. `async` functions run on the environment's event loop.

        Args:
            event: the event.
            context: what the runtime hands over; not looked at.

        Returns:
            `{"events": […]}`, in which an event that failed has an `error`; `{"error": …}` for all of them, or a
            subscription, that failed; None for a subscription that is accepted.

        Raises:
            UnauthorizedException: the function of a subscription, or the one for all events, raised it.
        """
        call = self.own_calls.enter(context)
        try:
            found = self._find(call, event)
            return run(call, self._answer(call, found), asynchronous=found is not None and found.asynchronous)
        finally:
            self.own_calls.leave(call)

    async def resolve_async(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Answer an event where an event loop is running; see `resolve`."""
        call = self.own_calls.enter(context)
        call.asynchronous = True
        try:
            return await self._answer(call, self._find(call, event))
        finally:
            self.own_calls.leave(call)

    def include_router(self, router: Router) -> None:
        """Take over the functions of a router, which from now on shares the app's context."""
        self._take_over(router)
        self.publishing.update(router.publishing)
        self.async_publishing.update(router.async_publishing)
        self.subscribing.update(router.subscribing)

    @staticmethod
    def accepts(event: Any) -> bool:
        """Return whether this is an event of AppSync Events."""
        event = getattr(event, "raw_event", event)
        info = event.get("info") if isinstance(event, dict) else None
        return isinstance(info, dict) and "channel" in info and "operation" in info

    def _find(self, call: Call, event: Any) -> Registered | None:
        """Return the function for an event."""
        if not isinstance(event, AppSyncResolverEventsEvent):
            if not isinstance(event, dict):
                raise TypeError(f"an event of AppSync Events is a dict, not {type(event).__name__}")
            event = AppSyncResolverEventsEvent(event)
        call.event = event
        path, operation = event.info.channel_path, event.info.operation
        if not isinstance(path, str):
            raise TypeError(f"info.channel.path of an event of AppSync Events is a text, not {type(path).__name__}")
        publishes = operation == "PUBLISH"
        if publishes:
            found = choose(find(self.publishing, path), find(self.async_publishing, path))
        else:
            found = find(self.subscribing, path)
            if operation != "SUBSCRIBE":
                warn(f"{operation!r:.80} is no operation of AppSync Events: treated as SUBSCRIBE")
        note_route(call, None if found is None else (found.path,), operation)
        if found is None:
            outcome = "the payload is returned as is" if publishes else "the subscription is accepted"
            warn(f"No resolvers were found for {operation} operations with path {path}: {outcome}")
        return found

    async def _answer(self, call: Call, found: Registered | None) -> Any:
        publishes = call.event.info.operation == "PUBLISH"
        events = call.event.raw_event.get("events") or []
        if found is None or (publishes and not events):
            return {"events": events} if publishes else None
        if publishes and not found.aggregate:
            return {"events": await self._answer_each(call, found, events)}
        try:
            result = await settle(call, found.function(payload=events) if publishes else found.function())
        except Exception as error:
            if isinstance(error, UnauthorizedException) and self._handler(error) is None:
                raise
            return {"error": await self._tell(call, error)}
        if not publishes:
            return None
        if not isinstance(result, list):
            warn(f"{found.name}, for {found.path}, returned {type(result).__name__}: AppSync drops the events")
        return {"events": result}

    async def _answer_each(self, call: Call, found: Registered, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        async def answer(event: dict[str, Any]) -> dict[str, Any]:
            number = event.get("id")
            try:
                return {"id": number, "payload": await settle(call, found.function(payload=event.get("payload")))}
            except Exception as error:  # noqa: BLE001  # the others are answered all the same
                return {"id": number, "error": await self._tell(call, error)}

        if found.asynchronous:
            return await gather(answer, events, self.limit)
        return [await answer(event) for event in events]

    def _handler(self, error: Exception) -> Callable[[Any], Any] | None:
        """Return the function for an exception; a refusal goes to none for all exceptions."""
        handlers = self.exception_handler_manager.get_registered_handlers()
        for ancestor in type(error).__mro__:
            if ancestor in handlers or ancestor is UnauthorizedException:
                return handlers.get(ancestor)
        return None

    async def _tell(self, call: Call, error: Exception) -> Any:
        """Return what the client is told of an exception."""
        handler = self._handler(error)
        told = None if handler is None else await settle(call, handler(error))
        return f"{type(error).__name__} - {error}" if told is None else told
