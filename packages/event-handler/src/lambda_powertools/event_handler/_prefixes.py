"""Prefixes: of a router's rules, and such as are cut off a path, as the base path of a custom domain is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def usable_prefixes(prefixes: Any) -> tuple[Any, ...]:
    """Return the texts and patterns of what was given as prefixes; anything else says nothing."""
    if not isinstance(prefixes, list):
        return ()
    return tuple(prefix for prefix in prefixes if prefix and (isinstance(prefix, str) or hasattr(prefix, "sub")))


def strip_prefix(path: str, prefixes: Sequence[Any]) -> str:
    """Return a path without its prefix: the first text that it begins with, or all that a pattern finds."""
    for prefix in prefixes:
        if isinstance(prefix, str):
            if path == prefix:
                return "/"
            if path.startswith(f"{prefix}/"):
                return path[len(prefix) :]
        else:
            path = prefix.sub("", path)
            if not path:
                return "/"
    return path


def prefixed(rule: str, prefix: str | None) -> str:
    """Return a rule behind a prefix; the rule `/` is the prefix itself."""
    if not prefix:
        return rule
    return prefix if rule == "/" else f"{prefix}{rule}"
