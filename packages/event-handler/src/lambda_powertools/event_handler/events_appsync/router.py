"""A router: functions of channels that an app takes over, so that they can stand in a module of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.event_handler._appsync import SharesCalls, warn
from lambda_powertools.event_handler.events_appsync._channels import ChannelFunction, Channels, is_path
from lambda_powertools.event_handler.events_appsync.base import DEFAULT_ROUTE, BaseRouter
from lambda_powertools.event_handler.exceptions import RequestStateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class Router(SharesCalls, BaseRouter):
    """Collects functions of channels for `app.include_router(router)`.

    Example:
        >>> from lambda_powertools.event_handler import AppSyncEventsResolver
        >>> from lambda_powertools.event_handler.events_appsync.router import Router
        >>> router = Router()
        >>> @router.on_subscribe("/orders/*")
        ... def check():
        ...     print("to", router.current_event.info.channel_path)
        >>> app = AppSyncEventsResolver()
        >>> app.include_router(router)
        >>> app.resolve({"info": {"operation": "SUBSCRIBE", "channel": {"path": "/orders/7"}}, "events": None}, None)
        to /orders/7
    """

    def __init__(self) -> None:
        super().__init__()
        self.publishing = Channels()
        self.async_publishing = Channels()
        self.subscribing = Channels()

    @property
    def current_event(self) -> AppSyncResolverEventsEvent:
        """The event in progress, else the last one.

        Raises:
            RequestStateError: there has not been any.
        """
        call = self._calls.variable.get()
        if call is None:
            raise RequestStateError("there is no event yet: the app has not been given one")
        event: AppSyncResolverEventsEvent = call.event
        return event

    def on_publish(self, path: str = DEFAULT_ROUTE, aggregate: bool = False) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that handles what is published; see `BaseRouter`."""
        return _registering(self.publishing, "on_publish", path, aggregate=aggregate)

    def async_on_publish(self, path: str = DEFAULT_ROUTE, aggregate: bool = False) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the coroutine function that handles what is published; see `BaseRouter`."""
        return _registering(self.async_publishing, "async_on_publish", path, aggregate=aggregate, is_async=True)

    def on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that is called before a subscription is accepted; see `BaseRouter`."""
        return _registering(self.subscribing, "on_subscribe", path)

    def async_on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the coroutine function that is called before; see `BaseRouter`."""
        return _registering(self.subscribing, "async_on_subscribe", path, is_async=True)


def _registering(
    channels: Channels, decorator: str, path: str, *, aggregate: bool = False, is_async: bool = False
) -> Callable[[FunctionT], FunctionT]:
    if not isinstance(path, str):
        raise TypeError(f'{decorator} takes a path, such as {decorator}("/orders/*"); not {type(path).__name__}')
    valid = is_path(path)
    if not valid:
        warn(
            f"The path `{path}` registered for `{decorator}` is not valid and will be skipped. "
            "A path should always have a namespace starting with '/'; segments are not empty and hold no '*'; "
            "a path can have a wildcard only at the end, as '/*'",
            stacklevel=4,
        )

    def register(function: FunctionT) -> FunctionT:
        if valid:
            channels.add(ChannelFunction(path, function, aggregate=aggregate, is_async=is_async))
        return function

    return register
