"""Time zones by name."""

from __future__ import annotations

from datetime import timezone
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

UTC_NAMES = frozenset({"", "UTC"})


@lru_cache(maxsize=128)
def zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, UTC for an empty one; None if there is no such zone."""
    if name in UTC_NAMES:
        return timezone.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; a path out of the database; a folder of it, or too long
        return None
