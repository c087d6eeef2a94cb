from __future__ import annotations

import contextlib
import logging
import time

import pytest
from atomic_moto import atomic_moto_server

from lambda_powertools.circuit_breaker import CircuitBreakerConfig, circuit_breaker
from lambda_powertools.circuit_breaker.base import reset_local_circuits
from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence

START = 1_700_000_000


class Clock:
    """The wall clock of a test, which stands still until it is told to go on."""

    def __init__(self):
        self.value = float(START)

    def __call__(self):
        return self.value

    def advance(self, seconds):
        self.value += seconds


class RecordingStore(InMemoryCircuitBreakerPersistence):
    """A store that notes what it is asked, and fails where it is told to."""

    def __init__(self):
        super().__init__()
        self.calls = []
        self.failing = set()

    def _get_record(self, name):
        self._note("get")
        return super()._get_record(name)

    def _put_record(self, record, condition=None, expected_opened_at=None):
        self._note("put" if condition is None else "elect")
        super()._put_record(record, condition, expected_opened_at)

    def _update_record(self, record):
        self._note("update")
        InMemoryCircuitBreakerPersistence._put_record(self, record)

    def _renew_lease(self, record):
        self._note("renew")
        return super()._renew_lease(record)

    def _note(self, operation):
        self.calls.append(operation)
        if operation in self.failing:
            raise ConnectionError(f"{operation} failed")

    def record(self, name="orders"):
        """Return what is stored, without asking the layer."""
        return InMemoryCircuitBreakerPersistence._get_record(self, name)

    def write(self, record):
        """Store a record as another environment would."""
        InMemoryCircuitBreakerPersistence._put_record(self, record)


class Dependency:
    """What a protected function calls: fails with `error` while there is one."""

    def __init__(self):
        self.error = None
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.error is not None:
            raise self.error
        return "served"


class Bench:
    """A protected function with all that its circuit is made of."""

    def __init__(self, store, clock):
        self.store = store
        self.clock = clock
        self.dependency = Dependency()
        self.transitions = []
        self.protect()

    def protect(self, *, on_circuit_open=None, on_transition=None, **settings):
        settings = {"failure_threshold": 3, "recovery_timeout": 30, "success_threshold": 2, **settings}

        @circuit_breaker(
            name="orders",
            persistence_store=self.store,
            on_circuit_open=on_circuit_open,
            on_transition=on_transition or self.transitions.append,
            config=CircuitBreakerConfig(**settings),
        )
        def call(*args, **kwargs):
            return self.dependency()

        self.call = call
        return call

    def outcome(self):
        """Call, and return what came of it: the result, or the class of the exception."""
        try:
            return self.call()
        except Exception as error:
            return type(error)

    def trip(self):
        """Open the circuit with failures, and mend the dependency."""
        self.dependency.error = TimeoutError()
        while self.store.record() is None or self.store.record().state != "OPEN":
            self.outcome()
        self.dependency.error = None
        self.dependency.calls = 0
        self.store.calls.clear()

    @property
    def steps(self):
        return [f"{step.from_state}-{step.to_state}" for step in self.transitions]


@pytest.fixture(scope="session")
def moto_url():
    """Give a moto server that writes what it has judged in one step, as DynamoDB does."""
    with atomic_moto_server() as url:
        yield url


@pytest.fixture(autouse=True)
def _fresh_environment():
    reset_local_circuits()


@pytest.fixture
def clock(monkeypatch):
    value = Clock()
    monkeypatch.setattr(time, "time", value)
    return value


@pytest.fixture
def go_the_whole_way(clock):
    """Take a circuit of a store from closed through a failed probe back to closed; give what is stored on the way."""

    def go(store, name):
        config = CircuitBreakerConfig(failure_threshold=2, recovery_timeout=30, success_threshold=2)
        dependency = Dependency()
        call = circuit_breaker(name=name, persistence_store=store, config=config)(dependency)
        stored = []

        def outcomes(count):
            for _ in range(count):
                with contextlib.suppress(TimeoutError):
                    call()
            record = store._get_record(name)
            assert (record.half_open_owner is None) == (record.probe_lease_expiry is None)
            stored.append((record.state.value, record.failure_count, record.opened_at, record.probe_lease_expiry))

        dependency.error = TimeoutError()
        outcomes(2)
        clock.advance(30)
        outcomes(1)
        dependency.error = None
        clock.advance(30)
        outcomes(1)
        outcomes(1)
        return stored

    return go


@pytest.fixture
def store():
    return RecordingStore()


@pytest.fixture
def bench(store, clock):
    return Bench(store, clock)


@pytest.fixture
def warned():
    """The warnings that the package has logged."""
    records = []

    class Keep(logging.Handler):
        def emit(self, record):
            records.append(record)

    logger, handler = logging.getLogger("lambda_powertools.circuit_breaker"), Keep()
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)
