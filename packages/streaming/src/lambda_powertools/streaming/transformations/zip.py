"""Members of ZIP archives."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from lambda_powertools.streaming.transformations.base import BaseTransform

if TYPE_CHECKING:
    import zipfile


class ZipTransform(BaseTransform["zipfile.ZipFile"]):
    """Opens a [ZIP archive](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT); it is the last in a sequence.

    Only the directory at its end and the members that are opened are fetched.

    Args:
        **transform_options: keywords of `zipfile.ZipFile` except `file` and `mode`.

    Example:
        >>> import io, zipfile
        >>> content = io.BytesIO()
        >>> with zipfile.ZipFile(content, "w") as archive:
        ...     archive.writestr("hello.txt", "hello")
        >>> ZipTransform().transform(content).read("hello.txt")
        b'hello'
    """

    reads_whole_object = True

    def transform(self, input_stream: IO[bytes]) -> zipfile.ZipFile:
        """Return the archive."""
        import zipfile

        return zipfile.ZipFile(input_stream, mode="r", **self.transform_options)
