"""The dictionary that the code of a request shares, one for each request.

It is the same object for one request after the other, as code may hold on to it, and another one for a request that
runs beside or inside another. What is appended before a request is for the next one: of the same thread or task, where
there are several.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.loop import is_loop_running

if TYPE_CHECKING:
    from lambda_powertools.event_handler._state import RequestState


class SharedContext:
    """The context of one app.

    Args:
        copies: whether each request has a copy of what was appended at first, instead of the first one having it.
    """

    __slots__ = ("_busy", "_copies", "_owner", "_pending", "base")

    def __init__(self, *, copies: bool = False) -> None:
        self._copies = copies
        self.base: dict[str, Any] = {}
        self._busy = threading.Lock()
        self._owner = threading.get_ident()
        self._pending: ContextVar[dict[str, Any] | None] = ContextVar("pending_context", default=None)

    def begin(self, state: RequestState) -> None:
        """Give a request its dictionary."""
        if self._copies:
            state.context = dict(self.base)
        elif self._busy.acquire(blocking=False):
            state.owns_context = True
            state.context = self.base
        else:
            state.context = {}
        pending = self._pending.get()
        if pending:
            state.context.update(pending)
            self._pending.set(None)

    def end(self, state: RequestState) -> None:
        """Empty the dictionary of a request."""
        state.context.clear()
        if state.owns_context:
            state.owns_context = False
            self._busy.release()

    def outside(self) -> dict[str, Any]:
        """Return the dictionary of the next request."""
        pending = self._pending.get()
        return self.base if pending is None else pending

    def append(self, values: dict[str, Any]) -> None:
        """Put values into the dictionary of the next request."""
        if threading.get_ident() == self._owner and not self._busy.locked() and not is_loop_running():
            self.base.update(values)
        else:
            self._pending.set({**(self._pending.get() or {}), **values})
