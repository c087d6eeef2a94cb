"""One token at a time, exchanged by one caller while the others wait for what comes of it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from lambda_powertools.auth.oauth2.exceptions import TokenExchangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.auth.oauth2._exchange import Token

RESERVE = 30.0
"""Seconds before its end from which a token is not used any more: it must still be valid where it arrives."""


class _Flight:
    """An exchange in progress, and what came of it."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.token: Token | None = None
        self.is_retryable = True


class TokenCache:
    """Keeps a token until shortly before its end.

    Args:
        exchange: returns a new token until a deadline, or raises `TokenExchangeError`.
    """

    def __init__(self, exchange: Callable[[float], Token]) -> None:
        self._exchange = exchange
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._flight: _Flight | None = None

    def cached(self) -> str | None:
        """Return the token if there is one to be used."""
        token = self._token
        return token.value if token is not None and token.is_alive(RESERVE) else None

    def get(self, deadline: float) -> str:
        """Return a token: the cached one, or that of an exchange.

        Raises:
            TokenExchangeError: there is none, or not until the deadline.
        """
        with self._lock:
            cached = self.cached()
            if cached is not None:
                return cached
            flight, is_mine = self._flight, self._flight is None
            if flight is None:
                flight = self._flight = _Flight()
        if is_mine:
            self._fly(flight, deadline)
        elif not flight.is_over.wait(max(0.0, deadline - time.monotonic())):
            raise TokenExchangeError(retryable=True)
        if flight.token is None:
            raise TokenExchangeError(retryable=flight.is_retryable)
        return flight.token.value

    def _fly(self, flight: _Flight, deadline: float) -> None:
        try:
            flight.token = self._exchange(deadline)
        except TokenExchangeError as error:
            flight.is_retryable = error.retryable
        finally:  # whatever ended it, the waiting ones must be woken
            with self._lock:
                self._flight = None
                self._token = flight.token
            flight.is_over.set()
