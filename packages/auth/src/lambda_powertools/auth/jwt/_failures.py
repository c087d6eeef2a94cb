"""Failures that callers only see as what they descend from, and by their reason."""

from __future__ import annotations

from lambda_powertools.auth.exceptions import AuthError, AuthFailureReason
from lambda_powertools.auth.jwt.exceptions import InvalidTokenError


class MissingTokenError(InvalidTokenError):
    """There is no token."""

    reason = AuthFailureReason.MISSING_TOKEN


class InsufficientScopeError(AuthError):
    """The token is valid but lacks a scope."""

    reason = AuthFailureReason.INSUFFICIENT_SCOPE


class AccessForbiddenError(AuthError):
    """The function that decides by the claims did not say yes."""

    reason = AuthFailureReason.FORBIDDEN
