"""Decompression of Zstandard."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from lambda_powertools.streaming.transformations.base import BaseTransform

if TYPE_CHECKING:
    import io


class ZstdTransform(BaseTransform["io.BufferedReader"]):
    """Decompresses [Zstandard](https://www.rfc-editor.org/rfc/rfc8878), of one frame or of several.

    It needs the extra `zstd`.

    Args:
        **transform_options: keywords of `zstandard.ZstdDecompressor`, such as `dict_data` or `max_window_size`.

    Example:
        >>> import io, zstandard
        >>> ZstdTransform().transform(io.BytesIO(zstandard.compress(b"hello"))).read()
        b'hello'
    """

    def transform(self, input_stream: IO[bytes]) -> io.BufferedReader:
        """Return the decompressed stream, which can seek (backwards by starting again).

        Raises:
            ImportError: zstandard is not installed.
        """
        import io

        from lambda_powertools.streaming._zstd_frames import ZstdFrames

        return io.BufferedReader(ZstdFrames(input_stream, self.transform_options), 256 * 1024)
