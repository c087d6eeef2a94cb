"""The decorator that hands a handler its event as a data class."""

from __future__ import annotations

from typing import Any


def event_source(*args: Any, **options: Any) -> Any:
    """Hand a handler its event as a data class."""
    raise NotImplementedError
