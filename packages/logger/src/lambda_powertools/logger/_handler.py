"""The handler of a logger that is given none."""

from __future__ import annotations

import logging
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    StreamHandler = logging.StreamHandler[IO[str]]
else:
    StreamHandler = logging.StreamHandler


class LineHandler(StreamHandler):
    """A `StreamHandler` with a shorter way to the stream: one write for each record, with its newline."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record. Called with the handler's lock held, so no line is broken by another."""
        try:
            stream = self.stream
            stream.write(self.format(record) + self.terminator)
            stream.flush()
        except RecursionError:
            raise
        except Exception:  # noqa: BLE001  # as every handler of logging: `logging.raiseExceptions` decides what is shown
            self.handleError(record)
