"""How event sources pack bytes into JSON."""

from __future__ import annotations

import binascii


def from_base64(text: str) -> bytes:
    """Return the bytes of base64 text.

    Raises:
        binascii.Error: the text is not base64.
    """
    # base64.b64decode does just this, but its module compiles regular expressions on import.
    return binascii.a2b_base64(text)


def decode_key(key: str) -> str:
    """Return the key of an S3 object, which notifications encode as browsers encode forms."""
    from urllib.parse import unquote_plus

    return unquote_plus(key)


def inflate(data: bytes) -> bytes:
    """Return what gzip or zlib compressed; the header says which of them.

    Raises:
        zlib.error: the data are not compressed in either way.
    """
    import zlib

    return zlib.decompress(data, zlib.MAX_WBITS | 32)
