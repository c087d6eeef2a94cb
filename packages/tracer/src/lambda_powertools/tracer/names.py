"""Names of subsegments: which characters they may hold, and how a function's is made."""

from __future__ import annotations

import functools

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FORBIDDEN = str.maketrans("", "", "?;*()!$~^<>")


def sanitize_xray_segment_name(name: str) -> str:
    """Return the name without the characters that X-Ray forbids in the names of segments.

    Format: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html

    Example:
        >>> sanitize_xray_segment_name("app.handler.<locals>.load")
        'app.handler.locals.load'
    """
    return name.translate(_FORBIDDEN)


def method_name(method: Any) -> str:
    """Return the name under which a captured function is traced: its module and qualified name.

    Example:
        >>> import json
        >>> method_name(json.loads)
        'json.loads'
    """
    while isinstance(method, functools.partial):
        method = method.func
    if not hasattr(method, "__qualname__"):
        method = type(method)
    return sanitize_xray_segment_name(f"{method.__module__}.{method.__qualname__}")
