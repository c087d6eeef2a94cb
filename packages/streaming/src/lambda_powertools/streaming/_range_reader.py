"""An S3 object as an unbuffered stream: one open HTTP body, moved and mended as it is read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lambda_powertools.streaming._object_source import is_broken_connection

if TYPE_CHECKING:
    from lambda_powertools.streaming._object_source import ObjectSource

CHUNK_SIZE = 128 * 1024
"""Bytes taken from the body at once."""

SHORT_SEEK = 128 * 1024
"""Reading this many bytes in vain is quicker than another request."""


class RangeReader(io.RawIOBase):
    """Reads an object through one HTTP body at a time, or through several at once.

    Args:
        source: the requests of the object.
        read_ahead: ranges to fetch at the same time; one open-ended range with 0.
        part_size: bytes of each of these ranges.
    """

    def __init__(self, source: ObjectSource, read_ahead: int, part_size: int) -> None:
        self._source = source
        self._read_ahead = read_ahead
        self._part_size = part_size
        self._body: Any = None
        self._body_position = 0
        self._position = 0
        self.may_resume = True

    @property
    def body(self) -> Any:
        """The open HTTP body at the current position; opens it."""
        if self._body is None:
            self._body = self._open()
            self._body_position = self._position
        return self._body

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, _whence: int = io.SEEK_SET, /) -> int:
        """Move to an offset from the start; a body that is out of reach from there is closed."""
        if not 0 <= offset - self._body_position <= SHORT_SEEK:
            self._drop_body()
        self._position = offset
        return offset

    def readinto(self, target: Any, /) -> int:
        data = self._take(len(target))
        target[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        return b"".join(iter(lambda: self._take(CHUNK_SIZE), b""))

    def close(self) -> None:
        if not self.closed:
            self._drop_body()
            super().close()

    def _take(self, size: int) -> bytes:
        try:
            return self._take_from_body(size)
        except Exception as error:
            if not (self.may_resume and is_broken_connection(error)):
                raise
            self.may_resume = False
        return self._take_from_body(size)

    def _take_from_body(self, size: int) -> bytes:
        try:
            self._skip_to_position()
            data: bytes = self.body.read(size)
        except BaseException:
            self._drop_body()
            raise
        self._position += len(data)
        self._body_position += len(data)
        return data

    def _skip_to_position(self) -> None:
        while self._body is not None and self._body_position < self._position:
            skipped = len(self._body.read(min(CHUNK_SIZE, self._position - self._body_position)))
            if not skipped:
                break  # the position is behind the end
            self._body_position += skipped

    def _open(self) -> Any:
        size = self._source.known_size
        if size is not None and self._position >= size:
            return io.BytesIO()
        if self._read_ahead:
            from lambda_powertools.streaming._read_ahead import ReadAhead

            return ReadAhead(self._source, self._position, self._read_ahead, self._part_size)
        body = self._source.get(self._position)
        return io.BytesIO() if body is None else body

    def _drop_body(self) -> None:
        body, self._body = self._body, None
        if body is not None:
            body.close()
