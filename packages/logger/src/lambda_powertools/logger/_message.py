"""The message of a record: JSON texts become data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_DIGITS = "0123456789"
# A text can only be JSON if it ends as it begins. Asking that first saves most messages a failing parse.
_ENDS = {"{": "}", "[": "]", '"': '"', "t": "e", "f": "e", "-": _DIGITS, **dict.fromkeys(_DIGITS, _DIGITS)}
JSON_ENDS = frozenset("".join(_ENDS.values()) + " \t\n\r")
"""The last characters of the texts that `parse_json` may turn into data."""

_INFINITE = (float("inf"), float("-inf"))


def parse_json(text: str) -> Any:
    """Return the data a JSON text stands for; the text itself if it is none, or `null`, or a number without end."""
    stripped = text.strip()
    if not stripped or stripped[-1] not in _ENDS.get(stripped[0], ""):
        return text
    from json import loads

    return parse_with(loads, text)


def parse_with(deserializer: Callable[[str], Any], text: str) -> Any:
    """Return what `deserializer` makes of the text; the text itself if it fails or makes nothing of it."""
    try:
        value = deserializer(text)
    except Exception:  # noqa: BLE001  # a custom deserializer may raise anything
        return text
    if value is None or (isinstance(value, float) and (value in _INFINITE or value != value)):  # noqa: PLR0124  # NaN
        return text
    return value
