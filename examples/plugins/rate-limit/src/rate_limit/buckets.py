"""How often each caller may still call."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict


class Buckets:
    """A bucket of tokens for each caller: a call takes one, and they come back at a constant rate."""

    def __init__(self, rate: float, burst: float, max_callers: int) -> None:
        self.rate = rate
        self.burst = burst
        self.max_callers = max_callers
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_of(self, caller: str) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        now = time.monotonic()
        with self._lock:
            tokens, since = self._levels.pop(caller, (self.burst, now))
            tokens = min(self.burst, tokens + (now - since) * self.rate)
            allowed = tokens >= 1
            self._levels[caller] = (tokens - allowed, now)
            while len(self._levels) > self.max_callers:
                self._levels.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self.rate
