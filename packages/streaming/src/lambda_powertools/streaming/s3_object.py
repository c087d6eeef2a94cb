"""An S3 object as a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, TypeVar, overload

from lambda_powertools.streaming._read_only import ReadOnlyStream
from lambda_powertools.streaming._s3_seekable_io import PART_SIZE, _S3SeekableIO
from lambda_powertools.streaming._view import StreamView
from lambda_powertools.streaming.constants import MESSAGE_CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    from lambda_powertools.streaming.transformations import BaseTransform

T = TypeVar("T")


class S3Object(ReadOnlyStream):
    """Reads an S3 object as a seekable file of bytes, and fetches only what is read.

    Nothing is requested before the first read. A broken connection is opened again where it broke. All requests are
    for one version of the object: one that is overwritten meanwhile is an error. It is one cursor: not for several
    threads.

    Args:
        bucket: name of the bucket.
        key: key of the object.
        version_id: the version to read, the newest without.
        boto3_client: an S3 client; one is made at the first request without.
        is_gzip: decompress gzip.
        is_csv: read rows of CSV as dicts, after decompression.
        read_ahead: ranges to fetch at the same time, 0 for one request that is read as it arrives. Up to
            `(read_ahead + 1) * part_size` bytes are then in memory.
        part_size: bytes of each range with `read_ahead`.
        **sdk_options: further parameters of
            [GetObject](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html), such as `RequestPayer`.

    Raises:
        ValueError: `Range` is among the options, or `read_ahead` or `part_size` is out of range.

    Example:
        >>> orders = S3Object("shop", "orders.csv.gz", is_gzip=True, is_csv=True)
        >>> orders.closed
        False
        >>> with orders:  # `for order in orders: ...` would request the object here
        ...     orders.seekable()
        False
    """

    def __init__(
        self,
        bucket: str,
        key: str,
        version_id: str | None = None,
        boto3_client: Any = None,
        is_gzip: bool | None = False,
        is_csv: bool | None = False,
        *,
        read_ahead: int = 0,
        part_size: int = PART_SIZE,
        **sdk_options: Any,
    ) -> None:
        self.bucket = bucket
        self.key = key
        self.version_id = version_id
        self._raw = _S3SeekableIO(
            bucket, key, version_id, boto3_client, read_ahead=read_ahead, part_size=part_size, **sdk_options
        )
        self._transformations: list[BaseTransform[Any]] = []
        self._transformed: Any = None
        if is_gzip:
            from lambda_powertools.streaming.transformations.gzip import GzipTransform

            self._transformations.append(GzipTransform())
        if is_csv:
            from lambda_powertools.streaming.transformations.csv import CsvTransform

            self._transformations.append(CsvTransform())

    @property
    def size(self) -> int:
        """The size of the object in bytes, as it is stored."""
        return self._raw.size

    @property
    def name(self) -> str:
        """The object's address, `s3://bucket/key`."""
        return self._raw.name

    @property
    def raw_stream(self) -> _S3SeekableIO:
        """The seekable stream of the object's bytes, below all transformations."""
        return self._raw

    @property
    def transformed_stream(self) -> Any:
        """What is left after all in-place transformations; made at the first use."""
        if self._transformed is None:
            self._transformed = self._apply(self._transformations)
        return self._transformed

    @overload
    def transform(self, transformations: BaseTransform[T], in_place: Literal[False] | None = False) -> T: ...

    @overload
    def transform(
        self, transformations: BaseTransform[Any] | Sequence[BaseTransform[Any]], in_place: Literal[True]
    ) -> None: ...

    @overload
    def transform(
        self, transformations: BaseTransform[Any] | Sequence[BaseTransform[Any]], in_place: bool | None = False
    ) -> Any: ...

    def transform(
        self, transformations: BaseTransform[Any] | Sequence[BaseTransform[Any]], in_place: bool | None = False
    ) -> Any:
        """Transform the bytes from the raw stream's current position on.

        Args:
            transformations: one, or several to be applied from left to right.
            in_place: change what this object reads, after the transformations it already has. Without, this object
                stays as it is and its own transformations are not part of the result; both share one position.

        Returns:
            What the last transformation gives, None in place.

        Raises:
            ValueError: something follows a `ZipTransform`.
        """
        from lambda_powertools.streaming.transformations.base import BaseTransform

        given = [transformations] if isinstance(transformations, BaseTransform) else list(transformations)
        if not in_place:
            _check_order(given)
            return self._apply(given)
        _check_order([*self._transformations, *given])
        self._transformations += given
        self._transformed = None
        return None

    def _apply(self, transformations: list[BaseTransform[Any]]) -> Any:
        if not transformations:
            return self._raw
        origin = 0 if transformations[0].reads_whole_object else self._raw.tell()
        stream: Any = StreamView(self._raw, origin)
        for transformation in transformations:
            stream = transformation.transform(stream)
        return stream

    def _method(self, name: str) -> Any:
        self._check_open()
        stream = self.transformed_stream
        method = getattr(stream, name, None)
        if method is None:
            last = type(self._transformations[-1]).__name__
            raise io.UnsupportedOperation(
                f"{name} is not available after {last}, which gives a {type(stream).__name__}"
            )
        return method

    def _check_open(self) -> None:
        if self._raw.closed:
            raise ValueError(MESSAGE_CLOSED)

    def read(self, size: int | None = -1, /) -> Any:
        """Return up to `size` bytes, everything up to the end with None or -1."""
        return self._method("read")(-1 if size is None else size)

    def readline(self, size: int | None = -1, /) -> Any:
        """Return one line with its end, at most `size` bytes of it."""
        return self._method("readline")(-1 if size is None else size)

    def readlines(self, hint: int | None = -1, /) -> list[Any]:
        """Return the remaining lines, only so many that they have `hint` bytes if it is positive."""
        lines: list[Any] = self._method("readlines")(-1 if hint is None else hint)
        return lines

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position and return it."""
        position: int = self._method("seek")(offset, whence)
        return position

    def tell(self) -> int:
        """Return the position: of the object's bytes, or of decompressed ones after a decompression."""
        position: int = self._method("tell")()
        return position

    def __iter__(self) -> Iterator[Any]:
        return iter(self._method("__iter__")())

    def __next__(self) -> Any:
        return self._method("__next__")()

    def readable(self) -> bool:
        """Return whether bytes can be read: not from a reader of rows."""
        return self._capability("readable")

    def writable(self) -> bool:
        """Return whether it can be written to, which no stream here can."""
        return self._capability("writable")

    def seekable(self) -> bool:
        """Return whether `seek` works: not on a reader of rows."""
        return self._capability("seekable")

    def _capability(self, name: str) -> bool:
        if not self._transformations:
            return bool(getattr(self._raw, name)())
        ask = getattr(self.transformed_stream, name, None)
        return False if ask is None else bool(ask())

    @property
    def closed(self) -> bool:
        """Whether the object is closed."""
        closed: bool = getattr(self._transformed, "closed", self._raw.closed)
        return closed

    def close(self) -> None:
        """Close what was opened; the part of the object that was not read is not downloaded."""
        try:
            close = getattr(self._transformed, "close", None)
            if close is not None:
                close()
        finally:
            self._raw.close()


def _check_order(transformations: list[BaseTransform[Any]]) -> None:
    from lambda_powertools.streaming.transformations.zip import ZipTransform

    if any(isinstance(transformation, ZipTransform) for transformation in transformations[:-1]):
        raise ValueError("nothing can follow a ZipTransform, which gives an archive and no stream")
