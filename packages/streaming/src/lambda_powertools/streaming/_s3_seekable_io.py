"""An S3 object as a seekable, buffered, read-only byte stream."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lambda_powertools.streaming._object_source import ObjectSource
from lambda_powertools.streaming._range_reader import CHUNK_SIZE, RangeReader
from lambda_powertools.streaming._read_only import ReadOnlyStream
from lambda_powertools.streaming.constants import MESSAGE_CLOSED

if TYPE_CHECKING:
    from collections.abc import Callable

PART_SIZE = 8 * 1024 * 1024


class _S3SeekableIO(ReadOnlyStream):
    """The bytes of an S3 object, fetched as they are read.

    Args:
        bucket: name of the bucket.
        key: key of the object.
        version_id: the version to read, the newest without.
        boto3_client: an S3 client; one is made at the first request without.
        read_ahead: ranges to fetch at the same time, 0 for one request that is read as it arrives.
        part_size: bytes of each range with `read_ahead`.
        **sdk_options: further parameters of `GetObject`.

    Raises:
        ValueError: `Range` is among the options, or `read_ahead` or `part_size` is out of range.
    """

    def __init__(
        self,
        bucket: str,
        key: str,
        version_id: str | None = None,
        boto3_client: Any = None,
        *,
        read_ahead: int = 0,
        part_size: int = PART_SIZE,
        **sdk_options: Any,
    ) -> None:
        if read_ahead < 0:
            raise ValueError(
                f"read_ahead is the number of ranges to fetch at the same time, 0 or more, not {read_ahead}"
            )
        if part_size < 1:
            raise ValueError(f"part_size is a number of bytes, 1 or more, not {part_size}")
        self.bucket = bucket
        self.key = key
        self.version_id = version_id
        self._source = ObjectSource(bucket, key, version_id, boto3_client, sdk_options)
        self._reader = RangeReader(self._source, read_ahead, part_size)
        self._buffer = io.BufferedReader(self._reader, CHUNK_SIZE)
        self._position = 0  # counts bytes handed out; the reader is ahead of it by what is buffered

    @property
    def s3_client(self) -> Any:
        """The S3 client, made now if there is none yet."""
        return self._source.client

    @property
    def raw_stream(self) -> Any:
        """The open HTTP body; asking for it opens the request for the range from the current position."""
        self._check_open()
        return self._reader.body

    @property
    def size(self) -> int:
        """The size of the object in bytes."""
        return self._source.size

    @property
    def name(self) -> str:
        return f"s3://{self.bucket}/{self.key}"

    @property
    def closed(self) -> bool:
        return self._reader.closed

    def close(self) -> None:
        self._reader.close()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._check_open()
        if whence == io.SEEK_SET:
            target = offset
        elif whence == io.SEEK_CUR:
            target = self._position + offset
        elif whence == io.SEEK_END:
            target = self.size + offset
        else:
            raise ValueError(f"whence is 0 (SEEK_SET), 1 (SEEK_CUR) or 2 (SEEK_END), not {whence!r}")
        if target < 0:
            raise ValueError(f"a position in {self.name} is not negative: {target}")
        if target != self._position:
            self._buffer.seek(target)
            self._position = target
        return target

    def read(self, size: int | None = -1, /) -> bytes:
        return self._read(self._buffer.read, size)

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._read(self._buffer.read1, size)

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._read(self._buffer.readline, size)

    def readlines(self, hint: int | None = -1, /) -> list[bytes]:
        lines: list[bytes] = []
        left = hint if hint is not None and hint > 0 else float("inf")
        while left > 0 and (line := self.readline()):
            lines.append(line)
            left -= len(line)
        return lines

    def readinto(self, target: Any, /) -> int:
        view = memoryview(target).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def _read(self, method: Callable[[int], bytes], size: int | None) -> bytes:
        self._check_open()
        self._reader.may_resume = True
        try:
            data = method(-1 if size is None or size < 0 else size)
        except BaseException:
            self._return_to_position()
            raise
        self._position += len(data)
        return data

    def _return_to_position(self) -> None:
        """Forget what a failed call has taken, so that the next one begins where the failed one did."""
        self._buffer.detach()
        self._reader.seek(self._position)
        self._buffer = io.BufferedReader(self._reader, CHUNK_SIZE)

    def _check_open(self) -> None:
        if self._reader.closed:
            raise ValueError(MESSAGE_CLOSED)

    def __iter__(self) -> _S3SeekableIO:
        return self

    def __next__(self) -> bytes:
        if line := self.readline():
            return line
        raise StopIteration
