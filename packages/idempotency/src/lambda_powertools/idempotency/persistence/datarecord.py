"""What a store keeps for one idempotency key."""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lambda_powertools.idempotency._json import loads
from lambda_powertools.idempotency.exceptions import IdempotencyInvalidStatusError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

STATUS_CONSTANTS: Mapping[str, str] = MappingProxyType(
    {"INPROGRESS": "INPROGRESS", "COMPLETED": "COMPLETED", "EXPIRED": "EXPIRED"}
)
"""The statuses that a record may have. `EXPIRED` is never stored, it follows from the time."""

INPROGRESS = STATUS_CONSTANTS["INPROGRESS"]
COMPLETED = STATUS_CONSTANTS["COMPLETED"]
EXPIRED = STATUS_CONSTANTS["EXPIRED"]


class DataRecord:
    """A record, as layers exchange it with the engine.

    Attributes:
        idempotency_key: `<prefix>#<hash>`; the partition value when the store has composite keys.
        expiry_timestamp: when the record ends to count, in Unix seconds.
        in_progress_expiry_timestamp: when a call that has not ended counts as dead, in Unix milliseconds.
        response_data: the result as JSON text, empty while there is none.
        payload_hash: hash of what must not differ between calls, empty without payload validation.
        sort_key: the sort value, when the store has composite keys.

    Example:
        >>> record = DataRecord("orders#1a2b", status="COMPLETED", response_data='{"id": 7}')
        >>> record.status, record.response_json_as_dict()
        ('COMPLETED', {'id': 7})
    """

    __slots__ = (
        "_status",
        "expiry_timestamp",
        "idempotency_key",
        "in_progress_expiry_timestamp",
        "payload_hash",
        "response_data",
        "sort_key",
    )

    def __init__(
        self,
        idempotency_key: str,
        status: str = "",
        expiry_timestamp: int | None = None,
        in_progress_expiry_timestamp: int | None = None,
        response_data: str = "",
        payload_hash: str = "",
        sort_key: str | None = None,
    ) -> None:
        self.idempotency_key = idempotency_key
        self._status = status
        self.expiry_timestamp = None if expiry_timestamp is None else int(expiry_timestamp)
        self.in_progress_expiry_timestamp = (
            None if in_progress_expiry_timestamp is None else int(in_progress_expiry_timestamp)
        )
        self.response_data = response_data
        self.payload_hash = payload_hash
        self.sort_key = sort_key

    def __repr__(self) -> str:
        """Show what the record is about, never what the function returned."""
        sort_key = "" if self.sort_key is None else f", sort_key={self.sort_key!r}"
        return (
            f"DataRecord(idempotency_key={self.idempotency_key!r}, status={self._status!r}, "
            f"expiry_timestamp={self.expiry_timestamp}, "
            f"in_progress_expiry_timestamp={self.in_progress_expiry_timestamp}{sort_key})"
        )

    def __eq__(self, other: object) -> bool:
        return self._fields() == other._fields() if isinstance(other, DataRecord) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # a record can be changed

    @property
    def is_expired(self) -> bool:
        """Whether the record has ended to count."""
        return self.expiry_timestamp is not None and int(time.time()) > self.expiry_timestamp

    @property
    def status(self) -> str:
        """`EXPIRED` once the record is, else the status it was stored with.

        Raises:
            IdempotencyInvalidStatusError: it was stored with another one than those of `STATUS_CONSTANTS`.
        """
        if self.is_expired:
            return EXPIRED
        if self._status in STATUS_CONSTANTS:
            return self._status
        raise IdempotencyInvalidStatusError(self._status)

    def response_json_as_dict(self) -> Any:
        """Return the decoded result, None if there is none; it is a dict where the function returned one."""
        if not self.response_data:
            return None
        return loads(self.response_data)

    def get_expiration_datetime(self) -> dt.datetime | None:
        """Return when the record ends to count, in local time without zone, None if never."""
        if self.expiry_timestamp is None:
            return None
        import datetime as dt

        return dt.datetime.fromtimestamp(int(self.expiry_timestamp))  # noqa: DTZ006  # naive local time is asked

    def copy(self) -> DataRecord:
        """Return a record of its own with the same content."""
        return DataRecord(*self._fields())

    def _fields(self) -> tuple[Any, ...]:
        return (
            self.idempotency_key,
            self._status,
            self.expiry_timestamp,
            self.in_progress_expiry_timestamp,
            self.response_data,
            self.payload_hash,
            self.sort_key,
        )
