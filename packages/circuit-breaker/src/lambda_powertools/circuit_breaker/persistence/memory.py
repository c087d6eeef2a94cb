"""A store inside the process: for tests, and where there is one execution environment only."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from lambda_powertools.circuit_breaker._clock import now
from lambda_powertools.circuit_breaker._fork import forget_in_child
from lambda_powertools.circuit_breaker.persistence.base import (
    CircuitBreakerExistingLockError,
    CircuitBreakerPersistenceLayer,
)
from lambda_powertools.circuit_breaker.states import CircuitState

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord


class InMemoryCircuitBreakerPersistence(CircuitBreakerPersistenceLayer):
    """Keeps the records in this object: its circuits are those of one process.

    Example:
        >>> from lambda_powertools.circuit_breaker import circuit_breaker
        >>> @circuit_breaker(name="rates", persistence_store=InMemoryCircuitBreakerPersistence())
        ... def fetch_rate(currency):
        ...     return {"EUR": 1.0}[currency]
        >>> fetch_rate("EUR")
        1.0
    """

    def __init__(self) -> None:
        self._records: dict[str, CircuitStateRecord] = {}
        self.forget()
        forget_in_child(self)

    def forget(self) -> None:
        """Let the lock go in a forked child, which keeps a copy of the circuits."""
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget all circuits."""
        with self._lock:
            self._records.clear()
        self._cache.forget()

    def _get_record(self, name: str) -> CircuitStateRecord | None:
        with self._lock:
            record = self._records.get(name)
        return None if record is None else replace(record)

    def _put_record(
        self, record: CircuitStateRecord, condition: str | None = None, expected_opened_at: int | None = None
    ) -> None:
        with self._lock:
            if condition is not None and not _may_probe(self._records.get(record.name), expected_opened_at):
                raise CircuitBreakerExistingLockError(f"circuit {record.name!r} is being probed, or has changed")
            self._records[record.name] = replace(record)

    def _update_record(self, record: CircuitStateRecord) -> None:
        self._put_record(replace(record, half_open_owner=None, probe_lease_expiry=None))

    def _renew_lease(self, record: CircuitStateRecord) -> bool:
        with self._lock:
            stored = self._records.get(record.name)
            if stored is None or (stored.state, stored.half_open_owner) != (record.state, record.half_open_owner):
                raise CircuitBreakerExistingLockError(f"circuit {record.name!r} is no longer probed by this worker")
            stored.probe_lease_expiry = record.probe_lease_expiry
            stored.expiry_timestamp = record.expiry_timestamp
        return True


def _may_probe(stored: CircuitStateRecord | None, expected_opened_at: int | None) -> bool:
    if stored is None or stored.state is CircuitState.CLOSED:
        return False
    if stored.state is CircuitState.OPEN:
        return stored.half_open_owner is None and stored.opened_at == expected_opened_at
    return stored.probe_lease_expiry is None or stored.probe_lease_expiry <= now()
