"""Records kept in memory, the most recently used ones."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord


class LocalCache:
    """A bounded cache, safe under threads. What goes in and what comes out are copies."""

    def __init__(self, max_items: int) -> None:
        self.max_items = max_items
        self._records: dict[str, DataRecord] = {}  # a dict keeps its order: the least recently used comes first
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: str) -> bool:
        return key in self._records

    def get(self, key: str) -> DataRecord | None:
        """Return the record of a key, None if there is none that still counts."""
        with self._lock:
            record = self._records.pop(key, None)
            if record is None or record.is_expired:
                return None
            self._records[key] = record
            return record.copy()

    def put(self, key: str, record: DataRecord) -> None:
        """Keep a record."""
        with self._lock:
            self._records.pop(key, None)
            self._records[key] = record.copy()
            while len(self._records) > self.max_items:
                del self._records[next(iter(self._records))]

    def discard(self, key: str) -> None:
        """Forget the record of a key, if there is one."""
        with self._lock:
            self._records.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._records.clear()
