"""A `gzip.GzipFile` that decodes and splits lines in large steps.

The standard one asks for a few kilobytes at a time and passes each line through several calls of Python.
"""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, Any

from lambda_powertools.streaming._decoded import CHUNK_SIZE, Decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_BAD_FRAME = ("header", "data check", "length check", "compression method")
"""What zlib names when the frame around the compressed data is wrong, not the data."""


class _GzipMembers(Decoded):
    mtime: int | None = None

    def _restart(self) -> None:
        self._pending = b""
        self._decoder: Any = None
        self._is_first = True

    def _decode(self, size: int) -> bytes:
        while True:
            if self._decoder is None and not self._open_member():
                return b""
            chunk = self._pending or self._source.read(CHUNK_SIZE)
            if not chunk:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            try:
                data: bytes = self._decoder.decompress(chunk, size)
            except zlib.error as error:
                if any(part in str(error) for part in _BAD_FRAME):
                    raise gzip.BadGzipFile(str(error)) from error
                raise
            self._pending = self._decoder.unconsumed_tail
            if self._decoder.eof:
                self._pending = self._decoder.unused_data
                self._decoder = None
            if data:
                return data

    def _open_member(self) -> bool:
        """Begin the next member, behind the zeros that may fill up the last one; return whether there is one."""
        while True:
            if not self._is_first:
                self._pending = self._pending.lstrip(b"\0")
            if self._pending:
                break
            self._pending = self._source.read(CHUNK_SIZE)
            if not self._pending:
                return False
        self._is_first = False
        self.mtime = int.from_bytes(self._pending[4:8], "little")
        self._decoder = zlib.decompressobj(wbits=31)
        return True


class ObjectGzipFile(gzip.GzipFile):
    """The decompressed bytes of a stream."""

    def __init__(self, source: IO[bytes], **options: Any) -> None:
        super().__init__(fileobj=source, mode="rb", **options)
        self._members = _GzipMembers(source)
        self._decoded = io.BufferedReader(self._members, 256 * 1024)

    @property
    def mtime(self) -> int | None:
        """When the member read last was compressed, in seconds since 1970."""
        return self._members.mtime

    def read(self, size: int | None = -1) -> bytes:
        return self._decoded.read(size)

    def read1(self, size: int = -1) -> bytes:
        return self._decoded.read1(size)

    def readinto(self, target: Any, /) -> int:
        return self._decoded.readinto(target)

    def readinto1(self, target: Any, /) -> int:
        return self._decoded.readinto1(target)

    def peek(self, n: int) -> bytes:
        return self._decoded.peek(n)

    def readline(self, size: int | None = -1) -> bytes:
        return self._decoded.readline(-1 if size is None else size)

    def __iter__(self) -> Iterator[bytes]:  # a generator, which keeps this object alive
        yield from self._decoded

    def __next__(self) -> bytes:
        return next(self._decoded)

    def tell(self) -> int:
        return self._decoded.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._decoded.seek(offset, whence)

    def rewind(self) -> None:
        self._decoded.seek(0)

    def close(self) -> None:
        if hasattr(self, "_decoded"):  # not if the options were refused
            self._decoded.close()
        super().close()
