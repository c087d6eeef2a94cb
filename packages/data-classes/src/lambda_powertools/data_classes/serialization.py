"""Text and JSON as base64, in which several services want data."""

from __future__ import annotations

import json

from lambda_powertools.data_classes.shared_functions import base64_decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["base64_decode", "base64_encode", "base64_from_json", "base64_from_str"]


def base64_encode(data: str) -> str:
    """Return text as base64 of its UTF-8 bytes.

    https://www.rfc-editor.org/rfc/rfc4648#section-4

    Example:
        >>> base64_encode("order")
        'b3JkZXI='
    """
    from binascii import b2a_base64

    return b2a_base64(data.encode("utf-8"), newline=False).decode("ascii")


def base64_from_str(data: str) -> str:
    """Return text as base64: the same as `base64_encode`."""
    return base64_encode(data)


def base64_from_json(data: Any, json_serializer: Callable[..., str] = json.dumps) -> str:
    """Return what JSON can hold as base64 of its text.

    Args:
        data: what is to be written.
        json_serializer: writes it, `json.dumps` by default.

    Example:
        >>> base64_decode(base64_from_json({"order": 7}))
        '{"order": 7}'
    """
    return base64_encode(json_serializer(data))
