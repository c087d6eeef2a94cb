"""The app: routes HTTP requests of one front end to functions."""

from __future__ import annotations

from contextvars import ContextVar

from lambda_powertools.event_handler._base_router import BaseRouter
from lambda_powertools.event_handler._cycle import begin, complete, complete_async, end
from lambda_powertools.event_handler._finish import finish, to_json
from lambda_powertools.event_handler._matching import Matcher
from lambda_powertools.event_handler._openapi_methods import OpenAPIMethods
from lambda_powertools.event_handler._pipeline import Prepared
from lambda_powertools.event_handler._registration import (
    DEFAULTS,
    check_route,
    needs_a_look,
    resolve_debug,
    validation_status,
)
from lambda_powertools.event_handler._route import Route
from lambda_powertools.event_handler._rules import NO_RULE, prefixed, rule_of, usable_prefixes
from lambda_powertools.event_handler._signature import remember_local_names
from lambda_powertools.event_handler._sources import EventSource, ProxyEventType
from lambda_powertools.event_handler._state import SharedContext
from lambda_powertools.event_handler.cors import CORSConfig
from lambda_powertools.event_handler.exception_handling import ExceptionHandlerManager
from lambda_powertools.event_handler.exceptions import RequestStateError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence
    from enum import Enum
    from http import HTTPStatus
    from typing import Any, ClassVar, TypeVar

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._explain import Explanation
    from lambda_powertools.event_handler._registration import RouteOptions
    from lambda_powertools.event_handler._router import Router
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.request import Request
    from lambda_powertools.event_handler.response import Response

    FunctionT = TypeVar("FunctionT", bound="Callable[..., Any]")


_DEFAULT_VALIDATION_STATUS = 500


