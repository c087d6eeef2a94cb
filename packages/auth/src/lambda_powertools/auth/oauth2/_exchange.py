"""Exchanges the credentials of a client for an access token (RFC 6749, section 4.4)."""

from __future__ import annotations

import base64
import math
import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus, urlencode

from lambda_powertools.auth.oauth2.exceptions import TokenExchangeError
from lambda_powertools.core.secrets import register_secret

if TYPE_CHECKING:
    from collections.abc import Callable

_BEARER_TOKEN = re.compile(r"[-A-Za-z0-9._~+/]+=*")  # RFC 6750, section 2.1
_PAUSES = (0.1, 0.2)


class Token(NamedTuple):
    """An access token.

    Attributes:
        value: the token.
        lifetime: seconds that it lives, None if the server did not say.
        born: when it was asked for, by the monotonic clock.
        born_wall: the same by the wall clock: the other one may stand still while the environment is frozen.
    """

    value: str
    lifetime: float | None
    born: float
    born_wall: float

    def is_alive(self, reserve: float = 0.0) -> bool:
        """Return whether it lives for more seconds than these, if that is known."""
        if self.lifetime is None:
            return False
        age = max(time.monotonic() - self.born, time.time() - self.born_wall)
        return age < self.lifetime - reserve


class TokenEndpoint(NamedTuple):
    """Whom to ask for tokens, and how."""

    url: str
    client_id: str
    secret: str | Callable[[], str]
    sends_basic: bool
    parameters: dict[str, str]

    def exchange(self, deadline: float) -> Token:
        """Return a new token, after up to three attempts.

        Raises:
            TokenExchangeError: there is none.
        """
        for pause in _PAUSES:
            try:
                return self._attempt(deadline)
            except TokenExchangeError as error:
                if not error.retryable or time.monotonic() + pause >= deadline:
                    raise
            time.sleep(pause)
        return self._attempt(deadline)

    def _attempt(self, deadline: float) -> Token:
        from lambda_powertools.auth._http import FetchFailedError, fetch_json

        headers, body = self._request(self._current_secret())
        born, born_wall = time.monotonic(), time.time()
        try:
            answer = fetch_json("POST", self.url, deadline, headers=headers, body=body)
        except FetchFailedError as error:
            raise TokenExchangeError(retryable=error.retryable) from None
        return _token_in(answer, born, born_wall)

    def _current_secret(self) -> str:
        """Return the secret, asked for anew if a function gives it."""
        secret: Any = self.secret
        if callable(secret):
            try:
                secret = secret()
                if isinstance(secret, str):
                    secret.encode()
            except Exception:  # noqa: BLE001  # whatever it is, it may hold the secret
                raise TokenExchangeError from None
        if not isinstance(secret, str) or not secret:
            raise TokenExchangeError
        register_secret(secret)
        return secret

    def _request(self, secret: str) -> tuple[dict[str, str], bytes]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        form = {"grant_type": "client_credentials", **self.parameters}
        if self.sends_basic:  # RFC 6749, section 2.3.1
            pair = f"{quote_plus(self.client_id)}:{quote_plus(secret)}"
            credentials = base64.b64encode(pair.encode("ascii")).decode("ascii")
            register_secret(credentials)
            headers["Authorization"] = f"Basic {credentials}"
        else:
            form |= {"client_id": self.client_id, "client_secret": secret}
        return headers, urlencode(form).encode("ascii")


def _token_in(answer: dict[str, Any], born: float, born_wall: float) -> Token:
    """Return the token in an answer (RFC 6749, section 5.1)."""
    value, kind, lifetime = (answer.get(name) for name in ("access_token", "token_type", "expires_in"))
    if not isinstance(value, str) or _BEARER_TOKEN.fullmatch(value) is None:
        raise TokenExchangeError
    register_secret(value)
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise TokenExchangeError
    if "expires_in" not in answer:
        return Token(value, None, born, born_wall)
    token = Token(value, _positive(lifetime), born, born_wall)
    if not token.is_alive():
        raise TokenExchangeError
    return token


def _positive(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            if math.isfinite(value) and value > 0:
                return float(value)
        except OverflowError:
            pass
    raise TokenExchangeError
