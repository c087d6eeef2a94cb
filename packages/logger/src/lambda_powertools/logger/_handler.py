"""The handler of a logger that is given none."""

from __future__ import annotations

import logging

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    StreamHandler = logging.StreamHandler[IO[str]]

else:
    StreamHandler = logging.StreamHandler


class LineHandler(StreamHandler):
    """A `StreamHandler` with a shorter way to the stream: one write for each record, with its newline.

    Records are formatted before the lock is taken, so threads wait for each other's writing only.
    """

    def handle(self, record: logging.LogRecord) -> bool:
        """Write the record, unless a filter objects."""
        if self.filters:
            return super().handle(record)
        self.emit(record)
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        try:
            line = self.format(record) + self.terminator
            with self.lock:  # type: ignore[union-attr]  # a handler has its lock from its construction on
                self.stream.write(line)
                self.stream.flush()
        except RecursionError:
            raise
        except Exception:  # noqa: BLE001  # as every handler of logging: `logging.raiseExceptions` decides what is shown
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Report a failure on stderr, as logging does, without what must not be readable in the log."""
        mask = getattr(self.formatter, "mask", None)
        if callable(mask):
            record = logging.makeLogRecord({**record.__dict__, "msg": mask(record.msg), "args": "(not shown)"})
        super().handleError(record)
