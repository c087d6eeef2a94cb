"""From an exception to the response that answers it."""

from __future__ import annotations

import sys

from lambda_powertools.event_handler._state import settle
from lambda_powertools.event_handler.content_types import APPLICATION_JSON, TEXT_PLAIN
from lambda_powertools.event_handler.exceptions import DependencyResolutionError, ServiceError
from lambda_powertools.event_handler.response import Response, to_response

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.event_handler._resolver import ApiGatewayResolver
    from lambda_powertools.event_handler._state import RequestState

PROBLEM_JSON = "application/problem+json"


async def answer(app: ApiGatewayResolver, state: RequestState, error: Exception) -> Response[Any]:
    """Return the response to an exception: of the function registered for it, else of what it is itself.

    Raises:
        Exception: `error`, when nothing answers it; what a registered function raises, unless it is a `ServiceError`.
    """
    handler, given = _find(app, error)
    if handler is not None:
        try:
            result = await settle(state, handler(given))
        except ServiceError as raised:
            return error_response(app, raised.status_code, raised.msg)
        return to_response(result, state.route)
    response = convert(app, state, given)
    if response is not None:
        return response
    if app.debug:
        import traceback

        text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        return Response(500, TEXT_PLAIN, text)
    from lambda_powertools.core.package_logger import get_logger

    get_logger("lambda_powertools.event_handler").error("exception out of %s", state.route, exc_info=error)
    raise error


def _find(app: ApiGatewayResolver, error: Exception) -> tuple[Callable[[Any], Any] | None, Exception]:
    """Return the function registered for an exception and what to give it: of a failed dependency what it failed by."""
    manager = app.exception_handler_manager
    while isinstance(error, DependencyResolutionError) and isinstance(error.__cause__, Exception):
        own = manager.get_registered_handlers().get(DependencyResolutionError)
        if own is not None:
            return own, error
        handler = manager.lookup_exception_handler(type(error.__cause__))
        if handler is not None and not isinstance(error.__cause__, DependencyResolutionError):
            return handler, error.__cause__
        error = error.__cause__
    return manager.lookup_exception_handler(type(error)), error


def convert(app: ApiGatewayResolver, state: RequestState, error: Exception) -> Response[Any] | None:
    """Return the response that an exception stands for, None for one that stands for none."""
    if isinstance(error, ServiceError):
        response = error_response(app, error.status_code, error.msg)
        allowed = getattr(error, "allowed", ())
        if allowed:
            response.headers["Allow"] = ", ".join(allowed)
        return response
    validation = sys.modules.get("lambda_powertools.event_handler.openapi.exceptions")
    if validation is None:  # nobody can have raised one of its exceptions
        return None
    if isinstance(error, validation.RequestUnsupportedContentType):
        return _validation_response(app, 415, error)
    if isinstance(error, validation.RequestValidationError):
        return _validation_response(app, 422, error)
    if isinstance(error, validation.ResponseValidationError):
        return _validation_response(app, app.response_validation_status(state.route), error)
    return None


def error_response(app: ApiGatewayResolver, status_code: int, message: str | dict[str, Any]) -> Response[Any]:
    """Return the response that tells a client about an error: with a message, or as problem details (RFC 9457)."""
    if not app.problem_details:
        return Response(status_code, APPLICATION_JSON, {"statusCode": int(status_code), "message": message})
    members = {"detail": message} if isinstance(message, str) else message
    return problem_response(status_code, members)


def problem_response(status_code: int, members: dict[str, Any]) -> Response[Any]:
    """Return problem details.

    https://www.rfc-editor.org/rfc/rfc9457
    """
    from http import HTTPStatus

    try:
        title = HTTPStatus(status_code).phrase
    except ValueError:  # a status of somebody's own
        title = "Error"
    problem = {"type": "about:blank", "title": title, "status": int(status_code), **members}
    return Response(status_code, PROBLEM_JSON, problem)


def _validation_response(app: ApiGatewayResolver, status_code: int, error: Any) -> Response[Any]:
    detail = error.detail()
    if not app.problem_details:
        return Response(status_code, APPLICATION_JSON, {"statusCode": int(status_code), "detail": detail})
    return problem_response(status_code, {"detail": "The data is not valid", "errors": detail})
