"""The layer between circuits and a store: what is written and when, and how long a reading is believed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lambda_powertools.circuit_breaker._clock import now
from lambda_powertools.circuit_breaker._log import warn
from lambda_powertools.circuit_breaker.persistence._cache import RecordCache
from lambda_powertools.circuit_breaker.persistence.record import AssumedRecord, CircuitStateRecord
from lambda_powertools.circuit_breaker.states import CircuitState
from lambda_powertools.core.exceptions import PowertoolsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig

HALF_OPEN_CONDITION = "half_open"
"""Value of the `condition` of `_put_record` for the write that elects the one worker to probe."""

DEFAULT_MAX_AGE = 5
DEFAULT_RECOVERY_TIMEOUT = 30
RETENTION = 3600
"""Seconds that a record outlives its recovery timeout, so that no store forgets a circuit that is in use."""

_MAX_SIGHTINGS = 1024


class CircuitBreakerExistingLockError(PowertoolsError):
    """A store raises it when the conditional write of `_put_record` or `_renew_lease` was lost to another worker."""


class CircuitBreakerPersistenceLayer(ABC):
    """Base of the stores. One object may serve many circuits, in many threads.

    A store of one's own implements `_get_record`, `_put_record` and `_update_record`, and `_renew_lease` if it can;
    `pytest --circuit-breaker-store=module:factory` of lambda-powertools-testing tells whether it does so rightly.

    Example:
        >>> from lambda_powertools.circuit_breaker import CircuitState
        >>> class Shelf(CircuitBreakerPersistenceLayer):
        ...     def __init__(self):
        ...         self.records = {}
        ...     def _get_record(self, name):
        ...         return self.records.get(name)
        ...     def _put_record(self, record, condition=None, expected_opened_at=None):
        ...         self.records[record.name] = record  # the condition is left out here
        ...     def _update_record(self, record):
        ...         self.records[record.name] = record
        >>> shelf = Shelf()
        >>> shelf.save_open("payments", failure_count=5, opened_at=1700000000)
        >>> shelf.get_state("payments").state is CircuitState.OPEN
        True
    """

    _cache: RecordCache
    _settings: dict[str, tuple[int, int]]
    _sightings: dict[str, int]

    def __new__(cls, *_args: Any, **_kwargs: Any) -> CircuitBreakerPersistenceLayer:  # noqa: PYI034  # Self is newer than Python 3.10
        """Make the layer's own attributes, so that a subclass need not call `__init__`."""
        layer = super().__new__(cls)
        layer._cache = RecordCache()
        layer._settings = {}
        layer._sightings = {}
        return layer

    def configure(self, config: CircuitBreakerConfig, circuit_name: str) -> None:
        """Note the settings of a circuit; without them a state is believed for 5 seconds and recovery takes 30."""
        self._settings[circuit_name] = (config.local_cache_max_age, config.recovery_timeout)

    def get_state(self, name: str) -> CircuitStateRecord:
        """Return the record of a circuit, from the cache or the store; a circuit without record is closed.

        A store that cannot be read is reported, and the circuit assumed to be closed, until the next call.
        """
        max_age = self._settings.get(name, _UNCONFIGURED)[0]
        record = self._cache.fresh(name, max_age)
        return self._read(name) if record is None else record

    def save_open(self, name: str, failure_count: int, opened_at: int) -> None:
        """Write that a circuit has opened; for this process it has, even if the write fails."""
        record = self._record(name, CircuitState.OPEN, failure_count=failure_count, opened_at=opened_at)
        self._write_ahead(self._put_record, record)

    def try_acquire_half_open(self, name: str, owner: str, opened_at: int | None) -> bool:
        """Try to become the one worker that probes; return whether this one has.

        Args:
            name: name of the circuit.
            owner: an id that no other worker has.
            opened_at: when the circuit opened, as this worker knows it.
        """
        record = self._record(name, CircuitState.HALF_OPEN, opened_at=opened_at, half_open_owner=owner)
        record.probe_lease_expiry = now() + self._recovery_timeout(name)
        expected = None if self._sightings.get(name) == opened_at else opened_at
        try:
            self._put_record(record, condition=HALF_OPEN_CONDITION, expected_opened_at=expected)
        except CircuitBreakerExistingLockError:
            self._cache.drop(name)  # it was out of date: without this, every call would try, and lose, again
            return False
        except BaseException:
            self._cache.drop(name)
            raise
        self._sightings.pop(name, None)
        self._cache.keep(record)
        return True

    def renew_lease(self, name: str, owner: str, opened_at: int | None) -> bool:
        """Extend the owner's right to probe; return False where the store cannot.

        Raises:
            CircuitBreakerExistingLockError: it has lost that right.
        """
        record = self._record(name, CircuitState.HALF_OPEN, opened_at=opened_at, half_open_owner=owner)
        record.probe_lease_expiry = now() + self._recovery_timeout(name)
        try:
            if not self._renew_lease(record):
                return False
        except CircuitBreakerExistingLockError:
            self._cache.drop(name)
            raise
        self._cache.keep(record)
        return True

    def save_closed(self, name: str) -> None:
        """Write that a circuit has closed."""
        record = self._record(name, CircuitState.CLOSED)
        self._update_record(record)
        self._cache.keep(record)

    def save_reopen(self, name: str, opened_at: int) -> None:
        """Write that a probe has failed; for this process the circuit is open, even if the write fails."""
        self._write_ahead(self._update_record, self._record(name, CircuitState.OPEN, opened_at=opened_at))

    @abstractmethod
    def _get_record(self, name: str) -> CircuitStateRecord | None:
        """Return the record of a circuit, None if there is none."""

    @abstractmethod
    def _put_record(
        self, record: CircuitStateRecord, condition: str | None = None, expected_opened_at: int | None = None
    ) -> None:
        """Write a record in the place of whatever there is.

        With the condition `"half_open"` write it in one atomic step only if there is a record that either is OPEN, has
        no owner and was opened at `expected_opened_at` (None: says not when), or is HALF_OPEN with a lease that is
        over, `probe_lease_expiry <= now`.

        Raises:
            CircuitBreakerExistingLockError: the condition does not hold.
        """

    @abstractmethod
    def _update_record(self, record: CircuitStateRecord) -> None:
        """Write state, failure count, opening time and expiry, and remove owner and lease, whatever there is."""

    def _renew_lease(self, record: CircuitStateRecord) -> bool:  # noqa: ARG002  # for those that can
        """Write lease and expiry of a record if it is HALF_OPEN and has this owner; return False if that is not done.

        May be left out: then a worker that needs longer than the lease is replaced by another.

        Raises:
            CircuitBreakerExistingLockError: the state or the owner is another.
        """
        return False

    def _read(self, name: str) -> CircuitStateRecord:
        changes = self._cache.changes
        try:
            record = self._get_record(name)
            record = CircuitStateRecord(name, CircuitState.CLOSED) if record is None else self._checked(record)
        except Exception as error:  # noqa: BLE001  # a store that is down must not take the function with it
            warn(f"circuit {name!r}: its state could not be read, so this call goes through", error)
            return AssumedRecord(name, CircuitState.CLOSED)
        return self._cache.keep_read(record, changes)

    def _checked(self, record: CircuitStateRecord) -> CircuitStateRecord:
        record.state = CircuitState(record.state)
        if record.state is not CircuitState.OPEN or record.opened_at is not None:
            self._sightings.pop(record.name, None)
            return record
        # It says not when it opened, and would never recover: for this process, it opened when it was first seen.
        if len(self._sightings) > _MAX_SIGHTINGS:
            self._sightings.clear()
        return replace(record, opened_at=self._sightings.setdefault(record.name, now()))

    def _write_ahead(self, write: Callable[[CircuitStateRecord], None], record: CircuitStateRecord) -> None:
        self._cache.hold(record)
        try:
            write(record)
        finally:
            self._cache.keep(record)

    def _record(self, name: str, state: CircuitState, **values: Any) -> CircuitStateRecord:
        expiry = now() + self._recovery_timeout(name) + RETENTION
        return CircuitStateRecord(name, state, expiry_timestamp=expiry, **values)

    def _recovery_timeout(self, name: str) -> int:
        return self._settings.get(name, _UNCONFIGURED)[1]


_UNCONFIGURED = (DEFAULT_MAX_AGE, DEFAULT_RECOVERY_TIMEOUT)
