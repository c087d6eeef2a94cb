"""How a failure is answered over HTTP (RFC 6750, section 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lambda_powertools.auth.exceptions import AuthFailureReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_powertools.auth.exceptions import AuthError

_MESSAGES = {401: "Unauthorized", 403: "Forbidden", 503: "Service Unavailable"}
_UNAUTHORIZED, _FORBIDDEN, _UNAVAILABLE = _MESSAGES


@dataclass(frozen=True)
class AuthErrorContext:
    """What a function that makes the response of a failure is told: nothing of the token.

    Attributes:
        status_code: 401, 403 or 503.
        headers: of the response, with `WWW-Authenticate` where RFC 6750 has it.
        reason: why.
        retryable: whether another try may succeed.
    """

    status_code: int
    headers: dict[str, str]
    reason: AuthFailureReason
    retryable: bool


def context_of(error: AuthError, scopes: Sequence[str]) -> AuthErrorContext:
    """Return how a failure is answered.

    Args:
        error: what it is.
        scopes: the scopes that were demanded.
    """
    status, challenge = _UNAUTHORIZED, 'Bearer error="invalid_token"'
    if error.reason is AuthFailureReason.MISSING_TOKEN:
        challenge = "Bearer"
    elif error.reason is AuthFailureReason.INSUFFICIENT_SCOPE:
        status, challenge = _FORBIDDEN, f'Bearer error="insufficient_scope", scope="{" ".join(scopes)}"'
    elif error.reason is AuthFailureReason.FORBIDDEN:
        status, challenge = _FORBIDDEN, ""
    elif error.reason is AuthFailureReason.JWKS_UNAVAILABLE:
        status, challenge = _UNAVAILABLE, ""
    headers = {"Content-Type": "application/json"}
    if challenge:
        headers["WWW-Authenticate"] = challenge
    return AuthErrorContext(status, headers, error.reason, error.retryable)


def body_of(context: AuthErrorContext) -> str:
    """Return the body of the response."""
    return json.dumps({"message": _MESSAGES[context.status_code]}, separators=(",", ":"))


def proxy_response(context: AuthErrorContext, event: Any) -> dict[str, Any]:
    """Return the response that the front end of an event takes."""
    given = event if isinstance(event, dict) else {}
    headers: dict[str, Any] = {"headers": dict(context.headers)}
    if isinstance(given.get("multiValueHeaders"), dict):
        # A load balancer that sends headers in this way looks for them in this way only; API Gateway takes both.
        headers = {"multiValueHeaders": {name: [value] for name, value in context.headers.items()}}
    request = given.get("requestContext")
    if isinstance(request, dict) and "elb" in request:
        headers["statusDescription"] = f"{context.status_code} {_MESSAGES[context.status_code]}"
    return {"statusCode": context.status_code, **headers, "body": body_of(context), "isBase64Encoded": False}
