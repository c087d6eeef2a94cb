"""What verifying a token may raise."""

from __future__ import annotations

from lambda_powertools.auth.exceptions import AuthError, AuthFailureReason

__all__ = [
    "AuthError",
    "AuthFailureReason",
    "InvalidClaimsError",
    "InvalidSignatureError",
    "InvalidTokenError",
    "JWKSFetchError",
    "TokenExpiredError",
]


class InvalidTokenError(AuthError):
    """The token is none, or none that may be accepted."""

    message = "Invalid access token"
    reason = AuthFailureReason.INVALID_TOKEN


class InvalidClaimsError(InvalidTokenError):
    """The signature is right, but not what the token says: issuer, audience, times or expected values."""

    message = "Invalid access token claims"
    reason = AuthFailureReason.INVALID_CLAIMS


class TokenExpiredError(InvalidTokenError):
    """The token was valid once."""

    message = "Access token expired"
    reason = AuthFailureReason.TOKEN_EXPIRED


class InvalidSignatureError(InvalidTokenError):
    """The token was not signed by the key it names, or was changed afterwards."""

    message = "Invalid access token signature"
    reason = AuthFailureReason.INVALID_SIGNATURE


class JWKSFetchError(AuthError):
    """The issuer's keys could not be fetched: whether the token is valid is not known."""

    message = "Unable to retrieve verification keys"
    reason = AuthFailureReason.JWKS_UNAVAILABLE
    retryable = True
