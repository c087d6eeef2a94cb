"""What the OAuth 2.0 client may raise."""

from __future__ import annotations

from lambda_powertools.auth.exceptions import AuthError, AuthFailureReason

__all__ = ["AuthError", "AuthFailureReason", "DownstreamRequestError", "TokenExchangeError"]


class TokenExchangeError(AuthError):
    """There is no access token to be had.

    Args:
        retryable: whether another try may succeed.
    """

    message = "Unable to acquire an access token"
    reason = AuthFailureReason.TOKEN_EXCHANGE_FAILED

    def __init__(self, *, retryable: bool = False) -> None:
        super().__init__()
        self.retryable = retryable


class DownstreamRequestError(AuthError):
    """The request got no answer; the server may have acted on it, so it is not repeated."""

    message = "Authenticated request failed"
    reason = AuthFailureReason.DOWNSTREAM_REQUEST_FAILED
