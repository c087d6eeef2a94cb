"""Verification of JWT access tokens (RFC 7519, RFC 9068) of trusted issuers."""

from __future__ import annotations

from lambda_powertools.auth.exceptions import AuthFailureReason
from lambda_powertools.auth.jwt._failures_in_http import AuthErrorContext
from lambda_powertools.auth.jwt._jwt_verifier import JWTVerifier
from lambda_powertools.auth.jwt._verifier import Verifier

__all__ = ["AuthErrorContext", "AuthFailureReason", "JWTVerifier", "Verifier"]
