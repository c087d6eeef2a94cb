"""The masks: what a text looks like afterwards, and how they reach the leaves of nested data."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking.constants import DATA_MASKING_STRING
from lambda_powertools.data_masking.exceptions import DataMaskingError

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

MASK_OPTIONS = ("dynamic_mask", "custom_mask", "regex_pattern", "mask_format")
"""The options that choose a mask, alone or in a rule."""

_KEPT = "-_. "


def given_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that say something: False and empty texts do not."""
    return {name: value for name, value in options.items() if value}


def mask(data: Any, options: Mapping[str, Any]) -> Any:
    """Return the data masked: each leaf with the mask asked for, or the data as a whole if none is."""
    if not options:
        if isinstance(data, (list, tuple, set, frozenset)):
            return _rebuild(data, [DATA_MASKING_STRING] * len(data))
        return DATA_MASKING_STRING
    return _mask_leaves(data, _masker(options), set())


def _mask_leaves(value: Any, mask_text: Callable[[str], str], path: set[int]) -> Any:
    if isinstance(value, (str, int, float)):
        return mask_text(str(value))
    if not isinstance(value, (dict, list, tuple, set, frozenset)) or id(value) in path:
        return DATA_MASKING_STRING
    path.add(id(value))
    try:
        if isinstance(value, dict):
            return {key: _mask_leaves(item, mask_text, path) for key, item in value.items()}
        return _rebuild(value, [_mask_leaves(item, mask_text, path) for item in value])
    finally:
        path.discard(id(value))


def _rebuild(value: Any, items: list[Any]) -> Any:
    if isinstance(value, list):
        return items
    if isinstance(value, (set, frozenset)) and any(isinstance(item, (dict, list)) for item in items):
        return items
    return getattr(value, "_make", type(value))(items)  # a named tuple has another constructor


def _masker(options: Mapping[str, Any]) -> Callable[[str], str]:
    pattern, replacement = options.get("regex_pattern"), options.get("mask_format")
    if pattern and replacement:
        return _regex_masker(pattern, replacement)
    custom = options.get("custom_mask")
    if custom:
        return lambda text: custom[: len(text)]
    return _mask_characters


def _mask_characters(text: str) -> str:
    return "".join(character if character in _KEPT else "*" for character in text)


def _regex_masker(pattern: str, replacement: str) -> Callable[[str], str]:
    import re

    try:
        compiled = _compile(pattern)
    except re.error as error:
        raise DataMaskingError(f"regex_pattern {pattern!r} is no regular expression: {error}") from error

    def mask_text(text: str) -> str:
        try:
            return compiled.sub(replacement, text)
        except (re.error, IndexError) as error:
            raise DataMaskingError(f"mask_format {replacement!r} does not fit {pattern!r}: {error}") from error

    return mask_text


@lru_cache(maxsize=128)
def _compile(pattern: str) -> re.Pattern[str]:
    import re

    return re.compile(pattern)
