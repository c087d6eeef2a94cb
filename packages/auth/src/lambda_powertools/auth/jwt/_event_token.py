"""The `Authorization` header of an HTTP event, which there must be exactly one of."""

from __future__ import annotations

from typing import Any

from lambda_powertools.auth.jwt.exceptions import InvalidTokenError


def authorization_of(event: Any) -> Any:
    """Return the value of the header in an event of API Gateway, ALB, a function URL or VPC Lattice; None without it.

    Raises:
        InvalidTokenError: there are several, of which one may be somebody else's.
    """
    found = [
        value
        for name in ("headers", "multiValueHeaders")
        if isinstance(headers := event.get(name) if isinstance(event, dict) else None, dict)
        for value in [_single(headers)]
        if value is not None
    ]
    if len(found) > 1 and found[0] != found[1]:
        raise InvalidTokenError
    return found[0] if found else None


def _single(headers: dict[Any, Any]) -> Any:
    values = [value for name, value in headers.items() if isinstance(name, str) and name.lower() == "authorization"]
    if len(values) > 1:
        raise InvalidTokenError
    if not values or not isinstance(values[0], list):
        return values[0] if values else None
    if len(values[0]) != 1 or values[0][0] is None:
        raise InvalidTokenError
    return values[0][0]
