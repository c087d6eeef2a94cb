"""The plugin: gives the events of a handler to an app, without importing one."""

from __future__ import annotations

from lambda_powertools.core import Plugin, hookimpl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.core import Application, Invocation


class EventHandlerOptions:
    """What `@powertools(event_handler={…})` may name; an app is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, powertools
        >>> from lambda_powertools.event_handler import APIGatewayRestResolver
        >>> from lambda_powertools.event_handler.plugin import EventHandlerPlugin
        >>> registry = Registry()
        >>> registry.register(EventHandlerPlugin)
        >>> app = APIGatewayRestResolver()
        >>> @app.get("/ping")
        ... def ping():
        ...     return "pong"
        >>> @powertools(registry=registry, event_handler=app)
        ... def handler(event, context):
        ...     return "what comes from no API"
        >>> handler({"path": "/ping", "httpMethod": "GET"}, None)["body"]
        'pong'
        >>> handler({"source": "aws.events"}, None)
        'what comes from no API'
    """

    def __init__(
        self,
        *,
        resolver: Any = None,
        passthrough: bool = True,
        catch_unhandled: bool = False,
        prepare: bool = True,
        data_model: Any = None,
    ) -> None:
        """Keep the options.

        Args:
            resolver: the app; without one the plugin does nothing by itself.
            passthrough: whether the decorated function handles events that are none of the app's front end; else the
                app is given them, too.
            catch_unhandled: whether an error that the app does not answer becomes a response of status 500, in place
                of a function error.
            prepare: whether to prepare the app's routes when the handler is decorated, so that no request pays for it.
            data_model: of an `AppSyncResolver`, the class of its `current_event`.

        Raises:
            TypeError: `resolver` is no app, or another option is not for apps of its kind.
        """
        if resolver is not None and not (hasattr(resolver, "resolve") and hasattr(resolver, "resolve_async")):
            raise TypeError(f"resolver is an app such as APIGatewayRestResolver(), not {type(resolver).__name__}")
        if data_model is not None and not hasattr(resolver, "batch_resolver"):
            raise TypeError("data_model is for an AppSyncResolver")
        if catch_unhandled and resolver is not None and not hasattr(resolver, "failure"):
            raise TypeError(f"catch_unhandled is for apps that answer with a status, not {type(resolver).__name__}")
        self.resolver = resolver
        self.passthrough = passthrough
        self.catch_unhandled = catch_unhandled
        self.prepare = prepare
        self.data_model = data_model

    @classmethod
    def from_value(cls, value: Any) -> EventHandlerOptions:
        """Take an app.

        Raises:
            TypeError: it is none.
        """
        return cls(resolver=value)


class EventHandlerPlugin(Plugin[EventHandlerOptions]):
    """Gives the events of its front end to an app, and leaves other events to the decorated function.

    While a route runs, `invocation.state["event_handler"]` holds its `route` (`/users/{id}`, None for an unknown path)
    and `method`, afterwards the `status_code` as well; also where the function itself calls `app.resolve`. Of AppSync,
    the route is the field (`Query.order`), or the path registered for the channel, whose method is the operation.
    """

    name = "event_handler"
    order = 900
    Options = EventHandlerOptions

    def __init__(self, options: EventHandlerOptions | None = None) -> None:
        super().__init__(options or EventHandlerOptions())
        self._app = self.options.resolver
        self._accepts: Callable[[Any], bool] = getattr(getattr(self._app, "source", self._app), "accepts", bool)
        self._more = {} if self.options.data_model is None else {"data_model": self.options.data_model}
        self._calls = getattr(self._app, "own_calls", None)  # what an app of AppSync has
        self._is_async = False

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Prepare the routes there are."""
        self._is_async = application.is_async
        if self._app is None:
            self.stand_aside()
            return
        if self._calls is None:
            vars(self)["after_invoke"] = None  # others leave nothing behind
        if self.options.prepare and hasattr(self._app, "prepare"):
            self._app.prepare()

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> Any:
        """Answer the event, if it is one of the app's front end."""
        if not self._is_mine(invocation):
            return None
        if self._is_async:
            return self._respond_async(invocation)
        try:
            response = self._app.resolve(invocation.event, invocation.context, **self._more)
            if hasattr(response, "__await__"):  # of an asynchronous function of AppSync
                from lambda_powertools.event_handler._state import run_awaitable

                response = run_awaitable(response)
        except Exception as error:  # noqa: BLE001  # it goes on, unless all errors are to be answered
            response = self._answer(invocation, error)
        invocation.respond(response)
        return None

    @hookimpl
    def after_invoke(self) -> None:
        """Empty the context of AppSync's app, which the function may have filled without giving that an event."""
        if self._calls is not None:
            self._calls.forget()

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> None:
        """Answer an error of the decorated function, where that is wanted and the event is the front end's."""
        if self._calls is not None:
            self._calls.forget()
        if self.options.catch_unhandled and isinstance(error, Exception) and self._is_mine(invocation):
            invocation.recover(self._answer(invocation, error))

    async def _respond_async(self, invocation: Invocation) -> None:
        try:
            response = await self._app.resolve_async(invocation.event, invocation.context, **self._more)
        except Exception as error:  # noqa: BLE001  # it goes on, unless all errors are to be answered
            response = self._answer(invocation, error)
        invocation.respond(response)

    def _is_mine(self, invocation: Invocation) -> bool:
        app = self._app
        return app is not None and (not self.options.passthrough or self._accepts(invocation.event))

    def _answer(self, invocation: Invocation, error: Exception) -> dict[str, Any]:
        """Return the response of status 500, or raise the error again."""
        if not self.options.catch_unhandled:
            raise error
        from lambda_powertools.core.package_logger import report_failure

        report_failure("a request was answered with status 500", error)
        note = invocation.state.get("event_handler")
        if note is not None:
            note["status_code"] = 500
        response: dict[str, Any] = self._app.failure(invocation.event, error)
        return response
