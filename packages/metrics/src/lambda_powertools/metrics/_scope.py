"""Which store an instance writes to: one for each invocation, however many run at once in the process."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lambda_powertools.core.invocation import current_invocation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from lambda_powertools.core.invocation import Invocation

    class Store(Protocol):
        """What a scope asks of its stores."""

        depth: int
        defaults: dict[str, Any]
        has_published: bool

        @property
        def is_empty(self) -> bool: ...
        def fresh(self, defaults: Mapping[str, Any]) -> Any: ...
        def reset(self, defaults: Mapping[str, Any]) -> None: ...


StoreT = TypeVar("StoreT", bound="Store")

STATE_KEY = "metrics"
"""Key of `Invocation.state` under which the stores of an invocation are kept, by scope."""


class Scope(Generic[StoreT]):
    """The stores of one instance, or of all instances that share their data.

    The base store serves outside of invocations, and the invocation that begins while no other is running: so what was
    recorded at import time goes out with the first one, and a worker thread that knows no invocation reaches it. An
    invocation that begins while another is running gets a store of its own. What a thread records that belongs to none
    of several running invocations must carry the dimensions of none: it goes to the stray store.

    Attributes:
        stray: the store of what belongs to no invocation, None while there was none such.
    """

    __slots__ = ("_active", "_base", "_defaults", "_lock", "stray")

    def __init__(self, base: StoreT) -> None:
        self._base = base
        self._active: tuple[StoreT, ...] = ()
        self._defaults: Mapping[str, Any] = base.defaults
        self.stray: StoreT | None = None
        self._lock = threading.Lock()

    def current(self) -> StoreT:
        """Return the store of whoever calls."""
        active = self._active
        if not active:
            return self._base
        invocation = current_invocation()
        if invocation is not None:
            stores = invocation.state.get(STATE_KEY)
            if stores is not None:
                store: StoreT | None = stores.get(self)
                if store is not None:
                    return store
        return active[0] if len(active) == 1 else self._of_strays()

    def enter(self, invocation: Invocation) -> None:
        """Give the invocation a store, unless it has one; to be followed by `leave`."""
        with self._lock:
            stores = invocation.state.setdefault(STATE_KEY, {})
            store = stores.get(self)
            if store is None:
                if self._active:
                    store = self._base.fresh(self._defaults)
                else:
                    store = self._base
                    self._defaults = dict(store.defaults)
                store.has_published = False
                self._active += (store,)
                stores[self] = store
            store.depth += 1

    def leave(self, invocation: Invocation) -> None:
        """Take the store from the invocation once everyone who entered has left.

        Defaults that the invocation has set become those of the next ones, unless others are running: they must not
        see each other's.
        """
        with self._lock:
            stores = invocation.state[STATE_KEY]
            store = stores[self]
            store.depth -= 1
            if store.depth:
                return
            del stores[self]
            self._active = tuple(other for other in self._active if other is not store)
            defaults = self._defaults if self._active else store.defaults
            if (store is self._base or not self._active) and self._base.defaults != defaults:
                self._base.reset(defaults)

    def _of_strays(self) -> StoreT:
        with self._lock:
            if self.stray is None:
                stray: StoreT = self._base.fresh(self._defaults)
                self.stray = stray
            return self.stray
