"""What apps and routers have in common: decorators that register functions."""

from __future__ import annotations

from abc import ABC, abstractmethod

from lambda_powertools.event_handler._registration import DEFAULTS, RouteOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, Protocol, TypeVar

    from typing_extensions import Unpack

    from lambda_powertools.data_classes.common import BaseProxyEvent
    from lambda_powertools.event_handler._registration import RouteKeywords
    from lambda_powertools.event_handler.request import Request

    class Verb(Protocol):
        """Registers functions for one method; see `BaseRouter.route`."""

        def __call__(
            self,
            rule: str,
            cors: bool | None = None,
            compress: bool = False,
            cache_control: str | None = None,
            **options: Unpack[RouteKeywords],
        ) -> Callable[[FunctionT], FunctionT]: ...

    FunctionT = TypeVar("FunctionT", bound="Callable[..., Any]")


def _said(cors: bool | None, compress: bool, cache_control: str | None, more: Any) -> RouteOptions:
    if more or cors is not None or compress or cache_control is not None:
        return RouteOptions(cors=cors, compress=compress, cache_control=cache_control, **more)
    return DEFAULTS


def _decorator(
    router: BaseRouter, rule: str, methods: tuple[str, ...], options: RouteOptions
) -> Callable[[FunctionT], FunctionT]:
    def register(function: FunctionT) -> FunctionT:
        router.register(rule, methods, function, options)
        return function

    return register


def _verb(method: str) -> Verb:
    """Return the method of routers that registers functions for an HTTP method."""
    methods = (method,)

    def verb(
        self: BaseRouter,
        rule: str,
        cors: bool | None = None,
        compress: bool = False,
        cache_control: str | None = None,
        **options: Any,
    ) -> Any:
        return _decorator(self, rule, methods, _said(cors, compress, cache_control, options))

    verb.__name__ = method.lower()
    verb.__doc__ = f"Return a decorator that registers a function for {method}; see `route`."
    bound: Any = verb  # as an attribute of the class it is a method
    found: Verb = bound
    return found


class BaseRouter(ABC):
    """Registers routes, middlewares and exception handlers; see `RouteOptions` for what can be said of a route."""

    @property
    @abstractmethod
    def current_event(self) -> BaseProxyEvent:
        """The event of the request in progress, else of the last one."""

    @property
    @abstractmethod
    def lambda_context(self) -> Any:
        """What the runtime handed over with the event."""

    @property
    @abstractmethod
    def request(self) -> Request:
        """The request in progress.

        Raises:
            RequestStateError: there is none.
        """

    @property
    @abstractmethod
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of a request shares; empty again when the request is done."""

    @abstractmethod
    def use(self, middlewares: Iterable[Callable[..., Any]]) -> None:
        """Add middlewares that run for every route of the app, inside those there are."""

    @abstractmethod
    def exception_handler(
        self, exc_class: type[BaseException] | Iterable[type[BaseException]]
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator for the function that answers exceptions of a class, or of several."""

    @abstractmethod
    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context: of the request in progress, else of the next one."""

    @abstractmethod
    def register(self, rule: str, methods: Sequence[str], function: Callable[..., Any], options: RouteOptions) -> None:
        """Register a function for a rule and methods; what the decorators call."""

    @abstractmethod
    def clear_context(self) -> None:
        """Empty the context: of the request in progress, else of the next one."""

    def not_found(self, func: FunctionT | None = None) -> Any:
        """Register the function that answers paths without a route, and `NotFoundError`; with or without `()`."""
        from lambda_powertools.event_handler.exceptions import NotFoundError

        register = self.exception_handler(NotFoundError)
        return register if func is None else register(func)

    def route(
        self,
        rule: str,
        method: str | Sequence[str],
        cors: bool | None = None,
        compress: bool = False,
        cache_control: str | None = None,
        **options: Unpack[RouteKeywords],
    ) -> Callable[[FunctionT], FunctionT]:
        """Return a decorator that registers a function for a rule and a method, or several.

        Args:
            rule: the path, a regular expression in which `<name>` stands for a part that the function is given.
            method: the method or methods.
            cors: whether responses have CORS headers; None as the resolver says.
            compress: whether responses are compressed for clients that accept it.
            cache_control: value of `Cache-Control` for responses of status 200; others get `no-cache`.
            **options: see `RouteOptions`.

        Raises:
            InvalidRouteError: the rule cannot be matched, or the method has it already.
            DependencyResolutionError: the function declares dependencies that cannot be had.
        """
        methods = (method.upper(),) if isinstance(method, str) else tuple(one.upper() for one in method)
        return _decorator(self, rule, methods, _said(cors, compress, cache_control, options))

    get = _verb("GET")
    """Registers a function for GET, and for HEAD unless that has a route of its own; see `route`."""

    post = _verb("POST")
    put = _verb("PUT")
    delete = _verb("DELETE")
    patch = _verb("PATCH")
    head = _verb("HEAD")
