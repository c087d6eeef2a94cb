"""A router for channels."""

from __future__ import annotations

from lambda_powertools.event_handler._appsync import Registered, SharesCalls, warn
from lambda_powertools.event_handler.events_appsync.base import DEFAULT_ROUTE, BaseRouter
from lambda_powertools.event_handler.exceptions import RequestStateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from lambda_powertools.data_classes.appsync_resolver_events_event import AppSyncResolverEventsEvent

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class Router(SharesCalls, BaseRouter):
    """Collects functions of channels for `app.include_router(router)`.

    A path is that of a channel, such as `/orders/new`, or ends in `/*` and is for all channels below, `/*` for all. The
    most explicit one that fits is taken. A path that is neither is warned of, and its function not registered.

    Example:
        >>> from lambda_powertools.event_handler.events_appsync.appsync_events import AppSyncEventsResolver, Router
        >>> router, app = Router(), AppSyncEventsResolver()
        >>> @router.on_subscribe("/orders/*")
        ... def check():
        ...     print("to", router.current_event.info.channel_path)
        >>> app.include_router(router)
        >>> app.resolve({"info": {"operation": "SUBSCRIBE", "channel": {"path": "/orders/7"}}, "events": None}, None)
        to /orders/7
    """

    def __init__(self) -> None:
        super().__init__()
        self.publishing: dict[str, Registered] = {}
        self.async_publishing: dict[str, Registered] = {}
        self.subscribing: dict[str, Registered] = {}

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
        """Return a decorator for the function that handles what is published.

        Args:
            path: the channels.
            aggregate: whether it is given all events as `payload` and returns such a list; else it is called for each
                event, with that event's `payload`, and returns what is broadcast in its place.
        """
        return _registering(self.publishing, "on_publish", path, aggregate=aggregate)

    def async_on_publish(self, path: str = DEFAULT_ROUTE, aggregate: bool = False) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function, see `on_publish`; calls for each event run concurrently."""
        return _registering(self.async_publishing, "async_on_publish", path, aggregate=aggregate, is_async=True)

    def on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that is called, without arguments, before a subscription is accepted."""
        return _registering(self.subscribing, "on_subscribe", path)

    def async_on_subscribe(self, path: str = DEFAULT_ROUTE) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for a coroutine function, which `on_subscribe` takes as well."""
        return _registering(self.subscribing, "async_on_subscribe", path, is_async=True)


def _registering(
    table: dict[str, Registered], decorator: str, path: str, *, aggregate: bool = False, is_async: bool = False
) -> Callable[[FunctionT], FunctionT]:
    if not isinstance(path, str):
        raise TypeError(f'{decorator} takes a path, such as {decorator}("/orders/*"); not {type(path).__name__}')
    valid = _is_path(path)
    if not valid:
        warn(
            f"The path `{path}` registered for `{decorator}` is not valid and will be skipped. A path should start "
            "with '/'; its segments are not empty and hold no '*', but the last may be one"
        )

    def register(function: FunctionT) -> FunctionT:
        if valid:
            table[path] = Registered(function, aggregate=aggregate, is_async=is_async, path=path)
        return function

    return register


def _is_path(path: str) -> bool:
    first, *segments = path.split("/")
    if first or not segments:
        return False
    if segments[-1] == "*":
        segments.pop()
    return all(segment and "*" not in segment for segment in segments)


def find(table: dict[str, Registered], path: str) -> Registered | None:
    """Return the function for a channel, in a step for each of its segments."""
    found, end = table.get(path), len(path)
    while found is None and end >= 0:
        end = path.rfind("/", 0, end)
        found = table.get(path[: end + 1] + "*")
    return found
