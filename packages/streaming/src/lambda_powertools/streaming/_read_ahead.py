"""The next parts of an object, fetched at the same time while the current one is read."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from mmap import mmap
from typing import TYPE_CHECKING, Any

from lambda_powertools.streaming._object_source import is_broken_connection

if TYPE_CHECKING:
    from concurrent.futures import Future

    from lambda_powertools.streaming._object_source import ObjectSource

CHUNK_SIZE = 256 * 1024


class ReadAhead:
    """A body that reads an object from a position to its end by parallel ranges.

    At most `parts` ranges are under way or wait to be read, beside the one being read.

    Args:
        source: the requests of the object.
        start: offset of the first byte.
        parts: ranges to fetch at the same time.
        part_size: bytes of each range.
    """

    def __init__(self, source: ObjectSource, start: int, parts: int, part_size: int) -> None:
        self._source = source
        self._part_size = part_size
        self._stopped = threading.Event()
        self._waiting: deque[Future[mmap]] = deque()
        self._current = memoryview(b"")
        self._next = start
        # The first answer tells size and ETag, which the other requests need.
        first = source.get(start, start + part_size - 1)
        self._size = 0 if first is None else source.size
        self._pool = ThreadPoolExecutor(parts, thread_name_prefix="powertools-streaming")
        for _ in range(parts):
            self._request_next(first)
            first = None

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, nothing at the end."""
        while not self._current and self._waiting:
            self._current = memoryview(self._waiting.popleft().result())
            self._request_next()
        data = bytes(self._current[:size])
        self._current = self._current[len(data) :]
        return data

    def close(self) -> None:
        """Give up what is under way; no further bytes are downloaded for it."""
        self._stopped.set()
        self._waiting.clear()
        self._current = memoryview(b"")
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _request_next(self, body: Any = None) -> None:
        if self._next < self._size:
            end = min(self._next + self._part_size, self._size)
            part = _Part(self._source, self._next, end, self._stopped)
            self._waiting.append(self._pool.submit(part.fetch, body))
            self._next = end


class _Part:
    """One range. It does not know the body it is for, so that a forgotten body can be collected."""

    def __init__(self, source: ObjectSource, start: int, end: int, stopped: threading.Event) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._stopped = stopped
        self._filled = 0

    def fetch(self, body: Any) -> mmap:
        """Download the range, and open it once more at the place where the connection broke."""
        data = mmap(-1, self._end - self._start)  # goes back to the system when it is read, as heap memory may not
        try:
            self._download(body, data)
        except Exception as error:
            if not is_broken_connection(error):
                raise
            self._download(None, data)
        return data

    def _download(self, body: Any, data: mmap) -> None:
        if body is None:
            if self._stopped.is_set():
                return
            body = self._source.get(self._start + self._filled, self._end - 1)
        try:
            while self._filled < len(data) and not self._stopped.is_set():
                chunk = body.read(min(CHUNK_SIZE, len(data) - self._filled))
                if not chunk:
                    raise EOFError(f"the range of bytes {self._start}-{self._end - 1} has {self._filled} bytes only")
                data[self._filled : self._filled + len(chunk)] = chunk
                self._filled += len(chunk)
        finally:
            body.close()
