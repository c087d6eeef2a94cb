"""The records that a layer has read or written lately, so that most calls ask no store."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from lambda_powertools.circuit_breaker._fork import forget_in_child

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord

MAX_CIRCUITS = 1024


class RecordCache:
    """The least recently used records make room. The lock is never held while a store is asked.

    A record that is being written is *held*: it is what the circuit is for this process, however old, until the write
    has ended. What a store said before or during a write is older than the write, and is not kept.
    """

    def __init__(self) -> None:
        self.forget()
        forget_in_child(self)

    def forget(self) -> None:
        """Forget everything, whoever holds the lock."""
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, tuple[CircuitStateRecord, float | None, int]] = OrderedDict()
        self._changes = 0

    def fresh(self, name: str, max_age: float) -> CircuitStateRecord | None:
        """Return the record if it is held, or younger than `max_age` seconds."""
        with self._lock:
            entry = self._entries.get(name)
            if entry is None:
                return None
            record, stamp, _ = entry
            # The wall clock: a monotonic one stands still in a snapshot. If it was set back, the age is unknown.
            if stamp is not None and not 0 <= time.time() - stamp < max_age:
                return None
            self._entries.move_to_end(name)
            return record

    @property
    def changes(self) -> int:
        """How often something was written; to be noted before a store is read, for `keep_read`."""
        return self._changes

    def keep_read(self, record: CircuitStateRecord, changes: int) -> CircuitStateRecord:
        """Keep what a store said, unless something was written since; return what is to be believed."""
        with self._lock:
            if self._changes == changes:
                self._put(record, time.time())
                return record
            entry = self._entries.get(record.name)
            return record if entry is None or entry[2] <= changes else entry[0]

    def hold(self, record: CircuitStateRecord) -> None:
        """Let a record be the truth while it is being written."""
        with self._lock:
            self._changes += 1
            self._put(record, None)

    def keep(self, record: CircuitStateRecord) -> None:
        """Keep a record whose writing has ended, from now on."""
        with self._lock:
            self._changes += 1
            self._put(record, time.time())

    def drop(self, name: str) -> None:
        """Forget a record."""
        with self._lock:
            self._changes += 1
            self._entries.pop(name, None)

    def _put(self, record: CircuitStateRecord, stamp: float | None) -> None:
        self._entries[record.name] = (record, stamp, self._changes)
        self._entries.move_to_end(record.name)
        if len(self._entries) > MAX_CIRCUITS:
            self._entries.popitem(last=False)
