"""The state machine: which calls are let in, and what their outcomes do to the circuit. It calls no user code."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from lambda_powertools.circuit_breaker._clock import now
from lambda_powertools.circuit_breaker._local import LocalCircuit, Probe, local_circuit
from lambda_powertools.circuit_breaker._log import warn
from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerExistingLockError
from lambda_powertools.circuit_breaker.states import CircuitInfo, CircuitState, CircuitTransition
from lambda_powertools.core.invocation import current_invocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.circuit_breaker.config import CircuitBreakerConfig
    from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerPersistenceLayer
    from lambda_powertools.circuit_breaker.persistence.record import CircuitStateRecord

CLOSED, OPEN, HALF_OPEN = CircuitState.CLOSED, CircuitState.OPEN, CircuitState.HALF_OPEN


class Admission:
    """How a call is treated.

    Attributes:
        rejected: the circuit, if the call is to be skipped.
        probe: the right under which it probes, if it does.
        transition: what letting it in has changed, if anything.
    """

    __slots__ = ("probe", "rejected", "transition")

    def __init__(
        self,
        *,
        rejected: CircuitInfo | None = None,
        probe: Probe | None = None,
        transition: CircuitTransition | None = None,
    ) -> None:
        self.rejected = rejected
        self.probe = probe
        self.transition = transition


ADMITTED = Admission()
"""An ordinary call; one object for all of them."""

UNCOUNTED = Admission()
"""A call inside a probing one: what becomes of it, the probing one's outcome tells."""

probing: ContextVar[tuple[Probe, ...]] = ContextVar("lambda_powertools.circuit_breaker.probing", default=())
"""The probes that the running code is part of."""


class Circuit:
    """One circuit, as one decorated function or plugin uses it."""

    __slots__ = ("_config", "_layer", "_local", "name")

    def __init__(self, name: str, config: CircuitBreakerConfig, layer: CircuitBreakerPersistenceLayer) -> None:
        self.name = name
        self._config = config
        self._layer = layer
        self._local: LocalCircuit = local_circuit(name)
        layer.configure(config, name)

    def enter(self) -> Admission:
        """Decide about a call; `leave` must follow unless it is rejected."""
        local = self._local
        version = local.version
        record = self._layer.get_state(self.name)
        if record.state is CLOSED:
            if local.last_seen is not CLOSED and record.is_known:
                local.see(record, version)
            return ADMITTED
        local.see(record, version)
        if record.state is HALF_OPEN:
            probe = local.probe
            if probe is not None and probe.owner == record.half_open_owner:
                if probe in probing.get():
                    return UNCOUNTED
                if self._has_time() and local.claim(probe):
                    return Admission(probe=probe)
        if self._is_due(record) and self._has_time():
            elected = self._elect(record)
            if elected is not None:
                return elected
        return Admission(rejected=record.to_circuit_info())

    def succeed(self, admission: Admission) -> CircuitTransition | None:
        """Take note that a call has succeeded; return the transition that this has made."""
        local, probe = self._local, admission.probe
        if probe is None:
            if admission is ADMITTED and (local.failures or local.unsaved):
                local.succeeded()
            return None
        with local.lock:
            if local.probe is not probe:
                return None  # another worker has taken over, or the circuit has changed without this one
            probe.successes += 1
            is_enough = probe.successes >= self._config.success_threshold
        if not is_enough:
            self._renew(probe)
            return None
        if not self._is_written(self._layer.save_closed, self.name):
            return None  # still half open for everybody: the next success tries again
        with local.lock:
            local.change(CLOSED)
        local.changed()
        return CircuitTransition(self.name, HALF_OPEN, CLOSED)

    def fail(self, admission: Admission, error: BaseException) -> CircuitTransition | None:
        """Take note that a call has failed; return the transition that this has made."""
        if admission is UNCOUNTED or not self._config.counts_as_failure(error):
            return None
        if admission.probe is not None:
            return self._reopen(admission.probe)
        local = self._local
        with local.lock:
            is_unsaved = local.unsaved is not None
            if local.unsaved is not None:
                count = local.unsaved[0]
            elif local.last_seen not in {None, CLOSED}:
                return None  # the call began before the circuit opened: that is settled
            else:
                count = local.failures = local.failures + 1
                if count < self._config.failure_threshold:
                    return None
            local.change(OPEN)
        opened_at = now()
        unsaved: tuple[int, int] | None = (count, opened_at)
        try:
            if self._is_written(self._layer.save_open, self.name, count, opened_at):
                unsaved = None
        finally:
            local.changed(unsaved)
        return None if is_unsaved else CircuitTransition(self.name, CLOSED, OPEN, opened_at)

    def leave(self, admission: Admission) -> None:
        """Take note that a call has ended, however it did."""
        if admission.probe is not None:
            admission.probe.in_flight = False

    def _reopen(self, probe: Probe) -> CircuitTransition | None:
        local = self._local
        with local.lock:
            if local.probe is not probe:
                return None
            local.change(OPEN)
        opened_at = now()
        try:
            self._is_written(self._layer.save_reopen, self.name, opened_at)
        finally:
            local.changed()
        return CircuitTransition(self.name, HALF_OPEN, OPEN, opened_at)

    def _elect(self, record: CircuitStateRecord) -> Admission | None:
        probe = Probe(record.opened_at)
        try:
            if not self._layer.try_acquire_half_open(self.name, probe.owner, probe.opened_at):
                return None
        except Exception as error:  # noqa: BLE001  # as good as lost: the caller must not see the store's troubles
            warn(f"circuit {self.name!r}: the worker that probes could not be elected", error)
            return None
        self._local.elected(probe)
        if record.state is HALF_OPEN:
            return Admission(probe=probe)
        return Admission(probe=probe, transition=CircuitTransition(self.name, OPEN, HALF_OPEN, probe.opened_at))

    def _is_due(self, record: CircuitStateRecord) -> bool:
        if record.state is HALF_OPEN:
            return record.probe_lease_expiry is None or now() >= record.probe_lease_expiry
        return record.opened_at is None or now() >= record.opened_at + self._config.recovery_timeout

    def _has_time(self) -> bool:
        least = self._config.minimum_probe_time
        invocation = current_invocation() if least else None
        remaining = None if invocation is None else invocation.remaining_time
        return remaining is None or remaining >= least

    def _renew(self, probe: Probe) -> None:
        try:
            self._layer.renew_lease(self.name, probe.owner, probe.opened_at)
        except CircuitBreakerExistingLockError:
            pass  # the next reading shows who has taken over
        except Exception as error:  # noqa: BLE001  # without a longer lease, another worker may take over
            warn(f"circuit {self.name!r}: the lease of the worker that probes could not be renewed", error)

    def _is_written(self, write: Callable[..., None], *values: object) -> bool:
        try:
            write(*values)
        except Exception as error:  # noqa: BLE001  # the outcome of the call is what its caller gets
            warn(f"circuit {self.name!r}: its new state could not be written", error)
            return False
        return True
