"""The decoded bytes of a compressed stream, as an unbuffered stream that can seek."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from typing import IO, Any

CHUNK_SIZE = 64 * 1024
"""Compressed bytes taken from the input at once."""


class Decoded(io.RawIOBase, ABC):
    """What decoders share: a position in decoded bytes, and seeking by decoding.

    Args:
        source: the compressed stream.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._position = 0
        self._error: BaseException | None = None
        self._restart()

    @abstractmethod
    def _restart(self) -> None:
        """Make ready to decode from the start of the source."""

    @abstractmethod
    def _decode(self, size: int) -> bytes:
        """Return up to `size` further bytes, nothing at the end only."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._source.seekable()

    def tell(self) -> int:
        return self._position

    def readinto(self, target: Any, /) -> int:
        if self._error is not None:  # the buffer above has lost what it had read: going on would leave a gap
            raise self._error
        try:
            data = self._decode(len(target))
        except BaseException as error:
            self._error = error
            raise
        target[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position, backwards by decoding from the start again; behind the end is the end."""
        self._error = None
        if whence == io.SEEK_END:
            while self._skip(io.DEFAULT_BUFFER_SIZE * 16):
                pass
        target = offset if whence == io.SEEK_SET else self._position + offset
        if target < 0:
            raise ValueError(f"a position is not negative: {target}")
        if target < self._position:
            self._source.seek(0)
            self._restart()
            self._position = 0
        while self._position < target and self._skip(min(target - self._position, io.DEFAULT_BUFFER_SIZE * 16)):
            pass
        return self._position

    def _skip(self, size: int) -> int:
        skipped = len(self._decode(size))
        self._position += skipped
        return skipped
