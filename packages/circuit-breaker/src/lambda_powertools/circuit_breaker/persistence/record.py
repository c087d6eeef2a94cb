"""What a store keeps of a circuit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambda_powertools.circuit_breaker.states import CircuitInfo, CircuitState


@dataclass
class CircuitStateRecord:
    """The state of one circuit. All times are Unix seconds.

    Attributes:
        name: name of the circuit.
        state: its state.
        failure_count: consecutive failures that opened it, 0 in states reached otherwise.
        opened_at: when it opened.
        half_open_owner: who alone may call while it is half open.
        probe_lease_expiry: when the owner loses that right unless it is renewed.
        expiry_timestamp: when the store may forget the record.
        is_known: False for what is assumed in place of a record that could not be read.
    """

    name: str
    state: CircuitState
    failure_count: int = 0
    opened_at: int | None = None
    half_open_owner: str | None = None
    probe_lease_expiry: int | None = None
    expiry_timestamp: int | None = None
    is_known: ClassVar[bool] = True

    def to_circuit_info(self) -> CircuitInfo:
        """Return what of it is for callbacks and exceptions: no owner, no lease, no expiry."""
        return CircuitInfo(self.name, self.state, self.failure_count, self.opened_at)


class AssumedRecord(CircuitStateRecord):
    """Stands for a record that could not be read."""

    is_known: ClassVar[bool] = False
