"""What is looked at when an app is made and when a route is registered, so that mistakes show then."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Settings
from lambda_powertools.event_handler._signature import check_defaults, wants_injection

if TYPE_CHECKING:
    from http import HTTPStatus

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._route import Route

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
    if validated:
        from lambda_powertools.event_handler.middlewares import openapi_validation

        openapi_validation.check_route(app, route)
    elif wants_injection(function):
        from lambda_powertools.event_handler._injection import check_dependencies, injection_of

        injection = injection_of(function, tolerant=True)
        if injection is not None:
            check_dependencies(injection, function)
