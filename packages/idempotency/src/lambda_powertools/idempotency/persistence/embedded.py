"""A store that needs no server: memory, or a SQLite file."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency.exceptions import (
    IdempotencyConfigError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from lambda_powertools.idempotency.persistence.base import BasePersistenceLayer
from lambda_powertools.idempotency.persistence.datarecord import INPROGRESS, DataRecord

if TYPE_CHECKING:
    import sqlite3

BUSY_TIMEOUT_SECONDS = 5.0
"""How long a statement waits for another process that is writing."""

_PURGE_EVERY, _PURGE_AT_MOST = 32, 128

_COLUMNS = "status, expiration, in_progress_expiration, data, validation"

# Connections of the parent process: closing them in a forked child would take the parent's locks away.
_inherited: list[Any] = []


class EmbeddedPersistenceLayer(BasePersistenceLayer):
    """Keeps records in memory or in a SQLite file.

    In memory they are shared by the threads of the process, in a file by the processes of one machine. For tests, local
    runs, and containers on one host. Lambda's execution environments do not share a disk: use another layer there.

    A call that has outlived its in-progress expiry neither overwrites nor deletes the record of the one that has taken
    its place.

    Example:
        >>> from lambda_powertools.idempotency import IdempotencyConfig, idempotent_function
        >>> from lambda_powertools.idempotency.persistence.embedded import EmbeddedPersistenceLayer
        >>> layer = EmbeddedPersistenceLayer()
        >>> config = IdempotencyConfig(in_progress_expires_after_seconds=30)
        >>> @idempotent_function(data_keyword_argument="order", persistence_store=layer, config=config)
        ... def charge(order):
        ...     print("charging")
        >>> charge(order="a"), charge(order="a")
        charging
        (None, None)
        >>> layer.clear()
        >>> charge(order="a")
        charging
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, table_name: str = "idempotency") -> None:
        """Take note of where; the file and the table are made at the first use.

        Args:
            path: the file, None for memory.
            table_name: the table in it.

        Raises:
            IdempotencyConfigError: the name is not that of a table.
        """
        if not table_name.isidentifier():
            raise IdempotencyConfigError(f"table_name is {table_name!r}: letters, digits and _ are expected")
        self.path = None if path is None else os.fspath(path)
        self.table_name = table_name
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._puts = 0

    def clear(self) -> None:
        """Forget all records."""
        self._execute(f'DELETE FROM "{self.table_name}"')  # noqa: S608  # an identifier, checked

    def close(self) -> None:
        """Close the connection; the next use opens another. What is kept in memory is gone."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None and self._process == os.getpid():
                connection.close()

    def __del__(self) -> None:
        if getattr(self, "_connection", None) is not None:
            self.close()

    def _get_record(self, idempotency_key: str) -> DataRecord:
        record = self._select(idempotency_key)
        if record is None:
            raise IdempotencyItemNotFoundError(f"no record of {idempotency_key}")
        return record

    def _put_record(self, data_record: DataRecord) -> None:
        now = time.time()
        statement = f"""
            INSERT INTO "{self.table_name}" AS old (id, {_COLUMNS})
            VALUES (:id, :status, :expiration, :in_progress_expiration, NULL, :validation)
            ON CONFLICT (id) DO UPDATE SET
                status = excluded.status, expiration = excluded.expiration, data = NULL,
                in_progress_expiration = excluded.in_progress_expiration, validation = excluded.validation
            WHERE old.expiration < :now
               OR (old.status = :inprogress AND old.in_progress_expiration < :now_in_millis)
            """  # noqa: S608  # an identifier, checked
        values = {
            **_values(data_record),
            "now": int(now),
            "now_in_millis": int(now * 1000),
            "inprogress": INPROGRESS,
        }
        self._puts += 1
        if self._puts % _PURGE_EVERY == 0:
            self._purge(int(now))
        if self._execute(statement, values) == 0:
            raise IdempotencyItemAlreadyExistsError(old_data_record=self._select(data_record.idempotency_key))

    def _update_record(self, data_record: DataRecord) -> None:
        statement = f"""
            INSERT INTO "{self.table_name}" AS old (id, {_COLUMNS})
            VALUES (:id, :status, :expiration, :in_progress_expiration, :data, :validation)
            ON CONFLICT (id) DO UPDATE SET
                status = excluded.status, expiration = excluded.expiration, data = excluded.data,
                validation = excluded.validation
            WHERE :in_progress_expiration IS NULL OR old.in_progress_expiration IS :in_progress_expiration
            """  # noqa: S608  # an identifier, checked
        if self._execute(statement, _values(data_record)) == 0:
            _log_lost(data_record.idempotency_key, "completed")

    def _delete_record(self, data_record: DataRecord) -> None:
        # A record that is newer than the call that has failed stays.
        self._execute(
            f"""
            DELETE FROM "{self.table_name}" WHERE id = :id AND
            (:in_progress_expiration IS NULL OR in_progress_expiration IS :in_progress_expiration)
            """,  # noqa: S608  # an identifier, checked
            {
                "id": data_record.idempotency_key,
                "in_progress_expiration": data_record.in_progress_expiry_timestamp,
            },
        )

    def _select(self, key: str) -> DataRecord | None:
        rows = self._query(f'SELECT {_COLUMNS} FROM "{self.table_name}" WHERE id = ?', (key,))  # noqa: S608  # checked
        for status, expiry, in_progress_expiry, data, validation in rows:
            return DataRecord(key, status, expiry, in_progress_expiry, data or "", validation or "")
        return None

    def _purge(self, now: int) -> None:
        """Delete some of what has expired."""
        self._execute(
            f"""
            DELETE FROM "{self.table_name}" WHERE id IN
            (SELECT id FROM "{self.table_name}" WHERE expiration < ? LIMIT {_PURGE_AT_MOST})
            """,  # noqa: S608  # an identifier, checked
            (now,),
        )

    def _execute(self, statement: str, values: Any = ()) -> int:
        with self._opened() as connection:
            return connection.execute(statement, values).rowcount

    def _query(self, statement: str, values: Any) -> list[Any]:
        with self._opened() as connection:
            return connection.execute(statement, values).fetchall()

    def _opened(self) -> _Opened:
        if self._process != os.getpid():
            self._adopt()
        return _Opened(self)

    def _adopt(self) -> None:
        """Start anew in a forked process: the connection and the lock are the parent's."""
        if self._connection is not None:
            _inherited.append(self._connection)
        self._lock, self._connection, self._process = threading.Lock(), None, os.getpid()

    def _connect(self) -> sqlite3.Connection:
        import sqlite3

        # Each statement commits by itself. SQLite's own lock would do, were it not left out of some builds.
        connection = sqlite3.connect(
            self.path or ":memory:", timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        import sqlite3

        deadline = time.monotonic() + BUSY_TIMEOUT_SECONDS
        while True:
            try:
                # Readers do not wait for the writer. Switching to it does not heed the time-out, so it is tried again.
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(
                    f'CREATE TABLE IF NOT EXISTS "{self.table_name}" (id TEXT PRIMARY KEY, status TEXT NOT NULL, '
                    "expiration INTEGER, in_progress_expiration INTEGER, data TEXT, validation TEXT) WITHOUT ROWID"
                )
                connection.execute(
                    f'CREATE INDEX IF NOT EXISTS "{self.table_name}_expiration" ON "{self.table_name}" (expiration)'
                )
            except sqlite3.OperationalError as error:  # noqa: PERF203  # that is the retry
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return


class _Opened:
    """The connection of a layer, for one statement at a time."""

    __slots__ = ("_layer", "_lock")

    def __init__(self, layer: EmbeddedPersistenceLayer) -> None:
        self._layer = layer
        self._lock = layer._lock  # noqa: SLF001  # its helper

    def __enter__(self) -> sqlite3.Connection:
        self._lock.acquire()
        layer = self._layer
        try:
            if layer._connection is None:  # noqa: SLF001
                layer._connection = layer._connect()  # noqa: SLF001
        except BaseException:
            self._lock.release()
            raise
        else:
            return layer._connection  # noqa: SLF001

    def __exit__(self, *failure: object) -> None:
        self._lock.release()


def _values(record: DataRecord) -> dict[str, Any]:
    return {
        "id": record.idempotency_key,
        "status": record._status,  # noqa: SLF001  # as it is stored, whatever the time
        "expiration": record.expiry_timestamp,
        "in_progress_expiration": record.in_progress_expiry_timestamp,
        "data": record.response_data or None,
        "validation": record.payload_hash or None,
    }


def _log_lost(key: str, what: str) -> None:
    from lambda_powertools.core.package_logger import get_logger

    get_logger(__name__).warning(
        "a call that outlived its in-progress expiry %s, but another one has taken its place: its outcome stays", what
    )
    get_logger(__name__).debug("idempotency key: %s", key)
