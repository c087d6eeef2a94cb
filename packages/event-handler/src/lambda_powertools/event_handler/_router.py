"""A router: routes that are registered on an app later, so that they can stand in a module of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lambda_powertools.event_handler._base_router import BaseRouter
from lambda_powertools.event_handler._rules import prefixed
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.event_handler.exceptions import RequestStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
        self._parent: Router | None = None
        self._api_resolver: ApiGatewayResolver | None = None

    @property
    def api_resolver(self) -> ApiGatewayResolver | None:
        """The app that this is included in, None before."""
        if self._api_resolver is None and self._parent is not None:
            return self._parent.api_resolver
        return self._api_resolver

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
        self._api_resolver, self._parent = app, parent
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
