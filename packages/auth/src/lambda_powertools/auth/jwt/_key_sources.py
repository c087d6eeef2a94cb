"""Where a verifier has its keys from: fixed ones, or those of the issuer, cached and fetched anew by one at a time."""

from __future__ import annotations

import copy
import threading
import time
from typing import Any, NamedTuple, Protocol
from weakref import WeakValueDictionary

from lambda_powertools.auth.jwt._jwks import fetch_key_set, keys_of
from lambda_powertools.auth.jwt._keys import KeySet
from lambda_powertools.auth.jwt.exceptions import InvalidTokenError, JWKSFetchError

_LONGEST_PAUSE = 30.0


class KeySource(Protocol):
    """Gives key sets."""

    def has_at_once(self, kid: str) -> bool:
        """Return whether what is to be said of this key needs no request."""

    def key_set_for(self, kid: str, deadline: float) -> KeySet:
        """Return a key set that has this key.

        Raises:
            InvalidTokenError: the issuer has no such key.
            JWKSFetchError: the issuer could not be asked.
        """

    def prefetch(self, deadline: float) -> None:
        """Load the keys, if that needs a request.

        Raises:
            JWKSFetchError: the issuer could not be asked.
        """


class FixedKeys:
    """Keys that are given."""

    def __init__(self, document: Any) -> None:
        self._key_set = KeySet(copy.deepcopy(keys_of(document)))

    def has_at_once(self, kid: str) -> bool:  # noqa: ARG002  # as the protocol has it
        """Return True."""
        return True

    def key_set_for(self, kid: str, deadline: float) -> KeySet:  # noqa: ARG002  # as the protocol has it
        """Return them."""
        return self._key_set

    def prefetch(self, deadline: float) -> None:
        """Do nothing."""


class CacheSettings(NamedTuple):
    """What makes two verifiers share a cache."""

    issuer: str
    jwks_uri: str | None
    max_age: float
    cooldown: float


class CachedKeys:
    """The keys of an issuer. One thread at a time fetches them, others wait for it; what has expired is never used."""

    def __init__(self, settings: CacheSettings) -> None:
        self._settings = settings
        self._condition = threading.Condition()
        self._key_set: KeySet | None = None
        # The monotonic clock may stand still while the environment is frozen, the other one may be set back.
        self._expiry = self._wall_expiry = 0.0
        self._is_refreshing = False
        self._last_failed = False
        self._attempted: float | None = None
        self._pause = 0.0
        self._paused_until = 0.0

    def has_at_once(self, kid: str) -> bool:
        """Return whether the key is there, or is known not to be."""
        with self._condition:
            fresh = self._fresh()
            return fresh is not None and (fresh.has(kid) or self._is_cooling_down())

    def key_set_for(self, kid: str, deadline: float) -> KeySet:
        """Return the cached keys, or fetch them if they are too old or have no such key."""
        return self._load(kid, deadline)

    def prefetch(self, deadline: float) -> None:
        """Fetch the keys if there are none, or they are too old."""
        self._load(None, deadline)

    def _load(self, kid: str | None, deadline: float) -> KeySet:
        with self._condition:
            found = self._wait_for_turn(kid, deadline)
            if found is not None:
                return found
            self._is_refreshing = True
            self._attempted = time.monotonic()
        loaded: KeySet | None = None
        try:
            loaded = self._fetch(deadline)
        finally:  # whatever ended it, the waiting ones must be woken
            self._finish(loaded)
        if loaded is None:
            raise JWKSFetchError
        if kid is not None and not loaded.has(kid):
            raise InvalidTokenError
        return loaded

    def _wait_for_turn(self, kid: str | None, deadline: float) -> KeySet | None:
        """Return keys that will do, or None when the caller is to fetch them."""
        has_waited = False
        while True:
            fresh = self._fresh()
            if fresh is not None and (kid is None or fresh.has(kid)):
                return fresh
            if has_waited and self._last_failed and not self._is_refreshing:
                raise JWKSFetchError
            if fresh is not None and (has_waited or (self._is_cooling_down() and not self._is_refreshing)):
                raise InvalidTokenError
            if not self._is_refreshing:
                if time.monotonic() < self._paused_until:
                    raise JWKSFetchError
                return None
            left = deadline - time.monotonic()
            if left <= 0:
                raise JWKSFetchError
            has_waited = self._condition.wait(left)

    def _fetch(self, deadline: float) -> KeySet | None:
        from lambda_powertools.auth._http import FetchFailedError

        try:
            return fetch_key_set(self._settings.issuer, self._settings.jwks_uri, deadline)
        except FetchFailedError:
            return None

    def _finish(self, loaded: KeySet | None) -> None:
        with self._condition:
            self._is_refreshing = False
            self._last_failed = loaded is None
            if loaded is None:
                self._pause = min(_LONGEST_PAUSE, self._pause * 2 or 1.0)
                self._paused_until = time.monotonic() + self._pause
            else:
                self._key_set, self._pause, self._paused_until = loaded, 0.0, 0.0
                self._expiry = time.monotonic() + self._settings.max_age
                self._wall_expiry = time.time() + self._settings.max_age
            self._condition.notify_all()

    def _fresh(self) -> KeySet | None:
        is_fresh = time.monotonic() < self._expiry and time.time() < self._wall_expiry
        return self._key_set if is_fresh else None

    def _is_cooling_down(self) -> bool:
        return self._attempted is not None and time.monotonic() < self._attempted + self._settings.cooldown


_shared: WeakValueDictionary[CacheSettings, CachedKeys] = WeakValueDictionary()
_shared_lock = threading.Lock()


def shared_keys(settings: CacheSettings) -> CachedKeys:
    """Return the cache of these settings, which lives as long as one who uses it."""
    with _shared_lock:
        found = _shared.get(settings)
        if found is None:
            found = _shared[settings] = CachedKeys(settings)
        return found
