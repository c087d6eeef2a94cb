"""The verifier as a middleware of the event handler: a function of the app and of what comes next."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lambda_powertools.auth._checks import callable_or_none
from lambda_powertools.auth._checks import scopes as checked_scopes
from lambda_powertools.auth._detached import detach
from lambda_powertools.auth.exceptions import AuthError
from lambda_powertools.auth.jwt._event_token import authorization_of
from lambda_powertools.auth.jwt._failures import AccessForbiddenError
from lambda_powertools.auth.jwt._failures_in_http import body_of, context_of
from lambda_powertools.auth.jwt._scopes import check_allowed, check_scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lambda_powertools.auth.jwt._failures_in_http import AuthErrorContext
    from lambda_powertools.auth.jwt._verifier import Verifier

_CLAIMS = "claims"
_ABSENT = object()


def make_middleware(
    verifier: Verifier,
    scopes: Sequence[str] | None,
    authorize: Callable[[dict[str, Any]], bool] | None,
    on_error: Callable[[AuthErrorContext], Any] | None,
) -> Callable[[Any, Callable[[Any], Any]], Any]:
    """Return the middleware.

    Raises:
        AuthConfigError: an argument is wrong.
    """
    required = checked_scopes(scopes)
    callable_or_none(authorize, "authorize")
    callable_or_none(on_error, "on_error")

    def authenticate(app: Any, next_middleware: Callable[[Any], Any]) -> Any:
        try:
            claims = verifier.verify_authorization_header(authorization_of(app.current_event.raw_event))
            check_scopes(claims, required)
        except AuthError as error:
            return _answer(context_of(error, required), on_error)
        try:
            check_allowed(claims, authorize)
        except AccessForbiddenError as error:
            return _answer(context_of(error, required), on_error)
        return _with_claims(app, claims, next_middleware)

    return authenticate


def _with_claims(app: Any, claims: dict[str, Any], next_middleware: Callable[[Any], Any]) -> Any:
    shared = app.context
    previous = shared.get(_CLAIMS, _ABSENT)
    shared[_CLAIMS] = claims
    try:
        return next_middleware(app)
    finally:  # the context may outlive the request
        shared.pop(_CLAIMS, None)
        if previous is not _ABSENT:
            shared[_CLAIMS] = previous


def _answer(context: AuthErrorContext, on_error: Callable[[AuthErrorContext], Any] | None) -> Any:
    if on_error is not None:
        return on_error(context)
    headers = dict(context.headers)
    # Whoever runs a middleware has it; this package does not depend on it.
    response = import_module("lambda_powertools.event_handler").Response
    return response(context.status_code, headers.pop("Content-Type"), body_of(context), headers=headers)


def authenticate_event(
    verifier: Verifier,
    event: Any,
    scopes: Sequence[str],
    authorize: Callable[[dict[str, Any]], bool] | None,
) -> dict[str, Any]:
    """Return the claims of the token in an HTTP event.

    Raises:
        AuthError: it is refused.
    """
    try:
        claims = verifier.verify_authorization_header(authorization_of(event))
        check_scopes(claims, scopes)
        check_allowed(claims, authorize)
    except AuthError as error:
        detach(error)
        raise
    return claims
