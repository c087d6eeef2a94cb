"""Verification of JWT access tokens, OAuth 2.0 client credentials and SigV4 signing for AWS Lambda functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.auth.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.auth.exceptions import AuthConfigError, AuthError, AuthFailureReason
    from lambda_powertools.auth.jwt import AuthErrorContext, JWTVerifier, Verifier
    from lambda_powertools.auth.oauth2 import OAuth2Client
    from lambda_powertools.auth.sigv4 import SigV4Signer

_LAZY = {
    "AuthConfigError": "exceptions",
    "AuthError": "exceptions",
    "AuthErrorContext": "jwt",
    "AuthFailureReason": "exceptions",
    "JWTVerifier": "jwt",
    "OAuth2Client": "oauth2",
    "SigV4Signer": "sigv4",
    "Verifier": "jwt",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AuthConfigError",
    "AuthError",
    "AuthErrorContext",
    "AuthFailureReason",
    "JWTVerifier",
    "OAuth2Client",
    "SigV4Signer",
    "Verifier",
    "__version__",
]
