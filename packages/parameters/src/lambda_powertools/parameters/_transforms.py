"""Decoding what was fetched: JSON, base64, or whichever the suffix of the name asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters.exceptions import TransformParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSFORM_METHOD_JSON = "json"
TRANSFORM_METHOD_BINARY = "binary"
TRANSFORM_METHOD_AUTO = "auto"


def _unchanged(value: Any) -> Any:
    return value


def _from_json(value: Any) -> Any:
    import json

    return json.loads(value)


def _from_base64(value: Any) -> bytes:
    import base64

    return base64.b64decode(value)


TRANSFORM_METHOD_MAPPING: dict[str, Callable[[Any], Any]] = {
    TRANSFORM_METHOD_JSON: _from_json,
    TRANSFORM_METHOD_BINARY: _from_base64,
}
"""The function that decodes, by transform, and by suffix of the name for the transform `auto`."""


def get_transform_method(value: str, transform: str | None = None) -> Callable[[Any], Any]:
    """Return the function that decodes the value called `value`; one that changes nothing where there is none.

    Args:
        value: name of the parameter, whose suffix decides with `"auto"`: `.json` or `.binary`.
        transform: `"json"`, `"binary"`, `"auto"` or None.

    Raises:
        TransformParameterError: there is no such transform.

    Example:
        >>> get_transform_method("/app/limits.json", "auto")('{"max": 3}')
        {'max': 3}
    """
    if transform is None:
        return _unchanged
    if transform == TRANSFORM_METHOD_AUTO:
        _, dot, suffix = value.rpartition(".")
        return TRANSFORM_METHOD_MAPPING.get(suffix, _unchanged) if dot else _unchanged
    try:
        return TRANSFORM_METHOD_MAPPING[transform]
    except (KeyError, TypeError):
        known = ", ".join([*TRANSFORM_METHOD_MAPPING, TRANSFORM_METHOD_AUTO])
        raise TransformParameterError(f"transform {transform!r} is unknown; known: {known}") from None


def transform_value(value: Any, transform: str | None, raise_on_transform_error: bool = True, key: str = "") -> Any:
    """Return the value decoded; of a dict each value, with its own key as the name.

    Args:
        value: what was fetched: text, bytes, or a dict of them.
        transform: `"json"`, `"binary"`, `"auto"` or None.
        raise_on_transform_error: whether a value that cannot be decoded is an error; without, it becomes None.
        key: name of the value, for `"auto"`.

    Raises:
        TransformParameterError: the value cannot be decoded, or there is no such transform.

    Example:
        >>> transform_value({"limits.json": "[1, 2]", "motto": "festina lente"}, "auto")
        {'limits.json': [1, 2], 'motto': 'festina lente'}
    """
    if transform is None:
        return value
    if isinstance(value, dict):
        return {name: _decode(one, transform, raise_on_transform_error, name) for name, one in value.items()}
    return _decode(value, transform, raise_on_transform_error, key)


def _decode(value: Any, transform: str | None, raise_on_transform_error: bool, key: str) -> Any:
    try:
        decode = get_transform_method(key, transform)
        if isinstance(value, (bytes, bytearray)):
            value = value.decode("utf-8")
        return decode(value)
    except Exception as error:
        if not raise_on_transform_error:
            return None
        if isinstance(error, TransformParameterError):
            raise
        named = f" of {key!r}" if key else ""
        raise TransformParameterError(f"transform {transform!r}{named} failed: {_describe(error)}") from error


def _describe(error: Exception) -> str:
    # Not its text in general: that of a KeyError or a TypeError may quote what was to be decoded.
    import binascii
    import json

    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8"
    if isinstance(error, (json.JSONDecodeError, binascii.Error)):
        return str(error)
    return type(error).__name__
