"""Reads and writes text files with the encoding, the byte order mark and the line ends that they have."""

from __future__ import annotations

import codecs
import io
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lambda_powertools.cli._files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file's text, and how it is written down.

    Attributes:
        path: the file.
        text: what is in it, without a byte order mark and with the line ends as they are.
        encoding: how it is encoded.
        has_mark: whether it begins with the byte order mark of UTF-8.
    """

    path: Path
    text: str
    encoding: str
    has_mark: bool

    def write(self, text: str) -> None:
        """Write another text in the file's place, at once.

        Raises:
            OSError: it cannot be written; the file is as it was.
        """
        data = text.encode(self.encoding)
        mode = self.path.stat().st_mode & 0o7777
        write_whole(self.path.resolve(), codecs.BOM_UTF8 + data if self.has_mark else data, mode)


def read_source(path: Path) -> Source:
    """Read a file; of Python code, in the encoding that it declares.

    Raises:
        OSError: it cannot be read.
        SyntaxError: it declares an encoding that there is not.
        UnicodeDecodeError: it is not in its encoding.
    """
    data = path.read_bytes()
    has_mark = data.startswith(codecs.BOM_UTF8)
    data = data.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8"
    if path.suffix in {".py", ".pyi"} and not has_mark:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return Source(path, data.decode(encoding), encoding, has_mark)
