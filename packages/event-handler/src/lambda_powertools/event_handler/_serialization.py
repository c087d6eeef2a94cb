"""Bodies as JSON: compact, not ASCII escaped, and strict about what has no JSON form."""

from __future__ import annotations

import json
import sys
from typing import Any

from lambda_powertools.core.json import plain


def _default(value: Any) -> Any:
    decimal = getattr(sys.modules.get("decimal"), "Decimal", None)  # without the module there is no decimal
    if decimal is not None and isinstance(value, decimal):
        return float("nan") if value.is_nan() else str(value)
    data = plain(value)
    if data is not value:
        return data
    hint = ": return a list of what it yields" if hasattr(value, "send") or hasattr(value, "__next__") else ""
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable{hint}")


_encoder = json.JSONEncoder(separators=(",", ":"), default=_default)


def to_json(value: Any) -> str:
    r"""Return compact JSON.

    `Decimal` becomes its text, pydantic models, dataclass objects and event source data classes become objects.

    Raises:
        TypeError: a value has no JSON form.

    Example:
        >>> from lambda_powertools.event_handler._serialization import to_json
        >>> to_json({"name": "Zoë"})
        '{"name":"Zo\\u00eb"}'
    """
    return _encoder.encode(value)
