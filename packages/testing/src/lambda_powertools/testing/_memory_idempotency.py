"""A store of idempotency records in a dictionary."""

from __future__ import annotations

import copy
import functools
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambda_powertools.idempotency import BasePersistenceLayer
    from lambda_powertools.idempotency.persistence.datarecord import DataRecord


@functools.cache
def persistence_layer() -> type[BasePersistenceLayer]:
    """Return the class; it is made when it is first needed, as its base need not be installed."""
    from lambda_powertools.idempotency import BasePersistenceLayer
    from lambda_powertools.idempotency.exceptions import IdempotencyItemAlreadyExistsError, IdempotencyItemNotFoundError

    class MemoryPersistenceLayer(BasePersistenceLayer):
        """Keeps records in a dictionary; it keeps all clauses of the conformance suite.

        Attributes:
            records: the records by key.
        """

        def __init__(self) -> None:
            self.records: dict[str, DataRecord] = {}
            self._lock = threading.Lock()

        def _get_record(self, idempotency_key: str) -> DataRecord:
            with self._lock:
                if idempotency_key not in self.records:
                    raise IdempotencyItemNotFoundError(idempotency_key)
                return copy.copy(self.records[idempotency_key])

        def _put_record(self, data_record: DataRecord) -> None:
            with self._lock:
                old = self.records.get(data_record.idempotency_key)
                if old is not None and _counts(old):
                    raise IdempotencyItemAlreadyExistsError(old_data_record=copy.copy(old))
                self.records[data_record.idempotency_key] = copy.copy(data_record)

        def _update_record(self, data_record: DataRecord) -> None:
            with self._lock:
                self.records[data_record.idempotency_key] = copy.copy(data_record)

        def _delete_record(self, data_record: DataRecord) -> None:
            with self._lock:
                self.records.pop(data_record.idempotency_key, None)

    return MemoryPersistenceLayer


def _counts(record: DataRecord) -> bool:
    """Whether a record keeps its key: neither expired nor of a call that has not ended in its time."""
    import time

    if record.is_expired:
        return False
    expiry = record.in_progress_expiry_timestamp
    return not (record.status == "INPROGRESS" and expiry is not None and expiry < time.time() * 1000)
