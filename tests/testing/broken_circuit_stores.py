"""Stores of circuits that are broken, each in its own way, on one that is not."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from lambda_powertools.circuit_breaker import CircuitState
from lambda_powertools.circuit_breaker.persistence import CircuitBreakerPersistenceLayer
from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerExistingLockError


class GoodStore(CircuitBreakerPersistenceLayer):
    """Keeps records in a dict that all its layers share, under a lock."""

    records: dict
    lock: threading.Lock

    def __init_subclass__(cls):
        cls.records, cls.lock = {}, threading.Lock()

    def _get_record(self, name):
        record = self.records.get(name)
        return None if record is None else replace(record)

    def _put_record(self, record, condition=None, expected_opened_at=None):
        with self.lock:
            self.put(record, condition, expected_opened_at)

    def put(self, record, condition, expected_opened_at):
        if condition is not None and not self.is_free(self.records.get(record.name), expected_opened_at):
            raise CircuitBreakerExistingLockError
        self.write(record)

    def is_free(self, record, expected_opened_at):
        if record is None or record.state is CircuitState.CLOSED:
            return False
        if record.state is CircuitState.HALF_OPEN:
            return self.is_over(record)
        return record.half_open_owner is None and record.opened_at == expected_opened_at

    def is_over(self, record):
        return record.probe_lease_expiry <= time.time()

    def write(self, record):
        self.records[record.name] = replace(record)

    def _update_record(self, record):
        self.write(replace(record, half_open_owner=None, probe_lease_expiry=None))


class SoundStore(GoodStore):
    """Is not broken; cannot renew a lease."""


class RenewingStore(GoodStore):
    """Is not broken; can renew a lease."""

    def _renew_lease(self, record):
        stored = self.records.get(record.name)
        if stored is None or stored.half_open_owner != record.half_open_owner or stored.state != record.state:
            raise CircuitBreakerExistingLockError
        self.write(record)
        return True


class UnconditionalStore(GoodStore):
    """Elects everybody."""

    def is_free(self, record, expected_opened_at):
        return True


class CarelessStore(GoodStore):
    """Does not look at when the circuit opened."""

    def is_free(self, record, expected_opened_at):
        return super().is_free(record, record and record.opened_at)


class EternalStore(GoodStore):
    """Does not look at the lease."""

    def is_over(self, record):
        return False


class ImpatientStore(GoodStore):
    """Looks at the lease, and takes it for over."""

    def is_over(self, record):
        return True


class RacingStore(GoodStore):
    """Looks first, and writes later."""

    def _put_record(self, record, condition=None, expected_opened_at=None):
        self.put(record, condition, expected_opened_at)

    def write(self, record):
        time.sleep(0.02)
        super().write(record)


class StrandingStore(GoodStore):
    """Leaves owner and lease behind when a circuit closes or opens again."""

    def _update_record(self, record):
        stored = self.records.get(record.name, record)
        self.write(
            replace(record, half_open_owner=stored.half_open_owner, probe_lease_expiry=stored.probe_lease_expiry)
        )


class MergingStore(GoodStore):
    """Puts a record over another, and leaves what the new one does not say."""

    def write(self, record):
        stored = self.records.get(record.name, record)
        super().write(replace(record, half_open_owner=record.half_open_owner or stored.half_open_owner))


class SharingStore(GoodStore):
    """Hands out its own records."""

    def _get_record(self, name):
        return self.records.get(name)


class TextStore(GoodStore):
    """Does not make numbers of what it stored as text."""

    def _get_record(self, name):
        record = super()._get_record(name)
        if record is not None and record.opened_at is not None:
            record.opened_at = float(record.opened_at)
        return record


class SingleStore(GoodStore):
    """Has room for one circuit."""

    def _get_record(self, name):
        record = self.records.get("")
        return None if record is None or ("#" in record.name) != ("#" in name) else replace(record, name=name)

    def write(self, record):
        self.records[""] = replace(record)


class GenerousStore(RenewingStore):
    """Renews the lease of whoever asks."""

    def _renew_lease(self, record):
        self.write(record)
        return True


class BoastingStore(GoodStore):
    """Says that it has renewed a lease."""

    def _renew_lease(self, record):
        return True


class BlindStore(GoodStore):
    """Each layer has records of its own."""

    def __init__(self):
        self.records = {}
