"""The circuit against a model of it: whatever is called, fails, passes or is done elsewhere, both do the same."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.base import reset_local_circuits
from lambda_powertools.circuit_breaker.persistence import CircuitStateRecord, InMemoryCircuitBreakerPersistence

START = 1_700_000_000


@dataclass(frozen=True)
class Stored:
    """What the model has in its store."""

    state: str
    failures: int = 0
    opened_at: int | None = None
    owner: str | None = None
    lease: int | None = None


class Model:
    """The circuit, as simply as it can be said: no threads, no locks, one environment with some workers."""

    def __init__(self, threshold, recovery, successes, age):
        self.threshold, self.recovery, self.needed, self.age = threshold, recovery, successes, age
        self.now = START
        self.stored = None
        self.cache = None
        self.failures = 0
        self.seen = None
        self.prober = None
        self.successes = 0
        self.unsaved = None
        self.reads_fail = self.writes_fail = False
        self.transitions = []

    def call(self, worker, result):
        """Return what the caller sees."""
        record, is_known = self.read()
        if record.state == "CLOSED":
            if is_known:
                self.notice(record)
            return self.closed_call(result)
        self.notice(record)
        if record.state == "HALF_OPEN" and record.owner == worker and self.prober == worker:
            return self.probe(result)
        due = record.lease if record.state == "HALF_OPEN" else record.opened_at + self.recovery
        if self.now >= due and self.elect(record, worker):
            return self.probe(result)
        return "skipped"

    def read(self):
        if self.cache is not None and self.now - self.cache[1] < self.age:
            return self.cache[0], True
        if self.reads_fail:
            return Stored("CLOSED"), False
        record = self.stored or Stored("CLOSED")
        self.cache = record, self.now
        return record, True

    def notice(self, record):
        if record.state == "CLOSED" and self.seen in {"OPEN", "HALF_OPEN"}:
            self.failures = 0
        if record.owner != self.prober:
            self.prober = None
        if self.unsaved and record.state != "CLOSED" and record.opened_at != self.unsaved[1]:
            self.unsaved = None
        self.seen = record.state

    def closed_call(self, result):
        if result == "served":
            self.failures, self.unsaved = 0, None
        elif result == "failed":
            if self.unsaved:
                self.open(self.unsaved[0], is_new=False)
            elif self.seen in {None, "CLOSED"}:
                self.failures += 1
                if self.failures >= self.threshold:
                    self.open(self.failures, is_new=True)
        return result

    def open(self, count, *, is_new):
        self.failures, self.seen, self.prober = 0, "OPEN", None
        record = Stored("OPEN", count, self.now)
        self.cache = record, self.now
        self.unsaved = (count, self.now) if self.writes_fail else None
        if not self.writes_fail:
            self.stored = record
        if is_new:
            self.transitions.append("CLOSED-OPEN")

    def elect(self, record, worker):
        stored = self.stored
        if self.writes_fail or stored is None or stored.state == "CLOSED":
            is_won = False
        elif stored.state == "OPEN":
            is_won = stored.opened_at == record.opened_at
        else:
            is_won = stored.lease <= self.now
        if not is_won:
            self.cache = None
            return False
        self.stored = Stored("HALF_OPEN", 0, record.opened_at, worker, self.now + self.recovery)
        self.cache = self.stored, self.now
        self.seen, self.prober, self.successes, self.unsaved = "HALF_OPEN", worker, 0, None
        if record.state == "OPEN":
            self.transitions.append("OPEN-HALF_OPEN")
        return True

    def probe(self, result):
        if result == "served":
            self.successes += 1
            if self.successes < self.needed:
                self.renew()
            elif not self.writes_fail:
                self.stored = Stored("CLOSED")
                self.cache = self.stored, self.now
                self.failures, self.seen, self.prober = 0, "CLOSED", None
                self.transitions.append("HALF_OPEN-CLOSED")
        elif result == "failed":
            self.failures, self.seen, self.unsaved = 0, "OPEN", None
            record = Stored("OPEN", 0, self.now)
            self.prober = None
            self.cache = record, self.now
            if not self.writes_fail:
                self.stored = record
            self.transitions.append("HALF_OPEN-OPEN")
        return result

    def renew(self):
        if self.writes_fail:
            return
        stored = self.stored
        if stored is not None and (stored.state, stored.owner) == ("HALF_OPEN", self.prober):
            self.stored = replace(stored, lease=self.now + self.recovery)
            self.cache = self.stored, self.now
        else:
            self.prober, self.cache = None, None


class Store(InMemoryCircuitBreakerPersistence):
    """The real store, which can be down."""

    reads_fail = writes_fail = False

    def _get_record(self, name):
        if self.reads_fail:
            raise ConnectionError
        return super()._get_record(name)

    def _put_record(self, record, condition=None, expected_opened_at=None):
        if self.writes_fail:
            raise ConnectionError
        super()._put_record(record, condition, expected_opened_at)

    def _renew_lease(self, record):
        if self.writes_fail:
            raise ConnectionError
        return super()._renew_lease(record)


ERRORS = {"failed": TimeoutError, "ignored": KeyError}


class CircuitAndModel(RuleBasedStateMachine):
    """Does the same to both and compares what comes of it."""

    @initialize(
        threshold=st.integers(1, 3),
        recovery=st.integers(1, 10),
        successes=st.integers(1, 3),
        age=st.sampled_from([0, 3]),
    )
    def begin(self, threshold, recovery, successes, age):
        reset_local_circuits()
        self.model = Model(threshold, recovery, successes, age)
        self.real_time = time.time
        time.time = lambda: float(self.model.now)
        self.workers = {name: ThreadPoolExecutor(1) for name in ("one", "two")}
        self.owners = {}
        self.store = Store()
        self.transitions = []
        config = CircuitBreakerConfig(threshold, recovery, successes, TimeoutError, local_cache_max_age=age)

        @circuit_breaker(
            name="orders",
            persistence_store=self.store,
            config=config,
            on_circuit_open=lambda *args, **kwargs: "skipped",
            on_transition=lambda step: self.transitions.append(f"{step.from_state}-{step.to_state}"),
        )
        def call(result):
            if result in ERRORS:
                raise ERRORS[result]
            return result

        self.function = call

    def teardown(self):
        if hasattr(self, "workers"):
            time.time = self.real_time
            for pool in self.workers.values():
                pool.shutdown()

    @rule(worker=st.sampled_from(["one", "two"]), result=st.sampled_from(["served", "failed", "failed", "ignored"]))
    def call(self, worker, result):
        future = self.workers[worker].submit(self.function, result)
        error = future.exception()
        seen = {TimeoutError: "failed", KeyError: "ignored"}[type(error)] if error else future.result()
        expected = self.model.call(worker, result)
        assert seen == expected
        owner = self.record() and self.record().half_open_owner
        if owner not in self.owners and expected == result:
            self.owners[owner] = worker

    @rule(seconds=st.integers(1, 12))
    def wait(self, seconds):
        self.model.now += seconds

    @rule(reads=st.booleans(), writes=st.booleans())
    def outage(self, reads, writes):
        self.store.reads_fail = self.model.reads_fail = reads
        self.store.writes_fail = self.model.writes_fail = writes

    @rule(count=st.integers(1, 3))
    def another_environment_opens_it(self, count):
        self.elsewhere(Stored("OPEN", count, self.model.now))

    @precondition(lambda self: self.model.stored is not None and self.model.stored.state != "CLOSED")
    @rule()
    def another_environment_probes(self):
        stored, now = self.model.stored, self.model.now
        due = stored.lease if stored.state == "HALF_OPEN" else stored.opened_at + self.model.recovery
        if now >= due:
            self.elsewhere(Stored("HALF_OPEN", 0, stored.opened_at, "elsewhere", now + self.model.recovery))

    @precondition(lambda self: self.model.stored is not None and self.model.stored.owner == "elsewhere")
    @rule(recovered=st.booleans())
    def another_environment_has_probed(self, recovered):
        self.elsewhere(Stored("CLOSED") if recovered else Stored("OPEN", 0, self.model.now))

    def elsewhere(self, stored):
        self.model.stored = stored
        self.owners.setdefault(stored.owner, stored.owner)
        InMemoryCircuitBreakerPersistence._put_record(
            self.store,
            CircuitStateRecord(
                "orders",
                CircuitState(stored.state),
                stored.failures,
                stored.opened_at,
                stored.owner,
                stored.lease,
            ),
        )

    def record(self):
        return InMemoryCircuitBreakerPersistence._get_record(self.store, "orders")

    @invariant()
    def both_are_alike(self):
        if not hasattr(self, "model"):
            return
        record, stored = self.record(), self.model.stored
        assert self.transitions == self.model.transitions
        assert (record is None) == (stored is None)
        if record is not None:
            owner = record.half_open_owner and self.owners[record.half_open_owner]
            assert stored == Stored(
                record.state.value, record.failure_count, record.opened_at, owner, record.probe_lease_expiry
            )


def test_the_circuit_does_what_the_model_does():
    """CB-1 to CB-10, CB-20 to CB-24: any sequence of calls, waits, outages and deeds of other environments."""
    load = list(HealthCheck)  # how quick the machine is says nothing of the circuit
    chosen = settings(
        max_examples=150, stateful_step_count=40, deadline=None, database=None, suppress_health_check=load
    )
    run_state_machine_as_test(CircuitAndModel, settings=chosen)
