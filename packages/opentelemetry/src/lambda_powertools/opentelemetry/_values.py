"""Makes of any value one that a span's attribute can hold, and that can be sent."""

from __future__ import annotations

import json
import traceback
from typing import Any

from lambda_powertools.core.json import default as json_default
from lambda_powertools.core.secrets import redact_secrets

MAX_LENGTH = 65_536
"""Characters of an attribute: collectors refuse requests of more than a few megabytes as a whole."""

_INT64 = 1 << 63


def to_attribute(value: Any) -> str | bool | int | float:
    """Return a text, number or boolean as it is, anything else as JSON; registered secrets are masked.

    Example:
        >>> to_attribute(7), to_attribute({"items": [1, 2]}), to_attribute(ValueError("no"))
        (7, '{"items":[1,2]}', 'ValueError: no')
    """
    kind = type(value)
    if kind is bool or kind is float:
        return value  # type: ignore[no-any-return]  # it has just been asked
    if kind is int:
        return value if -_INT64 <= value < _INT64 else str(value)
    if isinstance(value, str):
        return to_text(str.__str__(value))
    if isinstance(value, BaseException):
        return to_text(f"{type(value).__name__}: {value}")
    try:
        return to_text(json.dumps(value, default=_as_text, separators=(",", ":"), ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return to_text(_as_text(value))


def to_text(text: str) -> str:
    """Return text that can be sent: without secrets, without halves of characters, and not endless."""
    text = redact_secrets(text)
    if len(text) > MAX_LENGTH:
        text = f"{text[: MAX_LENGTH - 1]}\N{HORIZONTAL ELLIPSIS}"
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def exception_attributes(error: BaseException) -> dict[str, str]:
    """Return what describes an exception.

    Reference: https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/
    """
    return {
        "exception.type": type_name(error),
        "exception.message": to_text(_message(error)),
        "exception.stacktrace": to_text("".join(traceback.format_exception(type(error), error, error.__traceback__))),
    }


def type_name(error: BaseException) -> str:
    """Return the name of an exception's class, with its module unless it is Python's own."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def description(error: BaseException) -> str:
    """Return what the status of a span says of an exception."""
    return to_text(f"{type(error).__name__}: {_message(error)}")


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # noqa: BLE001  # an exception may be anybody's
        return f"<no message: {type(failure).__name__}>"


def _as_text(value: Any) -> Any:
    try:
        return json_default(value)
    except TypeError:
        return repr(value)
