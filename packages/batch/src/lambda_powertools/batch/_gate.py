"""Which records may still begin: none after the deadline, and after a failure as `on_error` says."""

from __future__ import annotations

from time import monotonic

from lambda_powertools.batch._sources import SOURCES, group_of
from lambda_powertools.batch.exceptions import RecordDeadlineError
from lambda_powertools.core.invocation import current_invocation, unwrap_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.batch._sources import EventType
    from lambda_powertools.batch.exceptions import RecordError

_MOST, _PATIENCE, _QUICK = 16, 2.0, 0.01

POLICIES = ("continue", "stop", "stop_group")


class Gate:
    """Asked before each record, told of each failure.

    Args:
        on_error: one of `POLICIES`.
        event_type: says which records belong to one group.
        limit: no record begins at or after this moment, on the clock of `time.monotonic()`.
        stopped: makes what fails the records after a failure.
        group_stopped: makes what fails those of the same group.
    """

    __slots__ = (
        "_event_type",
        "_failed_groups",
        "_group_stopped",
        "_has_failed",
        "_last",
        "_on_error",
        "_stopped",
        "limit",
    )

    def __init__(
        self,
        on_error: str,
        event_type: EventType,
        limit: float | None,
        stopped: Callable[[], RecordError],
        group_stopped: Callable[[], RecordError],
    ) -> None:
        self._on_error = on_error
        self._event_type = event_type
        self._stopped = stopped
        self._group_stopped = group_stopped
        self._has_failed = False
        self._failed_groups: set[Any] = set()
        self.limit = limit
        self._last = 0.0

    @property
    def has_policy(self) -> bool:
        """Whether a failure concerns the records after it."""
        return self._on_error != "continue"

    @property
    def keeps_groups(self) -> bool:
        """Whether the records of one group are to be handled one after the other."""
        return self._on_error == "stop_group"

    def group_of(self, record: Any) -> Any:
        """Return the group of a record, None if it has none."""
        return group_of(SOURCES[self._event_type], record)

    def refusal(self, record: Any) -> RecordError | None:
        """Return why a record may not begin, None if it may."""
        if self._has_failed:
            return self._stopped()
        if self._failed_groups and self.group_of(record) in self._failed_groups:
            return self._group_stopped()
        if self.limit is not None and monotonic() >= self.limit:
            return RecordDeadlineError("the invocation was about to end, so the record was not begun")
        return None

    def allowance(self, most: int) -> int:
        """Return how many records may begin one after the other before the clock is to be looked at again.

        To look at it takes nearly as long as the rest of what is done for a record. So while there is much time left,
        and the records so far were quick, a few begin without: each of them might take `_PATIENCE` seconds, and still
        none would begin after the limit.

        Args:
            most: how many there are.
        """
        if self.limit is None:
            return most
        now = monotonic()
        left, took, self._last = self.limit - now, now - self._last, now
        if left <= 0:
            return 0
        if took > _QUICK or left < _PATIENCE:
            return 1
        return _MOST if left > _MOST * _PATIENCE else int(left / _PATIENCE)

    def close(self, record: Any) -> None:
        """Take note of a failed record."""
        if self._on_error == "stop":
            self._has_failed = True
        elif self._on_error == "stop_group":
            group = self.group_of(record)
            if group is not None:
                self._failed_groups.add(group)


def moment_of(margin: float | None, lambda_context: Any) -> float | None:
    """Return the moment at which no more records begin, `margin` seconds before Lambda ends the invocation.

    None where nobody says when that is, or no margin is wanted.
    """
    if margin is None:
        return None
    invocation = current_invocation()
    if invocation is not None and (lambda_context is None or lambda_context is invocation.context):
        deadline = invocation.deadline
        return None if deadline is None else deadline - margin
    remaining = getattr(unwrap_context(lambda_context), "get_remaining_time_in_millis", None)
    milliseconds = remaining() if callable(remaining) else 0
    if not isinstance(milliseconds, (int, float)) or milliseconds <= 0:
        return None
    return monotonic() + milliseconds / 1000 - margin
