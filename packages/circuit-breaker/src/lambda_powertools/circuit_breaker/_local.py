"""What this execution environment knows of its circuits by itself: streaks, what it saw last, its right to probe."""

from __future__ import annotations

import os
import threading
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

from lambda_powertools.circuit_breaker._fork import forget_in_child
from lambda_powertools.circuit_breaker.states import CircuitState

if TYPE_CHECKING:
    from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord

MAX_CIRCUITS = 1024
"""Circuits that no decorated function uses any more are remembered up to this number."""


class _Worker(threading.local):
    """One for each thread. An object, not the thread's id, which a later thread may get again."""

    def __init__(self) -> None:
        self.token = object()


_worker = _Worker()


class Probe:
    """The right of one worker to call while the circuit is half open, won in an election.

    Attributes:
        owner: id of this election's winner in the store; new for each, as environments may start from one snapshot.
        opened_at: when the circuit opened.
        successes: its successful calls so far.
        in_flight: whether one of its calls is running.
    """

    __slots__ = ("_worker", "in_flight", "opened_at", "owner", "successes")

    def __init__(self, opened_at: int | None) -> None:
        self.owner = os.urandom(16).hex()
        self.opened_at = opened_at
        self.successes = 0
        self.in_flight = True
        self._worker = _worker.token

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread is the worker that won it."""
        return self._worker is _worker.token


class LocalCircuit:
    """One circuit as this environment knows it.

    Attributes:
        failures: consecutive failures while it was closed.
        last_seen: the state last seen in a record, or written; None before the first.
        unsaved: failure count and opening time of an opening that could not be written.
        probe: the right to probe, if a worker of this environment has it.
        version: rises with each change made here; a record that was read at an earlier version says nothing new.
        changing: how many changes are being written.
    """

    __slots__ = ("__weakref__", "changing", "failures", "last_seen", "lock", "probe", "unsaved", "version")

    def __init__(self) -> None:
        self.forget()
        forget_in_child(self)

    def forget(self) -> None:
        """Start anew, whoever holds the lock."""
        self.lock = threading.Lock()
        self.failures = self.version = self.changing = 0
        self.last_seen: CircuitState | None = None
        self.unsaved: tuple[int, int] | None = None
        self.probe: Probe | None = None

    def see(self, record: CircuitStateRecord, version: int) -> None:
        """Take note of a record that was read when `version` was in force."""
        with self.lock:
            if version != self.version or self.changing:
                return
            probe, state = self.probe, record.state
            if state is CircuitState.OPEN and probe is not None and probe.opened_at == record.opened_at:
                return  # what was there before the election: the store's copies do not all know of it yet
            if state is CircuitState.CLOSED and self.last_seen not in {None, CircuitState.CLOSED}:
                self.failures = 0  # somebody else has finished the recovery: what failed before is over
            if probe is not None and probe.owner != record.half_open_owner:
                self.probe = None
            if self.unsaved is not None and state is not CircuitState.CLOSED and self.unsaved[1] != record.opened_at:
                self.unsaved = None  # somebody else has opened it
            self.last_seen = state

    def change(self, state: CircuitState) -> None:
        """Begin a change to `state`; to be called with the lock held."""
        self.version += 1
        self.changing += 1
        self.failures = 0
        self.last_seen = state
        self.probe = self.unsaved = None

    def changed(self, unsaved: tuple[int, int] | None = None) -> None:
        """End a change."""
        with self.lock:
            self.version += 1
            self.changing -= 1
            self.unsaved = unsaved

    def elected(self, probe: Probe) -> None:
        """Take the right to probe, which the store has granted."""
        with self.lock:
            self.version += 1
            self.last_seen = CircuitState.HALF_OPEN
            self.probe, self.unsaved = probe, None

    def succeeded(self) -> None:
        """End the streak of failures."""
        with self.lock:
            self.failures = 0
            self.unsaved = None

    def claim(self, probe: Probe) -> bool:
        """Let the next call probe if it is the winner's, and no other of its calls is running."""
        with self.lock:
            if probe.in_flight or self.probe is not probe or not probe.is_mine:
                return False
            probe.in_flight = True
            return True


class _Circuits:
    """The circuits by name: those that are in use, and the most recent of the others."""

    def __init__(self) -> None:
        self._in_use: weakref.WeakValueDictionary[str, LocalCircuit] = weakref.WeakValueDictionary()
        self._recent: OrderedDict[str, LocalCircuit] = OrderedDict()
        self.forget()
        forget_in_child(self)

    def forget(self) -> None:
        """Let the lock go; the circuits of a forked child forget for themselves."""
        self._lock = threading.Lock()

    def get(self, name: str) -> LocalCircuit:
        with self._lock:
            circuit = self._in_use.get(name)
            if circuit is None:
                circuit = self._in_use[name] = LocalCircuit()
            self._recent[name] = circuit
            self._recent.move_to_end(name)
            if len(self._recent) > MAX_CIRCUITS:
                self._recent.popitem(last=False)
            return circuit

    def reset(self) -> None:
        for circuit in list(self._in_use.values()):
            circuit.forget()


_circuits = _Circuits()


def local_circuit(name: str) -> LocalCircuit:
    """Return what this environment knows of a circuit; everybody who names it shares it."""
    return _circuits.get(name)


def reset_local_circuits() -> None:
    """Forget all streaks, and every right to probe: for tests, each of which wants an environment of its own."""
    _circuits.reset()