class ApiGatewayResolver(OpenAPIMethods, BaseRouter):
    """An app: routes HTTP requests of one front end to functions.

    Args:
        proxy_type: the front end, a `ProxyEventType`.
        cors: what CORS headers say; without it there are none, unless a route asks for them.
        debug: whether errors show their traceback and requests are printed; `POWERTOOLS_DEV` decides if not given.
        serializer: makes JSON of bodies.
        strip_prefixes: texts or patterns to cut off paths before they are matched.
        enable_validation: whether requests and responses are validated by annotations; needs the extra `openapi`.
        response_validation_error_http_code: status of a response that fails validation.
        json_body_deserializer: parses JSON bodies.
        problem_details: whether errors are answered as problem details (RFC 9457).
        max_decompressed_size: decompress bodies of requests that have a `Content-Encoding`, up to that many bytes.

    Raises:
        ValueError: `proxy_type` is no front end, or the status is none.

    Example:
        >>> from lambda_powertools.event_handler import APIGatewayHttpResolver
        >>> app = APIGatewayHttpResolver()
        >>> @app.get("/orders/<order_id>")
        ... def order(order_id):
        ...     return {"id": order_id}
        >>> event = {"rawPath": "/orders/7", "requestContext": {"http": {"method": "GET"}, "stage": "$default"}}
        >>> app.resolve(event, None)["body"]
        '{"id":"7"}'
    """

    _trailing_slashes = False
    _copies_context = False
    gets_answer_head: ClassVar[bool] = True
    """Whether routes for GET answer HEAD where that has none of its own."""

    def __init__(  # noqa: PLR0913  # each front end's class has these
        self,
        proxy_type: Enum = ProxyEventType.APIGatewayProxyEvent,
        cors: CORSConfig | None = None,
        debug: bool | None = None,
        serializer: Callable[[Any], str] | None = None,
        strip_prefixes: list[str | re.Pattern[str]] | None = None,
        enable_validation: bool = False,
        response_validation_error_http_code: HTTPStatus | int | None = None,
        json_body_deserializer: Callable[[str], Any] | None = None,
        *,
        problem_details: bool = False,
        max_decompressed_size: int | None = None,
    ) -> None:
        if not isinstance(proxy_type, ProxyEventType):
            raise ValueError(f"proxy_type is a ProxyEventType, not {proxy_type!r:.80}")  # noqa: TRY004  # a value
        self.source = EventSource(proxy_type.value)
        self.cors = cors
        self.debug = resolve_debug(debug)
        self.serializer: Callable[[Any], str] = serializer or to_json
        self.strip_prefixes = usable_prefixes(strip_prefixes)
        self.enable_validation = enable_validation
        self._response_validation_status = validation_status(
            response_validation_error_http_code, allowed=enable_validation
        )
        self.json_body_deserializer = json_body_deserializer
        self.problem_details = problem_details
        self.max_decompressed_size = max_decompressed_size
        self.dependency_overrides: dict[Callable[..., Any], Callable[..., Any]] = {}
        self.exception_handler_manager = ExceptionHandlerManager()
        self.middlewares: list[Callable[..., Any]] = []
        self.middleware_version = 0
        self.matcher = Matcher(trailing_slashes=self._trailing_slashes)
        self.shared = SharedContext(copies=self._copies_context)
        self.state_variable: ContextVar[RequestState | None] = ContextVar("event_handler_request", default=None)
        self.last_state: RequestState | None = None
        self._unmatched: Prepared | None = None

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        """Do what `resolve` does, so that an app is a Lambda handler itself."""
        return self.resolve(event, context)

    def resolve(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer a request. What is asynchronous in its route runs on the environment's event loop.

        Args:
            event: the event of the front end.
            context: what the runtime hands over; not looked at.

        Returns:
            The response, as the front end takes it.

        Raises:
            Exception: what the route failed with, unless it is a `ServiceError` or a function is registered for it.
        """
        state = begin(self, event, context)
        try:
            if self.prepared(state.route).asynchronous:
                from lambda_powertools.core import loop

                return loop.run(complete_async(self, state))
            return complete(self, state)
        finally:
            end(self, state)

    async def resolve_async(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer a request where an event loop is running; see `resolve`.

        Plain functions run on the loop, plain middlewares in a thread that belongs to the request.
        """
        state = begin(self, event, context)
        try:
            return await complete_async(self, state)
        finally:
            end(self, state)

    def prepare(self) -> None:
        """Prepare all routes there are, so that no request pays for it."""
        for route in self.matcher.routes:
            self.prepared(route)

    def explain(self, method: str, path: str) -> Explanation:
        """Say which route answers a method and path, and why; or why none does.

        Example:
            >>> from lambda_powertools.event_handler import APIGatewayRestResolver
            >>> app = APIGatewayRestResolver()
            >>> @app.get("/orders/<order_id>")
            ... def order(order_id): ...
            >>> print(app.explain("GET", "/orders/7"))
            GET /orders/7 -> order: rule '/orders/<order_id>' (dynamic), order_id='7'
            >>> print(app.explain("POST", "/orders/7"))
            POST /orders/7 -> 405: the path has routes for GET only
        """
        from lambda_powertools.event_handler._explain import explain

        return explain(self, method, path)

    @property
    def current_event(self) -> BaseProxyEvent:
        """The event of the request in progress, else of the last one.

        Raises:
            RequestStateError: there has not been any.
        """
        return self._any_state().event

    @property
    def lambda_context(self) -> Any:
        """What the runtime handed over with the event."""
        return self._any_state().lambda_context

    @property
    def request(self) -> Request:
        """The request in progress.

        Raises:
            RequestStateError: there is none.
        """
        state = self.state_variable.get()
        if state is None:
            raise RequestStateError("there is a request only after route resolution, until its response is made")
        return state.current_request()

    @property
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of a request shares; empty again when the request is done."""
        state = self.state_variable.get()
        return self.shared.outside() if state is None else state.context

    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context: of the request in progress, else of the next one."""
        state = self.state_variable.get()
        if state is None:
            self.shared.append(additional_context)
        else:
            state.context.update(additional_context)

    def clear_context(self) -> None:
        """Empty the context: of the request in progress, else of the next one."""
        state = self.state_variable.get()
        if state is None:
            self.shared.forget()
        else:
            state.context.clear()

    def use(self, middlewares: Iterable[Callable[..., Any]]) -> None:
        """Add middlewares that run for every route, and for paths without one, inside those there are."""
        for middleware in middlewares:
            remember_local_names(middleware)
            self.middlewares.append(middleware)
        self.middleware_version += 1

    def exception_handler(
        self, exc_class: type[BaseException] | Iterable[type[BaseException]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that answers exceptions of a class, or of several."""
        return self.exception_handler_manager.exception_handler(exc_class)

    def include_router(self, router: Router, prefix: str | None = None) -> None:
        """Register the routes of a router behind those there are, and take over its middlewares and the rest.

        Args:
            router: the router; it may be included several times, with different prefixes.
            prefix: put before each of its rules.

        Raises:
            RouteConflictError: a method has a rule already.
        """
        first = self not in router.apps
        self.shared.base.update(router.included_in(self))
        if first and router.middlewares:
            self.use(router.middlewares)
        self.exception_handler_manager.update_exception_handlers(
            router.exception_handler_manager.get_registered_handlers()
        )
        for rule, methods, function, options in router.registrations:
            self.register(prefixed(rule, prefix), methods, function, options)

    def prepared(self, route: Route) -> Prepared:
        """Return what the pipeline needs to know of a route, found out once."""
        prepared = route.prepared
        if prepared is None or prepared.version != self.middleware_version:
            if route.parsed is not NO_RULE:
                prepared = route.prepared = Prepared(self, route, validated=self.is_validated(route))
            else:  # routes that stand for none are alike
                prepared = self._unmatched
                if prepared is None or prepared.version != self.middleware_version:
                    prepared = self._unmatched = Prepared(self, route, validated=False)
        return prepared

    def is_validated(self, route: Route) -> bool:
        """Return whether requests and responses of a route are validated."""
        own = route.options.enable_validation
        return self.enable_validation if own is None else own

    def response_validation_status(self, route: Route) -> int:
        """Return the status of a response of this route that fails validation."""
        return self.chosen_validation_status(route) or _DEFAULT_VALIDATION_STATUS

    def chosen_validation_status(self, route: Route) -> int | None:
        """Return the status that was chosen for such a response, None if none was."""
        own = route.options.custom_response_validation_http_code
        return self._response_validation_status if own is None else int(own)

    def cors_of(self, route: Route) -> CORSConfig | None:
        """Return what the CORS headers of a route say, None for no such headers."""
        own = route.options.cors
        if own is None:
            return self.cors
        return (self.cors or CORSConfig()) if own else None

    def prepare_event(self, event: Any) -> None:
        """Do to an event what its front end needs."""

    def path_values(self, route: Route, groups: dict[str, str], raw: dict[str, Any]) -> dict[str, str]:  # noqa: ARG002
        """Return the values of a route's dynamic parts: what they matched, where the path is one that was asked for."""
        return groups

    def told(self, raw: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002  # those of front ends that have more do
        """Return what other plugins may know of a request beside its route."""
        return {}

    def status_of(self, result: dict[str, Any]) -> int | None:
        """Return the status of a response in the way of the front end."""
        return result.get("statusCode")

    def build(self, state: RequestState, response: Response[Any]) -> dict[str, Any]:
        """Return a response in the way of the front end."""
        result = finish(response, state.event, self.serializer, state.route.options, self.prepared(state.route).cors)
        if state.answers_head:
            result["body"], result["isBase64Encoded"] = "", False
        return result

    def failure(self, event: Any, error: BaseException | None = None) -> dict[str, Any]:  # noqa: ARG002
        """Return the response to a request that could not be answered, which tells nothing of why."""
        from lambda_powertools.event_handler._errors import error_response

        data = self.source.data_class(getattr(event, "raw_event", event))
        response = error_response(self, 500, "Internal Server Error")
        return finish(response, data, self.serializer, DEFAULTS, self.cors)

    def register(self, rule: str, methods: Sequence[str], function: Callable[..., Any], options: RouteOptions) -> None:
        """Register a function for a rule and methods; what the decorators call."""
        parsed = rule_of(self.matcher.normalize(rule))
        routes = [Route(method, rule, parsed, function, options) for method in methods]
        if options is not DEFAULTS or self.enable_validation or needs_a_look(function):
            check_route(self, routes[0])
        self.matcher.add(routes)

    def _any_state(self) -> RequestState:
        state = self.state_variable.get() or self.last_state
        if state is None:
            raise RequestStateError("there is no event yet: the app has not been given one")
        return state

    # What code and tests of users read, though it was never documented.

    @property
    def _debug(self) -> bool:
        return self.debug

    @property
    def _cors(self) -> CORSConfig | None:
        return self.cors

    @property
    def _static_routes(self) -> list[Route]:
        return [route for route in self.matcher.routes if not route.parsed.has_group]

    @property
    def _dynamic_routes(self) -> list[Route]:
        return [route for route in self.matcher.routes if route.parsed.has_group]

    def _get_base_path(self) -> str:
        state = self.state_variable.get() or self.last_state
        return "" if state is None else self.source.base_path(state.raw)
