"""The scopes of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.auth._checks import is_scope
from lambda_powertools.auth.jwt._failures import AccessForbiddenError, InsufficientScopeError
from lambda_powertools.auth.jwt.exceptions import InvalidClaimsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CLAIMS = ("scope", "scp", "scopes")  # RFC 8693 section 4.2; Microsoft and Okta; others


def check_scopes(claims: dict[str, Any], required: Sequence[str]) -> None:
    """Check that a token has all scopes.

    Raises:
        InsufficientScopeError: it lacks one.
        InvalidClaimsError: what it says of its scopes is none.
    """
    if not required:
        return
    name = next((name for name in _CLAIMS if name in claims), None)
    value = None if name is None else claims[name]
    if name is None:
        granted: list[Any] = []
    elif isinstance(value, str):
        granted = [scope for scope in value.split(" ") if scope]
    elif isinstance(value, list):
        granted = value
    else:
        raise InvalidClaimsError
    if not all(is_scope(scope) for scope in granted):
        raise InvalidClaimsError
    if not set(required) <= set(granted):
        raise InsufficientScopeError


def check_allowed(claims: dict[str, Any], authorize: Callable[[dict[str, Any]], bool] | None) -> None:
    """Ask a function whether it goes on; what the function raises is raised.

    Raises:
        AccessForbiddenError: it did not return True.
    """
    if authorize is not None and authorize(claims) is not True:
        raise AccessForbiddenError
