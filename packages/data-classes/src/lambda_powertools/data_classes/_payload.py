"""How event sources pack bytes into JSON."""

from __future__ import annotations

import binascii

from_base64 = binascii.a2b_base64  # as base64.b64decode does, whose module compiles regular expressions on import


def decode_key(key: str) -> str:
    """Return the key of an S3 object, which notifications encode as browsers encode forms."""
    key = key.replace("+", " ")
    if "%" not in key:
        return key
    from urllib.parse import unquote

    return unquote(key)


def inflate(data: bytes) -> bytes:
    """Return what gzip or zlib compressed; the header says which of them.

    Raises:
        zlib.error: the data are not compressed in either way.
    """
    import zlib

    return zlib.decompress(data, zlib.MAX_WBITS | 32)
