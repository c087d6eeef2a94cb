"""Filters that keep a record from being printed twice."""

from __future__ import annotations

import logging


class SuppressFilter(logging.Filter):
    """Keeps a handler, the root logger's usually, from printing what a Powertools logger prints itself.

    Example:
        >>> import logging
        >>> suppress = SuppressFilter("order")
        >>> record = logging.makeLogRecord({"name": "order.payment"})
        >>> suppress.filter(record), suppress.filter(logging.makeLogRecord({"name": "reorder"}))
        (False, True)
    """

    def __init__(self, logger: str) -> None:
        """Suppress the records of the logger of this name and of those below it."""
        super().__init__()
        self.logger = logger
        self._below = f"{logger}."

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for the logger's records, True for all others."""
        return record.name != self.logger and not record.name.startswith(self._below)
