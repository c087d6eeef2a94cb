"""Keeps statements of low levels back until it turns out that they are needed."""

from __future__ import annotations

import threading
from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import LogRecord
    from typing import Any, Literal

_VERBOSITIES = {"DEBUG": 10, "INFO": 20, "WARNING": 30}
_OVERHEAD = 120
"""Characters that level, location, timestamp and punctuation add to every line."""


class LoggerBufferConfig:
    """How much is buffered, and what.

    Example:
        >>> LoggerBufferConfig(buffer_at_verbosity="info").buffer_at_verbosity
        'INFO'
    """

    __slots__ = ("_buffer_at_verbosity", "_flush_on_error_log", "_max_bytes")

    def __init__(
        self,
        max_bytes: int = 20480,
        buffer_at_verbosity: Literal["DEBUG", "INFO", "WARNING"] = "DEBUG",
        flush_on_error_log: bool = True,
    ) -> None:
        """Choose what is buffered.

        Args:
            max_bytes: size of all that is buffered for one invocation; beyond it the oldest statements are dropped.
            buffer_at_verbosity: statements of this level and those below it are buffered.
            flush_on_error_log: whether a statement of level ERROR or CRITICAL writes the buffered ones first.

        Raises:
            ValueError: a value is none of the allowed ones.
        """
        if type(max_bytes) is not int or max_bytes <= 0:
            raise ValueError(f"max_bytes is {max_bytes!r}: a positive integer is allowed")
        given: Any = buffer_at_verbosity
        level = given.upper() if isinstance(given, str) else given
        if not isinstance(level, str) or level not in _VERBOSITIES:
            raise ValueError(f"buffer_at_verbosity is {buffer_at_verbosity!r}: allowed are DEBUG, INFO and WARNING")
        if type(flush_on_error_log) is not bool:
            raise ValueError(f"flush_on_error_log is {flush_on_error_log!r}: True or False is allowed")
        self._max_bytes = max_bytes
        self._buffer_at_verbosity = level
        self._flush_on_error_log = flush_on_error_log

    @property
    def max_bytes(self) -> int:
        """Size of all that is buffered for one invocation."""
        return self._max_bytes

    @property
    def buffer_at_verbosity(self) -> str:
        """The highest level that is buffered."""
        return self._buffer_at_verbosity

    @property
    def flush_on_error_log(self) -> bool:
        """Whether a statement of level ERROR or CRITICAL writes the buffered ones first."""
        return self._flush_on_error_log

    @property
    def level(self) -> int:
        """The highest level that is buffered, as logging's number."""
        return _VERBOSITIES[self._buffer_at_verbosity]


class LogBuffer:
    """The buffered statements of one service in one invocation."""

    __slots__ = ("_entries", "_evicted", "_lock", "_max_bytes", "_size")

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._entries: deque[tuple[int, Callable[[LogRecord], Any], LogRecord]] = deque()
        self._size = 0
        self._evicted = False
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, record: LogRecord, emit: Callable[[LogRecord], Any], size: int) -> bool:
        """Keep a record that `emit` will write; return False if it is larger than the whole buffer."""
        if size > self._max_bytes:
            return False
        with self._lock:
            while self._size + size > self._max_bytes:
                self._size -= self._entries.popleft()[0]
                self._evicted = True
            self._entries.append((size, emit, record))
            self._size += size
        return True

    def flush(self) -> bool:
        """Write all records in their order and forget them; return whether some had been dropped."""
        with self._lock:
            entries, self._entries, self._size = self._entries, deque(), 0
            evicted, self._evicted = self._evicted, False
        for _, emit, record in entries:
            emit(record)
        return evicted

    def clear(self) -> None:
        """Forget all records."""
        with self._lock:
            self._entries.clear()
            self._size, self._evicted = 0, False


def size_of(record: LogRecord, keys: dict[str, Any]) -> int:
    """Return about how long the record's line will be."""
    size = _OVERHEAD + len(_text(record.msg)) + sum(len(_text(argument)) for argument in record.args or ())
    return size + sum(len(key) + len(_text(value)) for key, value in keys.items())


def frozen(value: Any) -> Any:
    """Return the value as it is now: changes made to it later do not show."""
    if value is None or isinstance(value, (str, int, float, bytes, bool)):
        return value
    try:
        from copy import deepcopy

        return deepcopy(value)
    except Exception:  # noqa: BLE001  # locks, sockets, clients cannot be copied
        return _text(value)


def _text(value: Any) -> str:
    try:
        return value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001  # a value may do what it likes
        return f"<unprintable {type(value).__name__}>"
