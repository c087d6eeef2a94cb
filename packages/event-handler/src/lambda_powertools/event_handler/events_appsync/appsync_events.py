"""The app behind AppSync Events: calls the function of a channel for what is published, and for who subscribes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.core.callables import display_name
from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent
from lambda_powertools.event_handler._appsync import concurrency, gather, note_route, run, warn, warn_of_both
from lambda_powertools.event_handler._state import settle
from lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException
from lambda_powertools.event_handler.events_appsync.router import Router
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from lambda_powertools.event_handler._appsync import Call
    from lambda_powertools.event_handler.events_appsync._channels import ChannelFunction

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class AppSyncEventsResolver(Router):
    """An app behind the channels of an AppSync Events API.

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

    def __init__(self, *, max_concurrency: int | None = None) -> None:
        super().__init__()
        self.exception_handler_manager = ExceptionHandlerManager()
        self._limit = concurrency(max_concurrency)

    def __call__(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Do what `resolve` does, so that an app is a Lambda handler itself."""
        return self.resolve(event, context)

    def resolve(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Answer what is published, or a subscription. `async` functions run on the environment's event loop.

        Args:
            event: the event.
            context: what the runtime hands over; not looked at.

        Returns:
            For AppSync: `{"events": […]}`, in which an event that failed has an `error`; `{"error": …}` for all of
            them, or a subscription that failed; None for a subscription that is accepted.

        Raises:
            UnauthorizedException: the function of a subscription, or the one for all events, raised it.
        """
        call = self.own_calls.begin(context)
        try:
            process, function = self._find(call, event)
            return run(call, process(call, function), asynchronous=function is not None and function.asynchronous)
        finally:
            self.own_calls.end(call)

    async def resolve_async(self, event: dict[str, Any] | AppSyncResolverEventsEvent, context: Any) -> Any:
        """Answer an event where an event loop is running; see `resolve`."""
        call = self.own_calls.begin(context)
        call.asynchronous = True
        try:
            process, function = self._find(call, event)
            return await process(call, function)
        finally:
            self.own_calls.end(call)

    def exception_handler(
        self, exc_class: type[Exception] | Iterable[type[Exception]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that says what clients are told of exceptions of a class, or of several.

        What it returns is the `error` of the answer, in place of class and message; None leaves those. One for
        `UnauthorizedException`, which AppSync is to see, has to be registered for that class itself.
        """
        return self.exception_handler_manager.exception_handler(exc_class)

    def include_router(self, router: Router) -> None:
        """Take over the functions that are registered on a router, which from now on shares the app's context."""
        self._take_over(router)
        self.publishing.update(router.publishing)
        self.async_publishing.update(router.async_publishing)
        self.subscribing.update(router.subscribing)

    @staticmethod
    def accepts(event: Any) -> bool:
        """Return whether an event is one of AppSync Events."""
        event = getattr(event, "raw_event", event)
        info = event.get("info") if isinstance(event, dict) else None
        return isinstance(info, dict) and "channel" in info and "operation" in info

    def _find(
        self, call: Call, event: Any
    ) -> tuple[Callable[[Call, ChannelFunction | None], Coroutine[Any, Any, Any]], ChannelFunction | None]:
        """Return what to do with an event, and the function that is for it."""
        if not isinstance(event, AppSyncResolverEventsEvent):
            if not isinstance(event, dict):
                raise TypeError(f"an event of AppSync Events is a dict, not {type(event).__name__}")
            event = AppSyncResolverEventsEvent(event)
        call.event = event
        info = event.info
        path, operation = info.channel_path, info.operation
        if not isinstance(path, str):
            raise TypeError(f"info.channel.path of an event of AppSync Events is a text, not {type(path).__name__}")
        if operation == "PUBLISH":
            process, function = self._answer_publish, self.publishing.find(path)
            asynchronous = self.async_publishing.find(path)
            if function is None:
                function = asynchronous
            elif asynchronous is not None:
                warn_of_both(display_name(function.function))
        else:
            process, function = self._answer_subscribe, self.subscribing.find(path)
            if operation != "SUBSCRIBE":
                warn(f"{operation!r:.80} is no operation of AppSync Events: treated as SUBSCRIBE", stacklevel=4)
        note_route(call, None if function is None else function.path, operation)
        if function is None:
            outcome = "the payload is returned as is" if operation == "PUBLISH" else "the subscription is accepted"
            warn(f"No resolvers were found for {operation} operations with path {path}: {outcome}", stacklevel=4)
        return process, function

    async def _answer_publish(self, call: Call, function: ChannelFunction | None) -> Any:
        events = call.event.raw_event.get("events") or []
        if function is None or not events:
            return {"events": events}
        if function.aggregate:
            return await self._answer_all(call, function, events)

        async def answer(event: dict[str, Any]) -> dict[str, Any]:
            number = event.get("id")
            try:
                return {"id": number, "payload": await settle(call, function.function(payload=event.get("payload")))}
            except Exception as error:  # noqa: BLE001  # the others are answered all the same
                return {"id": number, "error": await self._tell(call, error)}

        if function.asynchronous:
            return {"events": await gather(answer, events, self._limit)}
        return {"events": [await answer(event) for event in events]}

    async def _answer_all(self, call: Call, function: ChannelFunction, events: list[dict[str, Any]]) -> Any:
        try:
            result = await settle(call, function.function(payload=events))
        except Exception as error:
            if self._is_refusal(error):
                raise
            return {"error": await self._tell(call, error)}
        if not isinstance(result, list):
            warn(
                f"{display_name(function.function)} for all events of {function.path} returned "
                f"{type(result).__name__}, not a list: AppSync will drop the events"
            )
        return {"events": result}

    async def _answer_subscribe(self, call: Call, function: ChannelFunction | None) -> Any:
        try:
            if function is not None:
                await settle(call, function.function())
        except Exception as error:
            if self._is_refusal(error):
                raise
            return {"error": await self._tell(call, error)}
        return None

    def _handler(self, error: Exception) -> Callable[[Any], Any] | None:
        """Return the function that is registered for an exception: one of all exceptions gets no refusal."""
        handlers = self.exception_handler_manager.get_registered_handlers()
        for ancestor in type(error).__mro__:
            if ancestor in handlers:
                return handlers[ancestor]
            if ancestor is UnauthorizedException:
                return None
        return None

    def _is_refusal(self, error: Exception) -> bool:
        return isinstance(error, UnauthorizedException) and self._handler(error) is None

    async def _tell(self, call: Call, error: Exception) -> Any:
        """Return what the client is told of an exception."""
        handler = self._handler(error)
        told = None if handler is None else await settle(call, handler(error))
        return f"{type(error).__name__} - {error}" if told is None else told
