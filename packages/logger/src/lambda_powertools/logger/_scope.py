"""What loggers keep for one invocation, and which invocations are going on.

Light on purpose: the plugin needs nothing else until something is logged.
"""

from __future__ import annotations

import threading

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.core.trace_id import trace_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from lambda_powertools.core.invocation import Invocation
    from lambda_powertools.logger._keys import Keys, KeyStore
    from lambda_powertools.logger.buffer import LogBuffer

STATE_KEY = "logger"
ROUTE_STATE = "event_handler"
"""Key of `Invocation.state` where whoever routes the request says which route it is: `{"route": "/users/{id}"}`."""
ROUTE_KEY = "http.route"
"""The key of log lines that say so; OpenTelemetry calls it the same."""

_lock = threading.Lock()
_active: set[InvocationState] = set()
_lone: InvocationState | None = None
"""The one invocation that is going on, which threads without one of their own belong to."""


class Scope:
    """The keys of one formatter in one invocation."""

    __slots__ = ("_routed", "base", "keys", "owned")

    def __init__(self, base: Keys, keys: Keys, *, owned: bool) -> None:
        self.base = base
        self.keys = keys
        self.owned = owned  # whether a decorator or the plugin decides what becomes of the keys in the end
        self._routed: tuple[Keys | None, str, Keys] = (None, "", keys)

    def keys_of(self, matched: Any) -> Keys:
        """Return the keys and the route that has been matched; keys of that name that are there already stay."""
        route = matched.get("route") if isinstance(matched, dict) else None
        if not isinstance(route, str) or not route:
            return self.keys
        keys, known, routed = self._routed
        if keys is not self.keys or known != route:
            keys = self.keys
            routed = keys if ROUTE_KEY in keys.mapping else keys.with_changes({ROUTE_KEY: route})
            self._routed = (keys, route, routed)
        return routed


class InvocationState:
    """What the loggers keep for one invocation, at `invocation.state["logger"]`.

    Attributes:
        injected: keys that every formatter has in this invocation.
        managed: whether the plugin takes care of the end of the invocation, whatever decorators there are further in.
        restore: called at the end, for formatters that keep their own keys.
        scopes: the keys of each formatter that has been used.
        buffers: the buffered statements of each service.
        identified: whether the invocation has an id: without one nothing is buffered.
        overlapped: whether another invocation went on at some time during this one.
        event_logged: the services that have logged the event, None standing for the plugin.
    """

    __slots__ = (
        "_depth",
        "buffers",
        "event_logged",
        "identified",
        "injected",
        "managed",
        "overlapped",
        "restore",
        "scopes",
    )

    def __init__(self, *, identified: bool) -> None:
        self.injected: Mapping[str, Any] = {}
        self.managed = False
        self.restore: tuple[Callable[[], None], ...] = ()
        self.scopes: dict[KeyStore, Scope] = {}
        self.buffers: dict[Any, LogBuffer] = {}
        self.identified = identified
        self.overlapped = False
        self.event_logged: tuple[Any, ...] = ()
        self._depth = 0

    def enter(self) -> None:
        """Take part in the invocation; every `enter` needs its `leave`."""
        global _lone
        with _lock:
            self._depth += 1
            if self._depth > 1:
                return
            if _active:
                _lone = None
                self.overlapped = True
                for other in _active:
                    other.overlapped = True
            else:
                _lone = self
            _active.add(self)

    def leave(self) -> None:
        """Take part no longer."""
        global _lone
        with _lock:
            self._depth -= 1
            if self._depth > 0:
                return
            _active.discard(self)
            if _lone is self:
                _lone = None

    def end(self, *, keep: bool) -> None:
        """Forget what is buffered; forget the keys as well, or let them be those of the next invocations."""
        if self.buffers:
            self.buffers.clear()
        if keep:
            for store in list(self.scopes):
                store.settle(self, keep=True)
        else:
            self.scopes.clear()
        if self.restore:
            restores, self.restore = self.restore, ()
            for restore in restores:
                restore()


def state_of(invocation: Invocation) -> InvocationState:
    """Return the loggers' state of an invocation, making it if there is none yet."""
    state = invocation.state.get(STATE_KEY)
    if state is None:
        identified = bool(invocation.request_id or trace_id())
        state = invocation.state[STATE_KEY] = InvocationState(identified=identified)
    return state


def current_state(*, create: bool = False) -> InvocationState | None:
    """Return the state of the invocation at hand.

    A thread that the handler has started carries no invocation: it belongs to the only one that is going on. With
    several at once nobody can tell, and it belongs to none.
    """
    invocation = current_invocation()
    if invocation is None:
        return _lone
    return state_of(invocation) if create else invocation.state.get(STATE_KEY)


def lone_state() -> InvocationState | None:
    """Return the state of the only invocation that is going on, None if there are several or none."""
    return _lone


def is_ambiguous() -> bool:
    """Return whether the caller belongs to no invocation, though several are going on."""
    return _lone is None and bool(_active) and current_invocation() is None
