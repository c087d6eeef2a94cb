"""What a transformation reads: a stream that it may close without closing the one below."""

from __future__ import annotations

import io
from errno import EINVAL
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.streaming._s3_seekable_io import _S3SeekableIO


class StreamView(io.BufferedIOBase):
    """A part of a stream, from a position on, that shares the stream's position and does not own it.

    Args:
        stream: the stream below.
        origin: its position that is 0 here.
    """

    def __init__(self, stream: _S3SeekableIO, origin: int) -> None:
        self._stream = stream
        self._origin = origin

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell() - self._origin

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = self._origin if whence == io.SEEK_SET else self._stream.seek(0, whence)
        if start + offset < self._origin:  # an OSError as that of a file: zipfile takes it for a file too short
            raise OSError(EINVAL, f"a position is not negative: {start + offset - self._origin}")
        return self._stream.seek(start + offset) - self._origin

    def read(self, size: int | None = -1, /) -> bytes:
        return self._stream.read(size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read1(size)

    def readinto(self, target: Any, /) -> int:
        return self._stream.readinto(target)

    def readinto1(self, target: Any, /) -> int:
        view = memoryview(target).cast("B")
        data = self._stream.read1(len(view))
        view[: len(data)] = data
        return len(data)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._stream.readline(size)
