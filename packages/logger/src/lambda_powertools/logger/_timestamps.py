"""The time of a record as text."""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Parts = tuple[str, ...]

MILLISECONDS = "%F"
_SECOND = 1_000_000  # in microseconds


class Clock:
    """Writes times in one form. Of most forms all but the milliseconds is kept for as long as the second lasts.

    The kept text is thrown away when the time zone changes: `time.tzset()` replaces `time.tzname`.
    """

    __slots__ = ("_datetime", "_exact", "_format", "_kept", "_rfc3339", "_utc")

    def __init__(self, form: str, *, utc: bool, rfc3339: bool, use_datetime: bool) -> None:
        """Choose the form.

        Args:
            form: directives of `time.strftime`, or of `datetime.strftime` with `use_datetime`, and `%F`.
            utc: whether times are written in UTC instead of the local time zone.
            rfc3339: write RFC 3339 instead of `form`: https://www.rfc-editor.org/rfc/rfc3339#section-5.8
            use_datetime: whose directives `form` has.
        """
        self._format = form
        self._utc = utc
        self._rfc3339 = rfc3339
        self._datetime = use_datetime and not rfc3339
        self._exact = rfc3339 or use_datetime  # these count from the time itself, not from its rounded milliseconds
        self._kept: tuple[int, Any, Callable[[float], time.struct_time], Parts] | None = None

    def text(self, created: float, milliseconds: float, converter: Callable[[float], time.struct_time]) -> str:
        """Return the time as text.

        Args:
            created: seconds since the epoch.
            milliseconds: the part of them below a second, in milliseconds.
            converter: `time.localtime` or `time.gmtime`.
        """
        second = int(created)
        kept = self._kept
        if self._exact:
            micro = round((created - second) * _SECOND)
            if micro >= _SECOND:
                second, micro = second + 1, 0
            milliseconds = micro // 1000
            if self._datetime:
                return self._with_datetime(second, micro)
        if kept is None or kept[0] != second or kept[1] is not time.tzname or kept[2] is not converter:
            parts = self._rfc3339_parts(second) if self._rfc3339 else self._parts(converter(second))
            kept = self._kept = (second, time.tzname, converter, parts)
        return str(1000 + int(milliseconds))[1:].join(kept[3])  # as {:03d} does, in half the time

    def _parts(self, moment: time.struct_time) -> Parts:
        return tuple(time.strftime(part, moment) if part else "" for part in self._format.split(MILLISECONDS))

    def _rfc3339_parts(self, second: int) -> Parts:
        text = self._moment(second, 0).isoformat(timespec="milliseconds")
        return text[:20], text[23:]  # around the milliseconds

    def _with_datetime(self, second: int, micro: int) -> str:
        form = self._format.replace(MILLISECONDS, f"{micro // 1000:03d}")
        return str(self._moment(second, micro).strftime(form))

    def _moment(self, second: int, micro: int) -> Any:
        from datetime import datetime, timezone

        moment = datetime.fromtimestamp(second, tz=timezone.utc)
        return (moment if self._utc else moment.astimezone()).replace(microsecond=micro)
