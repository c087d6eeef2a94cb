"""What is said about an app and its routes, and looked at when they are made, so that mistakes show then."""

from __future__ import annotations

from types import FunctionType

from lambda_powertools.core.settings import Settings
from lambda_powertools.event_handler._signature import check_defaults, remember_local_names, wants_injection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from http import HTTPStatus
    from typing import Any, TypedDict

    class ActionKeywords(TypedDict, total=False):
        """The keywords of the decorators that register an action of an agent, beside those taken by position."""

        summary: str | None
        responses: Mapping[int, Any] | None
        response_description: str
        tags: Sequence[Any] | None
        operation_id: str | None
        include_in_schema: bool
        openapi_extensions: dict[str, Any] | None
        deprecated: bool
        enable_validation: bool | None
        custom_response_validation_http_code: int | HTTPStatus | None
        status_code: int
        middlewares: Sequence[Callable[..., Any]] | None

    class RouteKeywords(ActionKeywords, total=False):
        """The keywords of the decorators that register a route, beside those that are also taken by position."""

        description: str | None
        security: list[dict[str, list[str]]] | None

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route


class RouteOptions:
    """The options of a route; never changed, so one object may serve several routes.

    Args:
        cors: whether responses have CORS headers; None as the resolver says.
        compress: whether responses are compressed for clients that accept it.
        cache_control: value of `Cache-Control` for responses of status 200; others get `no-cache`.
        summary: short summary in the OpenAPI document, as all of the following up to `deprecated`.
        description: what the route does, in Markdown.
        responses: the responses by status, see `openapi.types.OpenAPIResponse`.
        response_description: description of the successful response.
        tags: tags of the operation.
        operation_id: unique name of the operation.
        include_in_schema: whether the route is in the document at all.
        security: what of the security schemes is required; `[]` for nothing.
        openapi_extensions: further keys, all beginning with `x-`.
        deprecated: whether clients should no longer use it.
        enable_validation: whether requests and responses are validated; None as the resolver says.
        custom_response_validation_http_code: status of a response that fails validation.
        status_code: status of a response for which the function gives none.
        middlewares: middlewares of this route, which run inside those of the app.
    """

    __slots__ = (
        "cache_control",
        "compress",
        "cors",
        "custom_response_validation_http_code",
        "deprecated",
        "description",
        "enable_validation",
        "include_in_schema",
        "middlewares",
        "openapi_extensions",
        "operation_id",
        "response_description",
        "responses",
        "security",
        "status_code",
        "summary",
        "tags",
    )

    def __init__(  # noqa: PLR0913  # the one place where all of them are spelled out
        self,
        *,
        cors: bool | None = None,
        compress: bool = False,
        cache_control: str | None = None,
        summary: str | None = None,
        description: str | None = None,
        responses: Mapping[int, Any] | None = None,
        response_description: str = "Successful Response",
        tags: Sequence[Any] | None = None,
        operation_id: str | None = None,
        include_in_schema: bool = True,
        security: list[dict[str, list[str]]] | None = None,
        openapi_extensions: dict[str, Any] | None = None,
        deprecated: bool = False,
        enable_validation: bool | None = None,
        custom_response_validation_http_code: int | HTTPStatus | None = None,
        status_code: int = 200,
        middlewares: Sequence[Callable[..., Any]] | None = None,
    ) -> None:
        self.cors = cors
        self.compress = compress
        self.cache_control = cache_control
        self.summary = summary
        self.description = description
        self.responses = responses
        self.response_description = response_description
        self.tags = tuple(tags) if tags else ()
        self.operation_id = operation_id
        self.include_in_schema = include_in_schema
        self.security = security
        self.openapi_extensions = openapi_extensions
        self.deprecated = deprecated
        self.enable_validation = enable_validation
        self.custom_response_validation_http_code = custom_response_validation_http_code
        self.status_code = status_code
        self.middlewares = tuple(middlewares) if middlewares else ()


DEFAULTS = RouteOptions()
"""The options of a route that names none."""


_LOWEST_STATUS, _HIGHEST_STATUS = 100, 599


def resolve_debug(explicit: bool | None) -> bool:
    """Return whether an app is in debug mode, and warn when it is the environment that says so."""
    if explicit is not None:
        return explicit
    if not Settings.dev.resolve():
        return False
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        "POWERTOOLS_DEV environment variable is enabled: errors show their traceback and requests are printed",
        PowertoolsUserWarning,
        stacklevel=4,
    )
    return True


def validation_status(given: HTTPStatus | int | None, *, allowed: bool) -> int | None:
    """Return the status of responses that fail validation.

    Raises:
        ValueError: it is no HTTP status, or nothing is validated.
    """
    if given is None:
        return None
    value: Any = given
    if not isinstance(value, int) or isinstance(value, bool) or not _LOWEST_STATUS <= value <= _HIGHEST_STATUS:
        raise ValueError(f"the status of responses that fail validation is {given!r:.80}, which is no HTTP status code")
    if not allowed:
        raise ValueError("a status for responses that fail validation needs enable_validation=True")
    return int(value)


def needs_a_look(function: Any) -> bool:
    """Return whether a function may be one that `check_route` refuses: not if it has no annotations and defaults."""
    return function.__class__ is not FunctionType or bool(
        function.__annotations__ or function.__defaults__ or function.__kwdefaults__ or function.__dict__
    )


def check_route(app: ApiGatewayResolver, route: Route) -> None:
    """Refuse a route that cannot work on this app.

    Raises:
        DependencyResolutionError: its function declares dependencies that cannot be had.
        ValueError: its status for responses that fail validation is none.
    """
    validated = app.is_validated(route)
    code = route.options.custom_response_validation_http_code
    if code is not None:
        validation_status(code, allowed=validated)
    function: Any = route.func
    if not callable(function):
        raise TypeError(f"{route.method} {route.path} takes a function, not {type(function).__name__}")
    check_defaults(function)
    for middleware in route.options.middlewares:
        remember_local_names(middleware)
    if validated:
        from lambda_powertools.event_handler.middlewares import openapi_validation

        openapi_validation.check_route(app, route)
    elif wants_injection(function):
        from lambda_powertools.event_handler._injection import check_dependencies, injection_of

        injection = injection_of(function, tolerant=True)
        if injection is not None:
            check_dependencies(injection, function)
