"""Models of a document, and what users write in their stead, as plain data."""

from __future__ import annotations

from typing import Any


def plain_data(value: Any) -> Any:
    """Return the JSON data of a model or of a structure with models in it; data stays as it is, null included.

    Example:
        >>> plain_data({"a": None, "b": [1]})
        {'a': None, 'b': [1]}
    """
    if hasattr(type(value), "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return getattr(value, "value", value)
    from lambda_powertools.event_handler.openapi.encoders import jsonable_encoder

    return jsonable_encoder(value)
