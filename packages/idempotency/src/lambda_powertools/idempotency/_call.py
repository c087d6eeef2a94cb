"""One call of an idempotent function: its key, and what it does in the store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._deadline import in_progress_millis, remaining_millis
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyInvalidStatusError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
    IdempotencyKeyError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from lambda_powertools.idempotency.persistence.datarecord import COMPLETED, INPROGRESS, DataRecord

if TYPE_CHECKING:
    from lambda_powertools.idempotency._settings import FunctionSettings
    from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer

MAX_RETRIES = 2
"""How often a claim is tried again when the store contradicts itself."""

DEFAULT_WAIT_SECONDS = 30.0
_FIRST_DELAY, _LONGEST_DELAY = 0.05, 1.0
_LEFT_FOR_THE_ANSWER = 0.25

_NEVER_WRAPPED = (
    IdempotencyInconsistentStateError,
    IdempotencyInvalidStatusError,
    IdempotencyKeyError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
    Warning,  # made an error by a filter
)

SAVING = "Failed to save the in-progress record to the idempotency store"
READING = "Failed to get the record from the idempotency store"
UPDATING = "Failed to update the record to success in the idempotency store"
DELETING = "Failed to delete the record from the idempotency store"


class IdempotentCall:
    """One call. Whatever belongs to it is here, as the layer serves many calls at once.

    Attributes:
        key: its idempotency key, None if the payload has none.
        record: the record that the call wrote or found.
        replayed: whether the outcome is a stored one.
        response: the stored result.
        error: the stored error.
        is_begun: whether it is known if the function is to run.
        settings: those of the function.
    """

    record: DataRecord | None = None
    replayed = False
    response: Any = None
    error: Exception | None = None
    is_begun = False
    _payload_hash = ""
    _token: int | None = None
    _remaining: float | None = None
    _knows_remaining = False
    _delay = _FIRST_DELAY
    _wait_until: float | None = None

    def __init__(self, layer: BasePersistenceLayer, settings: FunctionSettings, payload: Any, *, rerun: bool) -> None:
        """Compute the key and the hash, once for the whole call.

        Args:
            layer: where its record is.
            settings: of the function, in force from here to the end of each step.
            payload: prepared payload.
            rerun: whether a durable execution runs its function again, which is no duplicate.
        """
        self._layer = layer
        self.settings = settings
        self._rerun = rerun
        try:
            self.key = layer._get_hashed_idempotency_key(data=payload)  # noqa: SLF001  # what layers may override
            if self.key is not None and settings.find_validated is not None:
                self._payload_hash = layer._get_hashed_payload(data=payload)  # noqa: SLF001
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(SAVING, error) from error

    def outcome(self) -> Any:
        """Return the stored result, or raise the stored error."""
        if self.error is not None:
            raise self.error
        return self.response

    def find(self) -> DataRecord | None:
        """Return the record in the local cache, which needs no store."""
        if self.key is None or not self.settings.use_local_cache:
            return None
        try:
            cached = self._layer._retrieve_from_cache(idempotency_key=self.key)  # noqa: SLF001
            if cached is not None:
                self._layer._validate_hash(self._payload_hash, cached)  # noqa: SLF001
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(READING, error) from error
        return cached

    def claim(self) -> DataRecord | None:
        """Make this call the one that runs the function, or return the completed record of an earlier one.

        Raises:
            IdempotencyAlreadyInProgressError: another call is running.
            IdempotencyValidationError: the earlier call's payload was another one.
            IdempotencyInconsistentStateError: the store contradicts itself, several times in a row.
            IdempotencyPersistenceLayerError: the store failed.
        """
        if not self._knows_remaining:
            self._remaining, self._knows_remaining = in_progress_millis(self.settings.config), True
        for attempts_left in reversed(range(MAX_RETRIES + 1)):
            try:
                return self._claim_once()
            except IdempotencyInconsistentStateError:  # noqa: PERF203  # that is the retry
                if not attempts_left:
                    raise
        raise AssertionError("unreachable")

    def next_delay(self) -> float | None:
        """Return after how many seconds a call that has to wait may ask again, None when its time is up."""
        config = self.settings.config
        if config.on_duplicate != "wait":
            return None
        now = time.monotonic()
        if self._wait_until is None:
            remaining = remaining_millis(config)
            limits = [] if remaining is None else [remaining / 1000 - _LEFT_FOR_THE_ANSWER]
            if config.max_wait_seconds is not None:
                limits.append(config.max_wait_seconds)
            self._wait_until = now + min(limits, default=DEFAULT_WAIT_SECONDS)
        left = self._wait_until - now
        if left <= 0:
            return None
        delay, self._delay = self._delay, min(self._delay * 1.5, _LONGEST_DELAY)
        return min(delay, left)

    def complete(self, response_data: str) -> None:
        """Store the outcome."""
        try:
            self._layer._complete(self.key or "", response_data, self._payload_hash, self._token)  # noqa: SLF001
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(UPDATING, error) from error

    def release(self) -> None:
        """Delete the record, so that the function can run again."""
        try:
            self._layer._release(self.key or "", self._token)  # noqa: SLF001
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(DELETING, error) from error

    def _claim_once(self) -> DataRecord | None:
        key = self.key or ""
        if self._wait_until is not None:  # a read is cheaper than a write that is refused
            existing = self._read()
            if existing is not None and self._is_running(existing):
                self._refuse(existing)
        try:
            record = self._layer._new_record(key, self._payload_hash, self._remaining)  # noqa: SLF001
            self._layer._put_record(data_record=record)  # noqa: SLF001
        except IdempotencyItemAlreadyExistsError as error:
            found = error.old_data_record
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(SAVING, error) from error
        else:
            self.record, self._token = record, record.in_progress_expiry_timestamp
            return None
        return self._judge(self._read() if found is None else self._take(found))

    def _judge(self, existing: DataRecord | None) -> DataRecord | None:
        """Decide by the record that was there first."""
        if existing is None:
            raise IdempotencyInconsistentStateError("The record vanished after it had kept this call from its key")
        status = existing.status
        if status == COMPLETED:
            return existing
        if status == INPROGRESS and self._rerun:
            self.record, self._token = existing, existing.in_progress_expiry_timestamp
            return None
        if self._is_running(existing):
            self._refuse(existing)
        raise IdempotencyInconsistentStateError(
            "A record that no longer counts has kept this call from its key: it is expired, or in progress for too long"
        )

    def _is_running(self, record: DataRecord) -> bool:
        expiry = record.in_progress_expiry_timestamp
        return record.status == INPROGRESS and (expiry is None or expiry >= int(time.time() * 1000))

    def _refuse(self, record: DataRecord) -> None:
        sort_key = "" if record.sort_key is None else f" and sort key: {record.sort_key}"
        raise IdempotencyAlreadyInProgressError(
            "Execution already in progress with idempotency key: "
            f"{self.settings.event_key_jmespath}={record.idempotency_key}{sort_key}"
        )

    def _take(self, found: DataRecord) -> DataRecord:
        try:
            return self._layer._take(found, self._payload_hash)  # noqa: SLF001
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(SAVING, error) from error

    def _read(self) -> DataRecord | None:
        try:
            return self._layer._read(self.key or "", self._payload_hash)  # noqa: SLF001
        except IdempotencyItemNotFoundError:
            return None
        except _NEVER_WRAPPED:
            raise
        except Exception as error:
            raise IdempotencyPersistenceLayerError(READING, error) from error
