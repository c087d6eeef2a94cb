"""Which store an instance writes to: one for each invocation, however many run at once in the process."""

from __future__ import annotations

import threading

from lambda_powertools.core.invocation import current_invocation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Generic, Protocol, TypeVar

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
else:
    from lambda_powertools.core.static import Generic, TypeVar

StoreT = TypeVar("StoreT", bound="Store")


class Scope(Generic[StoreT]):
    """The stores of one instance, or of all instances that share their data.

    The base store serves outside of invocations, and the invocation that begins while no other is running: so what was
    recorded at import time goes out with the first one, and a worker thread that knows no invocation reaches it. An
    invocation that begins while another is running gets a store of its own. What a thread records that belongs to none
    of several running invocations must carry the dimensions of none: it goes to the stray store.

    Attributes:
        stores: the store of each invocation that is running.
        stray: the store of what belongs to no invocation, None while there was none such.
    """

    __slots__ = ("_base", "_defaults", "_lock", "_only", "stores", "stray")

    def __init__(self, base: StoreT) -> None:
        self.stores: dict[Invocation, StoreT] = {}
        self.stray: StoreT | None = None
        self._base = base
        # The one store there is to choose from, None while several invocations are running. In Lambda it is the base
        # store nearly always, and then who is asking, and whether an invocation is running, makes no difference.
        self._only: StoreT | None = base
        self._defaults: Mapping[str, Any] = dict(base.defaults)
        self._lock = threading.Lock()

    def current(self) -> StoreT:
        """Return the store of whoever calls."""
        only = self._only
        return self._of_caller() if only is None else only

    def enter(self, invocation: Invocation) -> StoreT:
        """Give the invocation a store, unless it has one, and return it; to be followed by `leave`."""
        with self._lock:
            if self.stores:
                return self._enter_beside(invocation)
            store = self._base
            if self._defaults != store.defaults:
                self._defaults = dict(store.defaults)
            store.has_published = False
            store.depth = 1
            self.stores[invocation] = store
            return store

    def leave(self, invocation: Invocation) -> None:
        """Take the store from the invocation once everyone who entered has left.

        Defaults that the invocation has set become those of the next ones, unless others are running: they must not
        see each other's.
        """
        with self._lock:
            store = self.stores[invocation]
            store.depth -= 1
            if store.depth:
                return
            del self.stores[invocation]
            if self.stores or store is not self._base:
                self._hand_on(store)

    def _enter_beside(self, invocation: Invocation) -> StoreT:
        store = self.stores.get(invocation)
        if store is None:
            fresh: StoreT = self._base.fresh(self._defaults)
            store = self.stores[invocation] = fresh
            self._only = None
        store.depth += 1
        return store

    def _hand_on(self, store: StoreT) -> None:
        base, others = self._base, list(self.stores.values())
        self._only = base if not others else others[0] if len(others) == 1 else None
        defaults = self._defaults if others else store.defaults
        if (store is base or not others) and base.defaults != defaults:
            base.reset(defaults)

    def _of_caller(self) -> StoreT:
        invocation = current_invocation()
        store = None if invocation is None else self.stores.get(invocation)
        # Another thread may have ended an invocation in the meantime.
        return store or self._only or self._of_strays()

    def _of_strays(self) -> StoreT:
        with self._lock:
            if self.stray is None:
                stray: StoreT = self._base.fresh(self._defaults)
                self.stray = stray
            return self.stray
