"""What waits for its export: bounded, in batches, and put back when nobody took it."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

from lambda_powertools.core.package_logger import report_failure
from lambda_powertools.opentelemetry.exceptions import TelemetryDroppedError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MOST_REFUSALS = 3
_MOST_FAILURES_OF_A_RUN = 2


class _Batch(Generic[T]):
    """Items that are exported together.

    Attributes:
        items: the items.
        refusals: how often they were refused while others were taken: it must be them, not the collector.
    """

    __slots__ = ("items", "refusals")

    def __init__(self, items: list[T]) -> None:
        self.items = items
        self.refusals = 0


class Buffer(Generic[T]):
    """Keeps items until they are exported. Any thread adds; one at a time drains."""

    def __init__(self, export: Callable[[list[T]], bool], *, capacity: int, batch_size: int, what: str) -> None:
        """Start empty.

        Args:
            export: exports a batch; returns whether it was taken.
            capacity: items that wait at most; beyond it the oldest are given up.
            batch_size: items that are exported together at most.
            what: what the items are, for messages: `spans`.
        """
        self._export = export
        self._capacity = max(capacity, 1)
        self._batch_size = max(min(batch_size, capacity), 1)
        self._what = what
        self._lock = threading.Lock()
        self._items: deque[T] = deque()
        self._again: list[_Batch[T]] = []
        self._waiting_again = self._dropped = 0
        self._has_reported = False

    def __len__(self) -> int:
        """Return how many items wait, those included that are to be tried again."""
        return len(self._items) + self._waiting_again

    def add(self, item: T) -> bool:
        """Keep an item; return whether there is a batch full of them."""
        with self._lock:
            self._items.append(item)
            if len(self._items) > self._capacity:
                self._items.popleft()
                self._dropped += 1
            return len(self._items) >= self._batch_size

    def drain(self) -> bool:
        """Export all that waits; return whether all was taken. What was not is kept for the next time."""
        batches, taken = self._take(), False
        refused: list[_Batch[T]] = []
        for number, batch in enumerate(batches):
            if len(refused) >= _MOST_FAILURES_OF_A_RUN:
                self._put_back([*batches[number:], *refused])
                break
            if self._is_taken(batch.items):
                taken = True
            else:
                refused.append(batch)
        else:
            if taken:
                for batch in refused:
                    batch.refusals += 1
            self._put_back(refused)
        self._report()
        if not refused:
            self._has_reported = False
        return not refused

    def _take(self) -> list[_Batch[T]]:
        with self._lock:
            items, self._items = list(self._items), deque()
            batches, self._again = self._again, []
            self._waiting_again = 0
        size = self._batch_size
        return [*batches, *(_Batch(items[start : start + size]) for start in range(0, len(items), size))]

    def _is_taken(self, items: list[T]) -> bool:
        try:
            return self._export(items)
        except Exception as error:  # noqa: BLE001  # an exporter may be anybody's
            self._report(error)
            return False

    def _put_back(self, batches: list[_Batch[T]]) -> None:
        with self._lock:
            kept: list[_Batch[T]] = []
            room = self._capacity
            for batch in batches:
                if batch.refusals >= _MOST_REFUSALS or len(batch.items) > room:
                    self._dropped += len(batch.items)
                else:
                    room -= len(batch.items)
                    kept.append(batch)
            self._again = kept
            self._waiting_again = self._capacity - room

    def _report(self, error: BaseException | None = None) -> None:
        """Say that something was given up, or why; once until an export succeeds again."""
        with self._lock:
            if self._has_reported or not (self._dropped or error):
                return
            dropped, self._dropped, self._has_reported = self._dropped, 0, True
        if error is not None:
            report_failure(f"exporting {self._what} failed", error)
        if dropped:
            report_failure(
                f"{dropped} {self._what} were given up",
                TelemetryDroppedError(f"nobody took {dropped} {self._what}: is the collector reachable?"),
            )
