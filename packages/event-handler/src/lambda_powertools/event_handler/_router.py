"""A router: routes that are registered on an app later, so that they can stand in a module of their own."""

from __future__ import annotations

from lambda_powertools.event_handler._base_router import BaseRouter
from lambda_powertools.event_handler._rules import prefixed
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.event_handler.exceptions import RequestStateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._registration import RouteOptions
    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler.request import Request

    FunctionT = TypeVar("FunctionT", bound="Callable[..., Any]")


class Router(BaseRouter):
    """Collects routes, middlewares and exception handlers for `app.include_router(router, prefix=…)`.

    Example:
        >>> from lambda_powertools.event_handler import APIGatewayRestResolver
        >>> from lambda_powertools.event_handler.router import Router
        >>> router = Router()
        >>> @router.get("/<order_id>")
        ... def order(order_id):
        ...     return {"id": order_id}
        >>> app = APIGatewayRestResolver()
        >>> app.include_router(router, prefix="/orders")
        >>> app.resolve({"path": "/orders/7", "httpMethod": "GET"}, None)["body"]
        '{"id":"7"}'
    """

    def __init__(self) -> None:
        self.registrations: list[tuple[str, Sequence[str], Callable[..., Any], RouteOptions]] = []
        self.middlewares: list[Callable[..., Any]] = []
        self.exception_handler_manager = ExceptionHandlerManager()
        self._context: dict[str, Any] = {}
        self._apps: list[ApiGatewayResolver] = []
        self._parents: list[Router] = []

    @property
    def api_resolver(self) -> ApiGatewayResolver | None:
        """The app that this is included in, None before; of several the one with the request in progress or last."""
        apps = self.apps
        return apps[0] if len(apps) == 1 else max(reversed(apps), key=_latest, default=None)

    @property
    def apps(self) -> list[ApiGatewayResolver]:
        """All apps that this is included in, also by way of other routers."""
        return [*self._apps, *(app for parent in self._parents for app in parent.apps)]

    @property
    def current_event(self) -> BaseProxyEvent:
        """The event of the request in progress, else of the last one.

        Raises:
            RequestStateError: the router is not included in an app.
        """
        return self._app("current_event").current_event

    @property
    def lambda_context(self) -> Any:
        """What the runtime handed over with the event."""
        return self._app("lambda_context").lambda_context

    @property
    def request(self) -> Request:
        """The request in progress.

        Raises:
            RequestStateError: there is none, or the router is not included in an app.
        """
        return self._app("request").request

    @property
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of a request shares: the app's, once this is included."""
        app = self.api_resolver
        return self._context if app is None else app.context

    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context: of the request in progress, else of the next one."""
        app = self.api_resolver
        if app is None:
            self._context.update(additional_context)
        else:
            app.append_context(**additional_context)

    def clear_context(self) -> None:
        """Empty the context: of the request in progress, else of the next one."""
        app = self.api_resolver
        if app is None:
            self._context.clear()
        else:
            app.clear_context()

    def use(self, middlewares: Iterable[Callable[..., Any]]) -> None:
        """Add middlewares; once this is included, they run for every route of the app."""
        self.middlewares.extend(middlewares)

    def exception_handler(
        self, exc_class: type[BaseException] | Iterable[type[BaseException]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that answers exceptions of a class, or of several, in the whole app."""
        return self.exception_handler_manager.exception_handler(exc_class)

    def include_router(self, router: Router, prefix: str | None = None) -> None:
        """Take over the routes, middlewares and exception handlers of another router."""
        for rule, methods, function, options in router.registrations:
            self.registrations.append((prefixed(rule, prefix), methods, function, options))
        self.middlewares.extend(router.middlewares)
        self.exception_handler_manager.update_exception_handlers(
            router.exception_handler_manager.get_registered_handlers()
        )
        self._context.update(router.included_in(None, self))

    def included_in(self, app: ApiGatewayResolver | None, parent: Router | None = None) -> dict[str, Any]:
        """Belong to an app, or to another router, from now on; returns the context that was collected before."""
        if app is not None and app not in self._apps:
            self._apps.append(app)
        if parent is not None and parent not in self._parents:
            self._parents.append(parent)
        collected, self._context = self._context, {}
        return collected

    def register(self, rule: str, methods: Sequence[str], function: Callable[..., Any], options: RouteOptions) -> None:
        """Register a function for a rule and methods; what the decorators call."""
        self.registrations.append((rule, methods, function, options))

    def _app(self, attribute: str) -> ApiGatewayResolver:
        app = self.api_resolver
        if app is None:
            raise RequestStateError(f"{attribute} needs an app: include this router in one, with app.include_router")
        return app


def _latest(app: ApiGatewayResolver) -> tuple[bool, int]:
    """Return what the app whose request is in progress, the innermost if they are nested, has the most of."""
    running = app.state_variable.get()
    state = running or app.last_state
    return running is not None, -1 if state is None else state.number
