"""The states of a circuit, and what callbacks and exceptions tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CircuitState(str, Enum):
    """A state; as text it is its bare value.

    Example:
        >>> f"{CircuitState.HALF_OPEN}"
        'HALF_OPEN'
    """

    CLOSED = "CLOSED"
    """Calls go through."""

    OPEN = "OPEN"
    """Calls are skipped."""

    HALF_OPEN = "HALF_OPEN"
    """One worker's calls go through, to find out whether the dependency has recovered."""

    def __str__(self) -> str:
        return self.value

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)


@dataclass(frozen=True)
class CircuitInfo:
    """A circuit, as it was when a call was skipped.

    Attributes:
        name: name of the circuit.
        state: its state.
        failure_count: consecutive failures in the environment that opened it, 0 where a failed probe did.
        opened_at: when it opened, in Unix seconds.
    """

    name: str
    state: CircuitState
    failure_count: int
    opened_at: int | None = None


@dataclass(frozen=True)
class CircuitTransition:
    """A change of state that this worker has made.

    Attributes:
        circuit_name: name of the circuit.
        from_state: state before.
        to_state: state now.
        opened_at: when the circuit opened, in Unix seconds; None when it is closed now.
    """

    circuit_name: str
    from_state: CircuitState
    to_state: CircuitState
    opened_at: int | None = None
