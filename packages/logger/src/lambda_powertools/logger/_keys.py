"""Where the keys of a formatter live, so that no invocation, thread or task sees those of another.

Keys set at import time are shared by all. During an invocation, changes go to a mapping of that invocation alone;
afterwards they are dropped or, under a stand-alone decorator that does not clear them, become the shared ones. Every
mapping is immutable: a change replaces it, so whoever holds one may keep it.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar

from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.logger._layout import Layout
from lambda_powertools.logger._scope import ROUTE_STATE, STATE_KEY, Scope, current_state, lone_state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType
    from typing import Any

    from lambda_powertools.logger._quick import Head
    from lambda_powertools.logger._scope import InvocationState

_MISSING: Any = object()
_EMPTY: Mapping[str, Any] = {}


class Keys:
    """An immutable mapping of keys, and what is made of it at the first need.

    Attributes:
        basis: other keys, and what these add to them or change; None if these are on their own.
        head: the beginning of the lines with these keys, kept here for `QuickWriter`.
    """

    __slots__ = ("_layout", "_mapping", "basis", "head")

    def __init__(self, mapping: Mapping[str, Any] | None, basis: tuple[Keys, Mapping[str, Any]] | None = None) -> None:
        self._mapping = mapping
        self._layout: Layout | None = None
        self.basis = basis
        self.head: Head | None = None

    @property
    def mapping(self) -> Mapping[str, Any]:
        """All keys and their values."""
        mapping = self._mapping
        if mapping is None:
            assert self.basis is not None  # noqa: S101  # keys have the one or the other
            mapping = self._mapping = {**self.basis[0].mapping, **self.basis[1]}
        return mapping

    @property
    def layout(self) -> Layout:
        """The compiled form."""
        layout = self._layout
        if layout is None:
            layout = self._layout = Layout(self.mapping)
        return layout

    def with_changes(self, changes: Mapping[str, Any]) -> Keys:
        """Return these keys and the changes."""
        if not changes:
            return self
        if self.basis is None:
            return Keys(None, (self, changes))
        basis, before = self.basis  # never the basis of a basis: a chain would grow with every invocation
        return Keys(None, (basis, {**before, **changes}))

    def with_values(self, keys: Mapping[str, Any]) -> Keys:
        """Return these keys and those of the given ones that change anything: None hides a key, it adds none."""
        for value in keys.values():
            if value is None:
                mapping = self.mapping
                return self.with_changes({k: v for k, v in keys.items() if v is not None or k in mapping})
        if self.basis is None and keys:  # as below: this is asked once in each invocation
            return Keys(None, (self, keys))
        return self.with_changes(keys)

    def without(self, names: Iterable[str]) -> Keys:
        """Return these keys but the ones of these names."""
        gone = set(names)
        return Keys({key: value for key, value in self.mapping.items() if key not in gone})


class _Layer:
    """The keys of one `with append_context_keys(…)`, on top of those of the blocks around it."""

    __slots__ = ("_merged", "changes", "mark", "parent", "store")

    def __init__(self, store: KeyStore, changes: Mapping[str, Any], parent: _Layer | None, mark: object) -> None:
        self.store = store
        self.changes = changes
        self.parent = parent
        self.mark = mark  # what the block knows its layer by, however it has been rewritten
        self._merged: tuple[Keys, Keys] | None = None

    def on(self, base: Keys, store: KeyStore) -> Keys:
        """Return the keys of this layer and those below it on top of `base`."""
        if self.parent is None and self.store is not store:
            return base
        below = base if self.parent is None else self.parent.on(base, store)
        if self.store is not store:
            return below
        merged = self._merged
        if merged is None or merged[0] is not below:
            merged = self._merged = (below, below.with_changes(self.changes))
        return merged[1]


_layers: ContextVar[_Layer | None] = ContextVar("lambda_powertools.logger.context_keys", default=None)


class KeyStore:
    """The keys of one formatter."""

    def __init__(self, initial: Mapping[str, Any]) -> None:
        """Begin with the keys that `reset` returns to."""
        self._initial = Keys(dict(initial))
        self.shared = self._initial
        self._lock = threading.Lock()

    def current(self) -> Keys:
        """Return the keys for a record that is made here and now."""
        invocation = current_invocation()
        shared = _EMPTY if invocation is None else invocation.state
        state = lone_state() if invocation is None else shared.get(STATE_KEY)
        if state is None:
            keys = self.shared
        else:
            scope = state.scopes.get(self) or self._open(state)
            route = shared.get(ROUTE_STATE)
            keys = scope.keys if route is None else scope.keys_of(route)
        layer = _layers.get()
        return keys if layer is None else layer.on(keys, self)

    def append(self, keys: Mapping[str, Any]) -> None:
        """Add keys or give them new values."""
        self._change(lambda current: current.with_changes(keys))
        self._hide(keys)

    def remove(self, names: Iterable[str]) -> None:
        """Remove keys; unknown names do no harm."""
        names = set(names)
        self._change(lambda current: current.without(names))
        self._hide(names)

    def extend(self, keys: Mapping[str, Any]) -> None:
        """Add keys to the initial ones, for everybody."""
        with self._lock:
            self._initial = Keys({**self._initial.mapping, **keys})
            self.shared = Keys({**self.shared.mapping, **keys})

    def reset(self) -> None:
        """Return to the initial keys."""
        self._change(lambda _: self._initial)
        self._hide(None)

    def block(self, keys: Mapping[str, Any]) -> ContextKeys:
        """Return a context manager inside which there are these keys as well."""
        return ContextKeys(self, keys)

    def own(self, state: InvocationState, keys: Mapping[str, Any], *, clear: bool) -> bool:
        """Give an invocation keys of its own; return whether the caller is the first who does, and has to `settle`.

        Args:
            state: the invocation's.
            keys: added to those it has.
            clear: first return to the initial keys.
        """
        scope = self._open(state)
        with self._lock:
            first, scope.owned = not scope.owned, True
            scope.keys = (self._initial if clear else scope.keys).with_values(keys)
        self._hide(None if clear else keys)
        return first

    def settle(self, state: InvocationState, *, keep: bool) -> None:
        """End an invocation: let its keys be the shared ones, or forget them.

        Invocations that went on at the same time would leave their keys to each other: those are never kept.
        """
        scope = state.scopes.pop(self, None)
        if scope is None or not keep or state.overlapped:
            return
        with self._lock:
            if self.shared is scope.base:
                self.shared = scope.keys
            else:  # changed from outside of the invocation meanwhile: bring both together
                before, after = scope.base.mapping, scope.keys.mapping
                gone = before.keys() - after.keys()
                changed = {key: value for key, value in after.items() if before.get(key, _MISSING) is not value}
                self.shared = self.shared.without(gone).with_changes(changed)

    def _open(self, state: InvocationState) -> Scope:
        scope = state.scopes.get(self)
        if scope is None:
            base = self.shared
            new = Scope(base, base.with_values(state.injected), owned=state.managed)
            scope = state.scopes.setdefault(self, new)  # another thread of the invocation may have been quicker
        return scope

    def _change(self, change: Any) -> None:
        state = current_state(create=True)
        scope = None if state is None else self._open(state)
        with self._lock:
            if scope is None:
                # On their own, whatever they change: invocations add theirs to these.
                self.shared = Keys(change(self.shared).mapping)
            else:
                scope.keys = change(scope.keys)

    def _hide(self, names: Iterable[str] | None) -> None:
        """Let the surrounding `with` blocks no longer cover keys that have been changed inside them."""
        layer = _layers.get()
        if layer is not None:
            gone = None if names is None else set(names)
            _layers.set(self._without(layer, gone))

    def _without(self, layer: _Layer | None, names: set[str] | None) -> _Layer | None:
        if layer is None:
            return None
        changes = layer.changes
        if layer.store is self:
            changes = _EMPTY if names is None else {k: v for k, v in changes.items() if k not in names}
        return _Layer(layer.store, changes, self._without(layer.parent, names), layer.mark)


class ContextKeys:
    """A `with` block of keys, seen only by the thread or task that runs it."""

    __slots__ = ("_keys", "_marks", "_store")

    def __init__(self, store: KeyStore, keys: Mapping[str, Any]) -> None:
        self._store = store
        self._keys = keys
        self._marks: list[object] = []

    def __enter__(self) -> None:
        mark = object()
        self._marks.append(mark)
        _layers.set(_Layer(self._store, self._keys, _layers.get(), mark))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        mark = self._marks.pop()
        layer = _layers.get()
        while layer is not None and layer.mark is not mark:
            layer = layer.parent
        if layer is not None:  # else the block is left in another context than it was entered in: nothing to undo here
            _layers.set(layer.parent)


_thread_safe: ContextVar[Mapping[str, Any]] = ContextVar("lambda_powertools.logger.thread_safe_keys", default=_EMPTY)

thread_safe_keys = _thread_safe.get
"""Return the keys of this thread or task. The mapping must not be changed."""


def append_thread_safe_keys(keys: Mapping[str, Any]) -> None:
    """Add keys that only this thread or task has."""
    _thread_safe.set({**_thread_safe.get(), **keys})


def remove_thread_safe_keys(names: Iterable[str]) -> None:
    """Remove keys of this thread or task; unknown names do no harm."""
    gone = set(names)
    _thread_safe.set({key: value for key, value in _thread_safe.get().items() if key not in gone})


def clear_thread_safe_keys() -> None:
    """Remove all keys of this thread or task."""
    if _thread_safe.get():
        _thread_safe.set(_EMPTY)
