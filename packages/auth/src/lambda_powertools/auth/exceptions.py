"""Every exception of this package. Their texts are fixed: no token, secret, claim or URL is ever in one.

PowertoolsError
├── AuthConfigError (also ValueError)      an argument is wrong; names the argument, never its value
└── AuthError                              base of what happens at run time
    ├── InvalidTokenError                  jwt.exceptions
    │   ├── InvalidClaimsError
    │   ├── TokenExpiredError
    │   └── InvalidSignatureError
    ├── JWKSFetchError                     jwt.exceptions; worth another try
    ├── TokenExchangeError                 oauth2.exceptions
    ├── DownstreamRequestError             oauth2.exceptions
    └── SigningError                       this module
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from lambda_powertools.core.exceptions import PowertoolsError


class AuthFailureReason(str, Enum):
    """Why something was refused, or failed."""

    MISSING_TOKEN = "missing_token"  # noqa: S105  # a reason
    INVALID_TOKEN = "invalid_token"  # noqa: S105  # a reason
    INVALID_CLAIMS = "invalid_claims"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105  # a reason
    INVALID_SIGNATURE = "invalid_signature"
    INSUFFICIENT_SCOPE = "insufficient_scope"
    FORBIDDEN = "forbidden"
    JWKS_UNAVAILABLE = "jwks_unavailable"
    TOKEN_EXCHANGE_FAILED = "token_exchange_failed"  # noqa: S105  # a reason
    DOWNSTREAM_REQUEST_FAILED = "downstream_request_failed"
    SIGNING_FAILED = "signing_failed"

    __str__ = str.__str__


class AuthConfigError(PowertoolsError, ValueError):
    """An argument is wrong. The text names the argument and what it must be, never the value, which may be a secret."""


class AuthError(PowertoolsError):
    """Base of the package's exceptions, without those of its configuration.

    Attributes:
        message: the text, always the same for a class.
        reason: why, for programs.
        retryable: whether another try may succeed.
    """

    message: ClassVar[str] = "Authentication failed"
    reason: ClassVar[AuthFailureReason] = AuthFailureReason.INVALID_TOKEN
    retryable: bool = False

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return self.message


class SigningError(AuthError):
    """There are no AWS credentials, or they could not be refreshed."""

    message = "Unable to sign the request: no AWS credentials"
    reason = AuthFailureReason.SIGNING_FAILED
