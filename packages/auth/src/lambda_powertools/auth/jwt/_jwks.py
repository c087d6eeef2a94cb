"""Fetches the key set of an issuer."""

from __future__ import annotations

from typing import Any

from lambda_powertools.auth._checks import is_https_url
from lambda_powertools.auth.exceptions import AuthConfigError
from lambda_powertools.auth.jwt._keys import KeySet

_DISCOVERY = "/.well-known/openid-configuration"


def fetch_key_set(issuer: str, jwks_uri: str | None, deadline: float) -> KeySet:
    """Return the keys that an issuer has now.

    Without an address of the key set the issuer is asked for it (OpenID Connect Discovery 1.0, section 4).

    Raises:
        FetchFailedError: there was no usable answer until the deadline.
    """
    from lambda_powertools.auth._http import FetchFailedError, fetch_json

    if jwks_uri is None:
        found = fetch_json("GET", issuer.rstrip("/") + _DISCOVERY, deadline)
        jwks_uri = found.get("jwks_uri")
        if found.get("issuer") != issuer or not is_https_url(jwks_uri, may_have_query=True):
            raise FetchFailedError(retryable=False)
    try:
        return KeySet(keys_of(fetch_json("GET", str(jwks_uri), deadline)))
    except AuthConfigError:
        raise FetchFailedError(retryable=False) from None


def keys_of(document: Any) -> list[dict[str, Any]]:
    """Return the keys in a key set.

    Raises:
        AuthConfigError: it is no key set.
    """
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise AuthConfigError('jwks must be a key set: {"keys": [{…}, …]}')
    return keys
