"""The base of all providers: caching, decoding, one fetch for all who ask at once, and stale values in an outage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.aws import mark_user_agent
from lambda_powertools.parameters._cache import CacheStore, ExpirableValue, freeze_options
from lambda_powertools.parameters._flights import Flights
from lambda_powertools.parameters._settings import resolve_max_age
from lambda_powertools.parameters._transforms import get_transform_method, transform_value
from lambda_powertools.parameters.clients import USER_AGENT
from lambda_powertools.parameters.constants import DEFAULT_PROVIDERS
from lambda_powertools.parameters.exceptions import (
    GetParameterError,
    ProviderSetupError,
    TransformParameterError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_powertools.parameters.types import TransformOptions

MISSING: Any = object()
"""Stands for "not in the cache", as None and other empty values may be cached ones."""

_STATE = frozenset({"_flights", "_generation", "max_ages", "stale_if_error", "stale_served", "store"})


class BaseProvider(ABC):
    """Where parameters come from. A provider of your own defines `_get` and `_get_multiple`; the rest is here.

    Args:
        client: boto3 client that `_get` will use; its requests are marked with this package's name.
        resource: boto3 resource, likewise.
        max_entries: bound of the cache; beyond it the entry used least recently goes.
        max_ages: seconds to keep single parameters for, by name; wins over the environment and the default.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.

    Attributes:
        store: the cached values by key.
        stale_served: how often an expired value has been served since fetching failed.

    Example:
        >>> from lambda_powertools.parameters import BaseProvider
        >>> class Folder(BaseProvider):
        ...     def __init__(self, files):
        ...         super().__init__()
        ...         self.files = files
        ...     def _get(self, name, **sdk_options):
        ...         return self.files[name]
        ...     def _get_multiple(self, path, **sdk_options):
        ...         raise NotImplementedError
        >>> Folder({"limits.json": '{"max": 3}'}).get("limits.json", transform="auto")
        {'max': 3}
    """

    store: dict[Any, ExpirableValue]

    def __init__(
        self,
        *,
        client: Any = None,
        resource: Any = None,
        max_entries: int = 1000,
        max_ages: Mapping[str, int] | None = None,
        stale_if_error: float | None = None,
    ) -> None:
        if max_entries < 1:
            raise ValueError(f"max_entries is {max_entries}: a provider needs room for at least one entry")
        for one in (client, resource):
            if one is not None:
                mark_user_agent(one, USER_AGENT)
        self.store = CacheStore(max_entries)
        self.max_ages = dict(max_ages or {})
        self.stale_if_error = stale_if_error
        self.stale_served = 0
        self._flights = Flights()
        self._generation = 0

    def __getattr__(self, name: str) -> Any:
        kind = type(self)
        if name in _STATE:
            raise ProviderSetupError(f"{kind.__name__} has no cache: call super().__init__() in its __init__")
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"  # never what it holds

    @abstractmethod
    def _get(self, name: str, **sdk_options: Any) -> Any:
        """Fetch one value; any exception becomes the cause of a `GetParameterError`."""

    @abstractmethod
    def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:
        """Fetch what is under a path, by name; `NotImplementedError` where there is no such thing."""

    def get(
        self,
        name: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        force_fetch: bool = False,
        *,
        stale_if_error: float | None = None,
        **sdk_options: Any,
    ) -> Any:
        """Return a value: the cached one while it is live, else fetched, decoded and cached.

        Args:
            name: name of the parameter.
            max_age: seconds to keep it for; 0 or less does not keep it. Default: `max_ages`, then
                `POWERTOOLS_PARAMETERS_MAX_AGE`, then 300.
            transform: how to decode it: `"json"`, `"binary"` (base64), or `"auto"` by the suffix of the name.
            force_fetch: fetch it even if it is cached.
            stale_if_error: seconds after its expiry in which a cached value still serves when fetching fails.
            sdk_options: passed on to the call of the SDK.

        Raises:
            GetParameterError: it cannot be fetched.
            TransformParameterError: it cannot be decoded.
        """
        key = self._build_cache_key(name, transform, False, sdk_options)  # noqa: FBT003  # one value, not a path
        if not force_fetch and (value := self._cached(key)) is not MISSING:
            return value
        return self._flights.run(*self._plan_one(key, max_age, force_fetch, stale_if_error, sdk_options))

    async def aget(
        self,
        name: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        force_fetch: bool = False,
        *,
        stale_if_error: float | None = None,
        **sdk_options: Any,
    ) -> Any:
        """Return a value as `get` does, without blocking the event loop: it is fetched in a thread.

        Raises:
            GetParameterError: it cannot be fetched.
            TransformParameterError: it cannot be decoded.
        """
        key = self._build_cache_key(name, transform, False, sdk_options)  # noqa: FBT003  # one value, not a path
        if not force_fetch and (value := self._cached(key)) is not MISSING:
            return value
        return await self._flights.arun(*self._plan_one(key, max_age, force_fetch, stale_if_error, sdk_options))

    def get_multiple(
        self,
        path: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        force_fetch: bool = False,
        *,
        stale_if_error: float | None = None,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return all values under a path, by name, in a dict of the caller's own.

        Args:
            path: what they have in common.
            max_age: seconds to keep them for, as in `get`.
            transform: how to decode them, as in `get`.
            raise_on_transform_error: whether one that cannot be decoded is an error; without, it is None.
            force_fetch: fetch them even if they are cached.
            stale_if_error: as in `get`.
            sdk_options: passed on to the call of the SDK.

        Raises:
            GetParameterError: they cannot be fetched.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        key = self._build_cache_key(path, transform, True, sdk_options)  # noqa: FBT003  # a path
        if not force_fetch and (cached := self._cached_path(key, raise_on_transform_error)) is not None:
            return cached
        plan = self._plan_many(key, max_age, raise_on_transform_error, force_fetch, stale_if_error, sdk_options)
        return dict(self._flights.run(*plan))

    async def aget_multiple(
        self,
        path: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        force_fetch: bool = False,
        *,
        stale_if_error: float | None = None,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return all values under a path as `get_multiple` does, without blocking the event loop.

        Raises:
            GetParameterError: they cannot be fetched.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        key = self._build_cache_key(path, transform, True, sdk_options)  # noqa: FBT003  # a path
        if not force_fetch and (cached := self._cached_path(key, raise_on_transform_error)) is not None:
            return cached
        plan = self._plan_many(key, max_age, raise_on_transform_error, force_fetch, stale_if_error, sdk_options)
        return dict(await self._flights.arun(*plan))

    def set(self, name: str, value: Any, *, overwrite: bool = False, **kwargs: Any) -> Any:
        """Write a value; for providers that can.

        Raises:
            NotImplementedError: this one cannot.
        """
        raise NotImplementedError(f"{type(self).__name__} cannot write parameters")

    def clear_cache(self) -> None:
        """Forget all values of this provider."""
        self._generation += 1
        self.store.clear()

    def cached(self, name: str, transform: str | None = None, decrypt: bool = False) -> Any:
        """Return the cached value of a name, `MISSING` when there is no live one; never fetches."""
        key = self._build_cache_key(name, transform, False, {"decrypt": True} if decrypt else None)  # noqa: FBT003
        return self._cached(key)

    def has_not_expired_in_cache(self, key: tuple[Any, ...]) -> bool:
        """Return whether there is a live entry of this key."""
        return self._cached(key) is not MISSING

    def fetch_from_cache(self, key: tuple[Any, ...]) -> Any:
        """Return the value of this key, live or not; an empty dict where there is none."""
        entry = self.store.get(key)
        return {} if entry is None else entry.value

    def add_to_cache(self, key: tuple[Any, ...], value: Any, max_age: int) -> None:
        """Keep a value for `max_age` seconds; for 0 or less, or None, do nothing."""
        if max_age > 0 and value is not None:
            self.store[key] = ExpirableValue(value, _now() + timedelta(seconds=max_age))

    def _build_cache_key(
        self, name: Any, transform: str | None = None, is_nested: bool = False, options: dict[str, Any] | None = None
    ) -> tuple[Any, ...]:
        if not options:
            return (name, transform, is_nested)
        return (name, transform, is_nested, *freeze_options(options))

    def _cached(self, key: tuple[Any, ...]) -> Any:
        store = self.store
        entry = store.get(key)
        if entry is None or entry.ttl < _now():
            return MISSING
        try:  # noqa: SIM105  # suppress() would cost more than the rest of the look-up
            store.move_to_end(key)  # type: ignore[attr-defined]  # users may put a plain dict in its place
        except (AttributeError, KeyError):
            pass
        return entry.value

    def _cached_path(self, key: tuple[Any, ...], refuse_failed: bool) -> dict[str, Any] | None:
        values = self._cached(key)
        if values is MISSING or (refuse_failed and key[1] is not None and None in values.values()):
            return None  # an earlier call put up with what could not be decoded
        return dict(values)

    def _plan_one(
        self, key: Any, max_age: int | None, force_fetch: bool, stale_if_error: float | None, options: dict[str, Any]
    ) -> tuple[Any, Callable[[], Any]]:
        name, transform = key[:2]

        def produce() -> Any:
            return transform_value(self._fetch(self._get, name, options), transform, key=name)

        return self._plan(key, key, produce, max_age, force_fetch, stale_if_error)

    def _plan_many(
        self,
        key: Any,
        max_age: int | None,
        refuse_failed: bool,
        force_fetch: bool,
        stale_if_error: float | None,
        options: dict[str, Any],
    ) -> tuple[Any, Callable[[], Any]]:
        path, transform = key[:2]

        def produce() -> Any:
            values = dict(self._fetch(self._get_multiple, path, options))
            return transform_value(values, transform, refuse_failed)

        return self._plan(key, (key, refuse_failed), produce, max_age, force_fetch, stale_if_error)

    def _plan(
        self,
        key: Any,
        flight: Any,
        produce: Callable[[], Any],
        max_age: int | None,
        force_fetch: bool,
        stale_if_error: float | None,
    ) -> tuple[Any, Callable[[], Any]]:
        """Return what a fetch is known by while it is under way, and the fetch itself."""
        seconds = resolve_max_age(max_age, self, key[0])
        is_shared = not force_fetch and seconds > 0

        def fetch() -> Any:
            if is_shared and flight is key and (value := self._cached(key)) is not MISSING:
                return value  # another thread was quicker
            generation = self._generation
            try:
                value = produce()
            except Exception as error:  # noqa: BLE001  # raised again where no earlier value may serve
                return self._stale_value(key, stale_if_error, error)
            if generation == self._generation:  # else it may be older than what has been written since
                self._drop_expired(key)
                self.add_to_cache(key, value, seconds)
            return value

        # Who insists on a value of now shares with nobody.
        return (flight if is_shared else object()), fetch

    def _fetch(self, fetch: Callable[..., Any], name: Any, options: dict[str, Any]) -> Any:
        try:
            return fetch(name, **options)
        except GetParameterError:
            raise
        except Exception as error:
            raise GetParameterError(str(error) or type(error).__name__) from error

    def _stale_value(self, key: Any, stale_if_error: float | None, error: Exception) -> Any:
        seconds = self.stale_if_error if stale_if_error is None else stale_if_error
        entry = self.store.get(key)
        now = _now()
        if not seconds or entry is None or entry.ttl + timedelta(seconds=seconds) < now:
            self._drop_expired(key)
            raise error
        self.stale_served += 1
        from lambda_powertools.core.package_logger import report_failure

        age = max(0, round((now - entry.ttl).total_seconds()))
        report_failure(f"{key[0]!r} cannot be fetched: its last value, which expired {age} s ago, serves", error)
        return entry.value

    def _drop_expired(self, key: Any) -> None:
        entry = self.store.get(key)
        if entry is not None and entry.ttl < _now():
            self.store.pop(key, None)

    def _forget(self, name: str) -> None:
        """Drop what is cached of a name that has been written: in every form, and within paths."""
        self._generation += 1
        for key in list(self.store):
            if _concerns(key, name):
                self.store.pop(key, None)


def _now() -> datetime:
    return datetime.now()  # noqa: DTZ005  # the entries' times are local ones, compared among themselves


def _concerns(key: Any, name: str) -> bool:
    known = key[0] if isinstance(key, tuple) and key else key
    if isinstance(known, tuple):
        return name in known
    is_nested = isinstance(key, tuple) and len(key) > 2 and key[2] is True  # noqa: PLR2004  # name, transform, nested
    return known == name or (is_nested and isinstance(known, str) and name.startswith(known))


def clear_caches() -> None:
    """Forget the providers behind this package's functions, and with them all cached values and clients.

    Example:
        >>> from lambda_powertools.parameters import clear_caches
        >>> clear_caches()
    """
    DEFAULT_PROVIDERS.clear()


__all__ = [
    "DEFAULT_PROVIDERS",
    "BaseProvider",
    "ExpirableValue",
    "GetParameterError",
    "TransformParameterError",
    "clear_caches",
    "get_transform_method",
    "transform_value",
]
