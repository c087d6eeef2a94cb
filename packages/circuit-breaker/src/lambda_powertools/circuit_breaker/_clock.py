"""The time that records carry: whole Unix seconds, as every environment reads them."""

from __future__ import annotations

import time


def now() -> int:
    """Return the current Unix time in whole seconds."""
    return int(time.time())
