import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerOpenError,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.persistence import CircuitStateRecord, InMemoryCircuitBreakerPersistence

NOW = 1_700_000_000


def at_once(count, function):
    """Call the function in `count` threads that begin together, and return what came of it in each."""
    barrier = threading.Barrier(count)

    def run(_):
        barrier.wait()
        return function()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.fixture
def _switching_often():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_switching_often")
@pytest.mark.parametrize("age", [0, 5])
def test_exactly_one_thread_opens_it(bench, store, age):
    """Trap: of all failures that come together, one reaches the threshold; the others change nothing more."""
    for _ in range(10):
        bench.protect(failure_threshold=8, local_cache_max_age=age)
        bench.dependency.error = TimeoutError()
        at_once(8, bench.outcome)

        assert bench.steps == ["CLOSED-OPEN"]
        assert store.calls.count("put") == 1
        bench.dependency.error = None
        store.save_closed("orders")
        bench.outcome()
        bench.transitions.clear()
        store.calls.clear()


def test_a_call_that_looked_before_another_failed_does_not_undo_that_failure(bench, store, monkeypatch):
    """Trap: two calls learn together that the circuit is closed; the one that takes note last ends no streak."""
    bench.protect(failure_threshold=2, local_cache_max_age=0)
    bench.dependency.error = TimeoutError()
    overtaking = [bench.outcome]

    class Overtaken(CircuitStateRecord):
        @property
        def is_known(self):
            if overtaking:
                overtaking.pop()()
            return True

    monkeypatch.setattr(store, "_get_record", lambda name: Overtaken(name, CircuitState.CLOSED))
    bench.outcome()

    assert bench.steps == ["CLOSED-OPEN"]


@pytest.mark.usefixtures("_switching_often")
def test_exactly_one_thread_probes(bench, store):
    """CB-24, CB-25: one worker is one thread; the others are rejected."""
    bench.trip()
    bench.clock.advance(30)

    outcomes = at_once(16, bench.outcome)

    assert sorted(map(str, outcomes)) == [str(CircuitBreakerOpenError)] * 15 + ["served"]
    assert bench.steps == ["CLOSED-OPEN", "OPEN-HALF_OPEN"]


def test_the_thread_that_won_goes_on(bench):
    """CB-7: its calls are probes, those of others are not, though they share the process."""
    bench.trip()
    bench.clock.advance(30)
    with ThreadPoolExecutor(1) as winner, ThreadPoolExecutor(1) as other:
        outcomes = [pool.submit(bench.outcome).result() for pool in (winner, other, winner, other) for _ in range(1)]

    assert outcomes == ["served", CircuitBreakerOpenError, "served", "served"]
    assert bench.steps[-1] == "HALF_OPEN-CLOSED"


def test_a_thread_that_has_ended_leaves_its_right_to_nobody(bench):
    """CB-25: a new thread may get the same id, and is another worker all the same."""
    bench.trip()
    bench.clock.advance(30)
    ids = set()

    def outcome():
        ids.add(threading.get_ident())
        outcomes.append(bench.outcome())

    outcomes = []
    for _ in range(2):
        thread = threading.Thread(target=outcome)
        thread.start()
        thread.join()

    assert outcomes == ["served", CircuitBreakerOpenError]


def test_counters_survive_threads_that_fail_and_succeed(store, clock):
    """Trap: the streak is read, changed and written under a lock: no failure is lost."""
    config = CircuitBreakerConfig(failure_threshold=4000, local_cache_max_age=1000)
    steps = []

    @circuit_breaker(name="orders", persistence_store=store, config=config, on_transition=steps.append)
    def call():
        raise TimeoutError

    def fail():
        for _ in range(500):
            with pytest.raises(TimeoutError):
                call()

    at_once(8, fail)
    assert len(steps) == 1
    assert store.record().failure_count == 4000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_child_is_not_taken_for_the_prober(bench, store):
    """CB-25: it has the parent's memory, but not its right to probe."""
    bench.trip()
    bench.clock.advance(30)
    bench.call()

    child = os.fork()
    if child == 0:
        os._exit(0 if bench.outcome() is CircuitBreakerOpenError else 1)
    _, status = os.waitpid(child, 0)

    assert status == 0
    assert [bench.outcome(), bench.steps[-1]] == ["served", "HALF_OPEN-CLOSED"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_child_does_not_wait_for_locks_of_the_parent(bench, store):
    """CB-25: a lock that another thread held at the fork is never released in the child."""
    bench.call()
    locks = [bench.store._cache._lock, bench.store._lock]
    for lock in locks:
        lock.acquire()
    child = os.fork()
    if child == 0:
        bench.clock.advance(10)
        os._exit(0 if bench.outcome() == "served" else 1)
    for lock in locks:
        lock.release()

    assert os.waitpid(child, 0)[1] == 0


def test_a_probe_is_not_disturbed_by_a_thread_that_read_before(clock):
    """Trap: a reading from before the election, noticed after it, must not cost the winner its right."""
    store = InMemoryCircuitBreakerPersistence()
    config = CircuitBreakerConfig(recovery_timeout=30, success_threshold=1, local_cache_max_age=0)
    steps = []
    reading, going_on = threading.Event(), threading.Event()

    class Late(InMemoryCircuitBreakerPersistence):
        def _get_record(self, name):
            record = store._get_record(name)
            if threading.current_thread() is late:
                reading.set()
                going_on.wait(10)
            return record

        def _put_record(self, *args, **kwargs):
            store._put_record(*args, **kwargs)

        def _update_record(self, record):
            store._update_record(record)

    layer = Late()
    store._put_record(CircuitStateRecord("orders", CircuitState.OPEN, opened_at=NOW - 30))

    @circuit_breaker(name="orders", persistence_store=layer, config=config, on_transition=steps.append)
    def call():
        if threading.current_thread() is not late:
            going_on.set()
            late.join()
        return "served"

    outcomes = []

    def try_late():
        try:
            call()
        except CircuitBreakerOpenError as error:
            outcomes.append(error.circuit.state)

    late = threading.Thread(target=try_late)
    late.start()
    reading.wait(10)
    assert call() == "served"

    assert outcomes == [CircuitState.HALF_OPEN]
    assert [step.to_state for step in steps] == [CircuitState.HALF_OPEN, CircuitState.CLOSED]
