"""Writing files at once."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file so that another process sees the earlier one or this one, whole.

    Args:
        target: the file; its folder must exist.
        data: all that is in it.
        mode: its permissions. A temporary file is its owner's alone, and a function runs as somebody else.

    Raises:
        OSError: it cannot be written; an earlier file is as it was.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
