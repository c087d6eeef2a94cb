"""Decompression of gzip."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from lambda_powertools.streaming.transformations.base import BaseTransform

if TYPE_CHECKING:
    import gzip


class GzipTransform(BaseTransform["gzip.GzipFile"]):
    """Decompresses [gzip](https://www.rfc-editor.org/rfc/rfc1952), of one member or of several.

    Args:
        **transform_options: keywords of `gzip.GzipFile` except `fileobj` and `mode`.

    Example:
        >>> import gzip, io
        >>> GzipTransform().transform(io.BytesIO(gzip.compress(b"hello"))).read()
        b'hello'
    """

    def transform(self, input_stream: IO[bytes]) -> gzip.GzipFile:
        """Return the decompressed stream, which can seek (backwards by starting again)."""
        from lambda_powertools.streaming._gzip_file import ObjectGzipFile

        return ObjectGzipFile(input_stream, **self.transform_options)
