"""The client of an OAuth 2.0 server, and of the services that take its tokens."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.auth import _checks
from lambda_powertools.auth._detached import detached, detached_async
from lambda_powertools.auth.exceptions import AuthConfigError
from lambda_powertools.auth.oauth2._downstream import checked_request
from lambda_powertools.auth.oauth2._exchange import TokenEndpoint
from lambda_powertools.auth.oauth2._token_cache import TokenCache
from lambda_powertools.auth.oauth2.exceptions import DownstreamRequestError
from lambda_powertools.core.secrets import register_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from urllib3 import BaseHTTPResponse

# RFC 3986, section 4.3, as RFC 8707, section 2, wants it: absolute, without fragment.
_RESOURCE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class OAuth2Client:
    """Gets access tokens with the client credentials grant, and sends requests with them.

    One token is kept for each client until 30 seconds before its end. Callers that need a new one at the same time
    share one exchange. The secret and the tokens are registered as secrets: the logger masks them.

    Example:
        >>> from lambda_powertools.auth import OAuth2Client
        >>> OAuth2Client(
        ...     token_url="https://id.example.com/token", client_id="orders", client_secret=lambda: "from a store"
        ... )
        <OAuth2Client>
    """

    @detached
    def __init__(
        self,
        *,
        token_url: str,
        client_id: str,
        client_secret: str | Callable[[], str],
        auth_method: Literal["client_secret_basic", "client_secret_post"] = "client_secret_basic",
        scopes: list[str] | None = None,
        audience: str | None = None,
        resource: str | None = None,
        timeout_seconds: float = 3,
    ) -> None:
        """Check and keep the configuration; nothing is sent.

        Args:
            token_url: the token endpoint.
            client_id: who asks.
            client_secret: its secret, or a function that gives it; called for every attempt, as secrets are rotated.
            auth_method: in the header (RFC 6749, section 2.3.1) or in the body.
            scopes: what the token is to be good for.
            audience: for whom it is, as Auth0 and others have it.
            resource: for whom it is, as RFC 8707 has it.
            timeout_seconds: for getting a token, all in all.

        Raises:
            AuthConfigError: an argument is wrong, which is a ValueError.
        """
        _checks.https_url(token_url, "token_url", may_have_query=True)
        _checks.text(client_id, "client_id")
        _check_secret(client_secret)
        if auth_method not in _AUTH_METHODS:
            raise AuthConfigError(f"auth_method must be {' or '.join(_AUTH_METHODS)}")
        parameters = {}
        if granted := _checks.scopes(scopes):
            parameters["scope"] = " ".join(granted)
        parameters |= _target(audience, resource)
        self._timeout = _checks.seconds(timeout_seconds, "timeout_seconds")
        endpoint = TokenEndpoint(token_url, client_id, client_secret, auth_method == _AUTH_METHODS[0], parameters)
        self._tokens = TokenCache(endpoint.exchange)

    @detached
    def auth_headers(self) -> dict[str, str]:
        """Return the header that authorises a request: `{"Authorization": "Bearer …"}`.

        Raises:
            TokenExchangeError: there is no token; `retryable` tells whether another try may succeed.
        """
        return _bearer(self._tokens.get(time.monotonic() + self._timeout))

    @detached_async
    async def aauth_headers(self) -> dict[str, str]:
        """Do what `auth_headers` does without blocking the event loop: an exchange runs in a thread.

        Raises:
            TokenExchangeError: there is no token.
        """
        cached = self._tokens.cached()
        if cached is not None:
            return _bearer(cached)
        import asyncio

        return await asyncio.to_thread(self.auth_headers)

    @detached
    def request(
        self, method: str, url: str, *, timeout: float = 5, headers: Mapping[str, str] | None = None, **options: Any
    ) -> BaseHTTPResponse:
        """Send a request with a token, to this URL only, and return the response, whatever its status.

        Args:
            method: the HTTP method.
            url: an HTTPS URL; redirects are not followed.
            timeout: seconds for the request, beside those for a token.
            headers: further headers.
            options: `body`, `fields`, `json`, `encode_multipart`, `multipart_boundary`, as urllib3 has them.

        Returns:
            The response of urllib3, read to its end and decoded.

        Raises:
            AuthConfigError: an argument is wrong; nothing has been sent.
            TokenExchangeError: there is no token; nothing has been sent to the URL.
            DownstreamRequestError: there was no whole answer; whether the server acted is not known.
        """
        checked = checked_request(method, url, timeout, headers, options)
        sent = {**checked.headers, **self.auth_headers()}
        from lambda_powertools.auth._http import send

        try:
            response: BaseHTTPResponse = send(
                checked.method, checked.url, time.monotonic() + checked.timeout, sent, checked.options
            )
        except Exception:  # noqa: BLE001  # all of them hold the URL, some the headers
            raise DownstreamRequestError from None
        return response

    def __repr__(self) -> str:
        return "<OAuth2Client>"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _check_secret(secret: Any) -> None:
    if callable(secret):
        return
    if not isinstance(secret, str) or not secret:
        raise AuthConfigError("client_secret must be a string that is not empty, or a function that returns one")
    try:
        secret.encode()
    except UnicodeEncodeError:
        raise AuthConfigError("client_secret must be encodable as UTF-8") from None
    register_secret(secret)


def _target(audience: Any, resource: Any) -> dict[str, str]:
    if audience is not None and resource is not None:
        raise AuthConfigError("audience and resource exclude each other")
    if audience is not None:
        return {"audience": _checks.text(audience, "audience")}
    if resource is None:
        return {}
    if _RESOURCE.fullmatch(_checks.text(resource, "resource")) is None:
        raise AuthConfigError("resource must be an absolute URI without a fragment")
    return {"resource": resource}
