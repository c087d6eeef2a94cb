"""The base of all layers: what a store must be able to do, and what is the same for every store."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._payload import is_missing, prepare, to_json
from lambda_powertools.idempotency._result import encode
from lambda_powertools.idempotency._settings import UNCONFIGURED, FunctionSettings, InForce, in_force
from lambda_powertools.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyKeyError,
    IdempotencyValidationError,
)
from lambda_powertools.idempotency.persistence.datarecord import COMPLETED, INPROGRESS, STATUS_CONSTANTS, DataRecord

if TYPE_CHECKING:
    from lambda_powertools.idempotency._local_cache import LocalCache
    from lambda_powertools.idempotency.config import IdempotencyConfig

__all__ = ["STATUS_CONSTANTS", "BasePersistenceLayer", "DataRecord"]


class BasePersistenceLayer(ABC):
    """A store of records. A subclass says in four methods how one record is read, claimed, updated and deleted.

    One layer may serve several functions. While it works for a call, its attributes show that function's settings.

    Attributes:
        function_name: prefix of the keys.
        configured: whether there are settings.
        event_key_jmespath: expression that finds what identifies a call.
        payload_validation_enabled: whether records carry a hash of the payload.
        raise_on_no_idempotency_key: whether a payload without key is an error.
        expires_after_seconds: how long a record counts, in seconds.
        use_local_cache: whether results are kept in memory too.
        hash_function: name of the hash function.

    Example:
        >>> from lambda_powertools.idempotency import BasePersistenceLayer, IdempotencyConfig, idempotent_function
        >>> from lambda_powertools.idempotency.exceptions import (
        ...     IdempotencyItemAlreadyExistsError, IdempotencyItemNotFoundError,
        ... )
        >>> class DictLayer(BasePersistenceLayer):  # for one thread: a real store decides and writes in one step
        ...     def __init__(self):
        ...         self.records = {}
        ...     def _get_record(self, idempotency_key):
        ...         if idempotency_key not in self.records:
        ...             raise IdempotencyItemNotFoundError(idempotency_key)
        ...         return self.records[idempotency_key]
        ...     def _put_record(self, data_record):
        ...         old = self.records.get(data_record.idempotency_key)
        ...         if old is not None and not old.is_expired:
        ...             raise IdempotencyItemAlreadyExistsError(old_data_record=old)
        ...         self.records[data_record.idempotency_key] = data_record
        ...     def _update_record(self, data_record):
        ...         self.records[data_record.idempotency_key] = data_record
        ...     def _delete_record(self, data_record):
        ...         self.records.pop(data_record.idempotency_key, None)
        >>> config = IdempotencyConfig(in_progress_expires_after_seconds=30)
        >>> @idempotent_function(data_keyword_argument="order", persistence_store=DictLayer(), config=config)
        ... def charge(order):
        ...     print("charging")
        ...     return {"charged": order["id"]}
        >>> charge(order={"id": 7}), charge(order={"id": 7})
        charging
        ({'charged': 7}, {'charged': 7})
    """

    function_name = InForce(str)
    configured = InForce(bool)
    event_key_jmespath = InForce(str)
    payload_validation_enabled = InForce(bool)
    raise_on_no_idempotency_key = InForce(bool)
    expires_after_seconds = InForce(int)
    use_local_cache = InForce(bool)
    hash_function = InForce(str)

    # On the class, so that a subclass need not call the constructor, or may do so at any time.
    _settings: FunctionSettings = UNCONFIGURED

    def configure(
        self, config: IdempotencyConfig, function_name: str | None = None, key_prefix: str | None = None
    ) -> None:
        """Set what applies when the methods below are called directly. The decorators have settings of their own.

        Args:
            config: the options.
            function_name: `module.qualified_name` of the function, part of its keys.
            key_prefix: what its keys begin with instead.

        Raises:
            IdempotencyConfigError: an option holds a value it may not have.
            InvalidEnvelopeExpressionError: an expression cannot be parsed.
        """
        self._settings = FunctionSettings(config, function_name, key_prefix)

    def save_inprogress(self, data: Any, remaining_time_in_millis: int | None = None) -> None:
        """Claim the key of the data, unless it has none.

        Raises:
            IdempotencyItemAlreadyExistsError: there is a live record already.
            IdempotencyKeyError: the data has no key, and that is configured to be an error.
        """
        payload = prepare(data)
        key = self._get_hashed_idempotency_key(data=payload)
        if key is not None:
            self._claim(self._new_record(key, self._get_hashed_payload(data=payload), remaining_time_in_millis))

    def save_success(self, data: Any, result: Any) -> None:
        """Store a result under the key of the data, unless it has none."""
        payload = prepare(data)
        key = self._get_hashed_idempotency_key(data=payload)
        if key is not None:
            self._complete(key, encode(result), self._get_hashed_payload(data=payload))

    def delete_record(self, data: Any, exception: Exception) -> None:  # noqa: ARG002  # layers may look at it
        """Delete the record of the data after the function has failed with `exception`."""
        key = self._get_hashed_idempotency_key(data=prepare(data))
        if key is not None:
            self._release(key)

    def get_record(self, data: Any) -> DataRecord | None:
        """Return the record of the data, None if the data has no key.

        Raises:
            IdempotencyItemNotFoundError: there is none.
            IdempotencyValidationError: its payload was another one.
        """
        payload = prepare(data)
        key = self._get_hashed_idempotency_key(data=payload)
        if key is None:
            return None
        payload_hash = self._get_hashed_payload(data=payload)
        return self._retrieve_from_cache(idempotency_key=key) or self._read(key, payload_hash)

    def evict(self, idempotency_key: str) -> None:
        """Forget a result: the next call with its payload runs the function.

        Args:
            idempotency_key: `<prefix>#<hash>`, as `explain` shows it.
        """
        self._release(idempotency_key)
        for cache in self.__dict__.get("_caches", {}).values():
            cache.discard(idempotency_key)

    async def aevict(self, idempotency_key: str) -> None:
        """Forget a result, without blocking the event loop."""
        import asyncio

        await asyncio.to_thread(self.evict, idempotency_key)

    @staticmethod
    def is_missing_idempotency_key(data: Any) -> bool:
        """Return whether the data holds nothing to build a key from: None, nothing, or nothing but None.

        Example:
            >>> [BasePersistenceLayer.is_missing_idempotency_key(data) for data in (None, [None, None], 0, "a")]
            [True, True, False, False]
        """
        return is_missing(data)

    @abstractmethod
    def _get_record(self, idempotency_key: str) -> DataRecord:
        """Return the record of a key, or raise `IdempotencyItemNotFoundError`."""

    @abstractmethod
    def _put_record(self, data_record: DataRecord) -> None:
        """Insert a record in one atomic step, or raise `IdempotencyItemAlreadyExistsError`.

        A record gives way when it is expired, or INPROGRESS and past its in-progress expiry.
        """

    @abstractmethod
    def _update_record(self, data_record: DataRecord) -> None:
        """Write a record, whether or not there is one."""

    @abstractmethod
    def _delete_record(self, data_record: DataRecord) -> None:
        """Delete the record of a key, if there is one."""

    def _get_hashed_idempotency_key(self, data: Any) -> str | None:
        find = (in_force.get() or self._settings).find_key
        found = data if find is None else find(data)
        if not self.is_missing_idempotency_key(data=found):
            return f"{self.function_name}#{self._generate_hash(data=found)}"
        if self.raise_on_no_idempotency_key:
            raise IdempotencyKeyError(
                f"No data found to build the idempotency key from (event_key_jmespath: {self.event_key_jmespath!r})"
            )
        import warnings

        from lambda_powertools.core.warnings import PowertoolsUserWarning

        warnings.warn(
            f"The payload has no idempotency key (event_key_jmespath: {self.event_key_jmespath!r}): "
            "idempotency is skipped for this call",
            PowertoolsUserWarning,
            stacklevel=3,
        )
        return None

    def _get_hashed_payload(self, data: Any) -> str:
        find = (in_force.get() or self._settings).find_validated
        return "" if find is None else self._generate_hash(data=find(data))

    def _generate_hash(self, data: Any) -> str:
        return (in_force.get() or self._settings).hash(to_json(data).encode())

    def _validate_payload(self, data_payload: Any, stored_data_record: DataRecord) -> None:
        """Raise `IdempotencyValidationError` if the payload is not the one that was stored."""
        if self.payload_validation_enabled:
            self._validate_hash(self._get_hashed_payload(data=data_payload), stored_data_record)

    def _get_expiry_timestamp(self) -> int:
        return int(time.time()) + int(self.expires_after_seconds)

    @property
    def _cache(self) -> LocalCache:
        """The local cache of the settings in force. Functions that ask for one size share one."""
        max_items = (in_force.get() or self._settings).local_cache_max_items
        caches: dict[int, LocalCache] = self.__dict__.setdefault("_caches", {})
        cache = caches.get(max_items)
        if cache is None:
            from lambda_powertools.idempotency._local_cache import LocalCache

            cache = caches.setdefault(max_items, LocalCache(max_items))
        return cache

    def _save_to_cache(self, data_record: DataRecord) -> None:
        if self.use_local_cache and data_record.status != INPROGRESS:
            self._cache.put(_cache_key(data_record), data_record)

    def _retrieve_from_cache(self, idempotency_key: str) -> DataRecord | None:
        return self._cache.get(idempotency_key) if self.use_local_cache else None

    def _delete_from_cache(self, idempotency_key: str) -> None:
        if self.use_local_cache:
            self._cache.discard(idempotency_key)

    # What the engine uses: the same steps as above, for a key and hash that are computed once in a call.

    def _new_record(self, key: str, payload_hash: str, remaining_time_in_millis: float | None) -> DataRecord:
        in_progress_expiry = None
        if remaining_time_in_millis is not None:
            in_progress_expiry = int(time.time() * 1000) + max(0, int(remaining_time_in_millis))
        return DataRecord(key, INPROGRESS, self._get_expiry_timestamp(), in_progress_expiry, "", payload_hash)

    def _claim(self, record: DataRecord) -> None:
        cached = self._retrieve_from_cache(idempotency_key=record.idempotency_key)
        if cached is not None:
            self._validate_hash(record.payload_hash, cached)
            raise IdempotencyItemAlreadyExistsError(old_data_record=cached)
        try:
            self._put_record(data_record=record)
        except IdempotencyItemAlreadyExistsError as error:
            if error.old_data_record is not None:
                self._take(error.old_data_record, record.payload_hash)
            raise

    def _read(self, key: str, payload_hash: str) -> DataRecord:
        return self._take(self._get_record(idempotency_key=key), payload_hash)

    def _take(self, record: DataRecord, payload_hash: str) -> DataRecord:
        """Validate a record that came from the store, and keep it in the local cache."""
        if not isinstance(record, DataRecord):
            raise TypeError(f"{type(self).__name__} gave a {type(record).__name__} instead of a DataRecord")
        self._validate_hash(payload_hash, record)
        self._save_to_cache(data_record=record)
        return record

    def _complete(
        self, key: str, response_data: str, payload_hash: str, in_progress_expiry_timestamp: int | None = None
    ) -> None:
        record = DataRecord(
            idempotency_key=key,
            status=COMPLETED,
            expiry_timestamp=self._get_expiry_timestamp(),
            in_progress_expiry_timestamp=in_progress_expiry_timestamp,
            response_data=response_data,
            payload_hash=payload_hash,
        )
        self._update_record(data_record=record)
        self._save_to_cache(data_record=record)

    def _release(self, key: str, in_progress_expiry_timestamp: int | None = None) -> None:
        record = DataRecord(
            idempotency_key=key, status=INPROGRESS, in_progress_expiry_timestamp=in_progress_expiry_timestamp
        )
        self._delete_record(data_record=record)
        self._delete_from_cache(idempotency_key=key)

    def _validate_hash(self, payload_hash: str, stored: DataRecord) -> None:
        if self.payload_validation_enabled and stored.payload_hash != payload_hash:
            raise IdempotencyValidationError(
                "The payload differs from the one that is stored for this idempotency key", data_record=stored
            )


def _cache_key(record: DataRecord) -> str:
    # With composite keys a record from the store carries the partition value, and the key in its sort value.
    return record.idempotency_key if record.sort_key is None else record.sort_key
