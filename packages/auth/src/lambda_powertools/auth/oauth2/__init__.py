"""Access tokens of the OAuth 2.0 client credentials grant (RFC 6749, section 4.4), for calls of other services."""

from __future__ import annotations

from lambda_powertools.auth.oauth2._client import OAuth2Client

__all__ = ["OAuth2Client"]
