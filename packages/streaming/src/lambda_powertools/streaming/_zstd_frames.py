"""The decoded frames of a Zstandard stream."""

from __future__ import annotations

from typing import IO, Any

from lambda_powertools.streaming._decoded import CHUNK_SIZE, Decoded

PIECE_SIZE = 1024
"""Compressed bytes decoded at once: four of them can hold 128 KiB, and what a call decodes has no other limit."""


class ZstdFrames(Decoded):
    """Decodes frame after frame.

    Args:
        source: the compressed stream.
        options: keywords of `zstandard.ZstdDecompressor`.

    Raises:
        ImportError: zstandard is not installed.
    """

    def __init__(self, source: IO[bytes], options: dict[str, Any]) -> None:
        try:
            import zstandard
        except ImportError as error:
            message = 'zstandard is needed to decompress: pip install "lambda-powertools-streaming[zstd]"'
            raise ImportError(message, name="zstandard") from error
        self._decompressor = zstandard.ZstdDecompressor(**options)
        super().__init__(source)

    def _restart(self) -> None:
        self._frame: Any = None
        self._input = b""
        self._offset = 0
        self._ready = memoryview(b"")

    def _decode(self, size: int) -> bytes:
        while not self._ready:
            if self._offset == len(self._input):
                self._input, self._offset = self._source.read(CHUNK_SIZE), 0
                if not self._input:
                    if self._frame is not None:
                        raise EOFError("the compressed stream ends in the middle of a frame")
                    return b""
            self._decode_piece()
        data = bytes(self._ready[:size])
        self._ready = self._ready[len(data) :]
        return data

    def _decode_piece(self) -> None:
        if self._frame is None:
            self._frame = self._decompressor.decompressobj()
        piece = self._input[self._offset : self._offset + PIECE_SIZE]
        self._ready = memoryview(self._frame.decompress(piece))
        self._offset += len(piece)
        if self._frame.eof:
            self._offset -= len(self._frame.unused_data)
            self._frame = None
