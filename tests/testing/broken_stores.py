"""Stores of idempotency records that are broken, each in its own way, on one that is not."""

from __future__ import annotations

import threading
import time

from lambda_powertools.idempotency import BasePersistenceLayer
from lambda_powertools.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)


class GoodStore(BasePersistenceLayer):
    """Keeps records in a dict that all its layers share, under a lock."""

    records: dict
    lock: threading.Lock

    def __init_subclass__(cls):
        cls.records, cls.lock = {}, threading.Lock()

    def _get_record(self, idempotency_key):
        if idempotency_key not in self.records:
            raise IdempotencyItemNotFoundError(idempotency_key)
        return self.records[idempotency_key].copy()

    def _put_record(self, data_record):
        with self.lock:
            self.claim(data_record)

    def claim(self, record):
        old = self.records.get(record.idempotency_key)
        if old is not None and self.counts(old):
            raise IdempotencyItemAlreadyExistsError(old_data_record=old.copy())
        self.write(record)

    def counts(self, record):
        return not record.is_expired and not self.is_dead(record)

    def is_dead(self, record):
        expiry = record.in_progress_expiry_timestamp
        return record.status == "INPROGRESS" and expiry is not None and expiry < time.time() * 1000

    def write(self, record):
        self.records[record.idempotency_key] = record.copy()

    def _update_record(self, data_record):
        self.write(data_record)

    def _delete_record(self, data_record):
        self.records.pop(data_record.idempotency_key, None)


class SoundStore(GoodStore):
    """Is not broken."""


class UnconditionalStore(GoodStore):
    """Lets every claim succeed."""

    def claim(self, record):
        self.write(record)


class EternalStore(GoodStore):
    """Does not look at the expiry."""

    def counts(self, record):
        return not self.is_dead(record) or record.is_expired


class LockedStore(GoodStore):
    """Does not look at the in-progress expiry."""

    def is_dead(self, record):
        return False


class ForgetfulStore(GoodStore):
    """Loses the hash of the payload on completion."""

    def _update_record(self, data_record):
        record = data_record.copy()
        record.payload_hash = ""
        self.write(record)


class RacingStore(GoodStore):
    """Looks first, and writes later."""

    def _put_record(self, data_record):
        self.claim(data_record)

    def write(self, record):
        time.sleep(0.02)
        super().write(record)


class CuttingStore(GoodStore):
    """Has room for so much, and cuts what is longer."""

    def write(self, record):
        record = record.copy()
        record.response_data = record.response_data[:400_000]
        super().write(record)


class FussyStore(GoodStore):
    """Fails at deleting what is not there."""

    def _delete_record(self, data_record):
        del self.records[data_record.idempotency_key]


class SelfWilledStore(GoodStore):
    """Writes times of its own."""

    def write(self, record):
        record = record.copy()
        if record.expiry_timestamp > time.time():
            record.expiry_timestamp = int(time.time()) + 3600
        super().write(record)
