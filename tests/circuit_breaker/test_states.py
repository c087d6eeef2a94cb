import contextlib
import gc

import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerOpenError,
    CircuitInfo,
    CircuitState,
    CircuitTransition,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.base import reset_local_circuits
from lambda_powertools.circuit_breaker.persistence import CircuitStateRecord

NOW = 1_700_000_000


def test_a_circuit_without_record_is_closed(bench, store):
    """CB-1: the function runs, and nothing is written."""
    assert bench.call() == "served"
    assert store.calls == ["get"]


def test_consecutive_failures_open_it(bench, store):
    """CB-2: the failure that reaches the threshold writes the record and is reported; each exception propagates."""
    bench.dependency.error = error = TimeoutError("slow")
    for expected in ([], [], ["CLOSED-OPEN"]):
        with pytest.raises(TimeoutError) as raised:
            bench.call()
        assert raised.value is error
        assert bench.steps == expected

    assert store.record() == CircuitStateRecord(
        "orders", CircuitState.OPEN, failure_count=3, opened_at=NOW, expiry_timestamp=NOW + 30 + 3600
    )


def test_a_success_ends_the_streak(bench, store):
    """CB-2: only consecutive failures open a circuit."""
    for error in (TimeoutError(), TimeoutError(), None, TimeoutError(), TimeoutError()):
        bench.dependency.error = error
        bench.outcome()

    assert store.record() is None


def test_nothing_is_written_before_it_trips(bench, store):
    """CB-3: the streak lives in the environment; the store is read once and not written."""
    bench.dependency.error = TimeoutError()
    bench.outcome()
    bench.outcome()

    assert store.calls == ["get"]


def test_the_streak_belongs_to_the_circuit_not_to_the_function(bench):
    """CB-3: functions of one circuit, in one environment, fail together."""
    bench.dependency.error = TimeoutError()
    first = bench.call
    second = bench.protect()
    for call in (first, second, first):
        with pytest.raises(TimeoutError):
            call()

    assert bench.steps == ["CLOSED-OPEN"]


@pytest.mark.parametrize("is_in_use", [True, False])
def test_the_streaks_of_1024_circuits_are_remembered_and_of_all_that_are_in_use(store, clock, is_in_use):
    """Trap: names made up at run time do not grow without bound, nor push out those that are decorated for good."""
    name = f"in use: {is_in_use}"  # nothing else in this process may use it
    steps = []

    def fail():
        raise TimeoutError

    def protect():
        config = CircuitBreakerConfig(failure_threshold=2)
        return circuit_breaker(name=name, persistence_store=store, config=config, on_transition=steps.append)(fail)

    def call(protected):
        with contextlib.suppress(TimeoutError):
            protected()

    first = protect()
    call(first)
    if not is_in_use:
        del first
    gc.collect()
    for number in range(1024):
        circuit_breaker(name=f"circuit {number}", persistence_store=store)(print)
    call(protect())

    assert len(steps) == is_in_use


def test_each_environment_trips_on_its_own_streak(bench):
    """CB-3: failures of another environment do not count here."""
    bench.dependency.error = TimeoutError()
    for _ in range(3):
        bench.outcome()
        bench.outcome()
        reset_local_circuits()

    assert bench.steps == []


def test_an_exception_that_does_not_count_neither_raises_nor_resets_the_streak(bench):
    """CB-4: it propagates and changes nothing."""
    bench.protect(ignored_exceptions=KeyError)
    for error in (TimeoutError(), KeyError(), TimeoutError(), KeyError()):
        bench.dependency.error = error
        assert bench.outcome() is type(error)
    assert bench.steps == []

    bench.dependency.error = TimeoutError()
    bench.outcome()
    assert bench.steps == ["CLOSED-OPEN"]


def test_an_open_circuit_skips_calls_until_the_recovery_time_is_over(bench):
    """CB-5, CB-6: the last second still rejects, the next lets one call through."""
    bench.trip()
    for seconds, expected in ((0, CircuitBreakerOpenError), (29, CircuitBreakerOpenError), (1, "served")):
        bench.clock.advance(seconds)
        assert bench.outcome() == expected

    assert bench.dependency.calls == 1


def test_the_recovering_call_is_a_probe(bench, store):
    """CB-6, CB-24: the election writes owner and lease, leaves the opening time, and is reported."""
    bench.trip()
    bench.clock.advance(30)
    bench.call()

    record = store.record()
    assert (record.state, record.opened_at, record.failure_count) == (CircuitState.HALF_OPEN, NOW, 0)
    assert record.half_open_owner
    assert record.probe_lease_expiry == NOW + 60
    assert record.expiry_timestamp == NOW + 30 + 30 + 3600
    assert bench.transitions[1:] == [CircuitTransition("orders", CircuitState.OPEN, CircuitState.HALF_OPEN, NOW)]


def test_enough_successful_probes_close_it(bench, store):
    """CB-8: the same worker goes on; the threshold writes CLOSED without owner, lease and opening time."""
    bench.trip()
    bench.clock.advance(30)
    assert [bench.outcome(), bench.steps[1:]] == ["served", ["OPEN-HALF_OPEN"]]
    assert [bench.outcome(), bench.steps[2:]] == ["served", ["HALF_OPEN-CLOSED"]]

    assert store.record() == CircuitStateRecord("orders", CircuitState.CLOSED, expiry_timestamp=NOW + 30 + 30 + 3600)
    assert bench.transitions[-1].opened_at is None


def test_a_recovered_circuit_starts_with_a_clean_streak(bench):
    """CB-8: after the recovery it takes the whole threshold again to trip."""
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    bench.call()
    bench.dependency.error = TimeoutError()
    bench.outcome()
    bench.outcome()
    assert bench.steps[3:] == []

    bench.outcome()
    assert bench.steps[3:] == ["CLOSED-OPEN"]


def test_a_failed_probe_reopens_it(bench, store):
    """CB-8: one counted failure writes OPEN anew, without owner and lease; the exception propagates."""
    bench.trip()
    bench.clock.advance(31)
    bench.call()
    bench.dependency.error = TimeoutError()

    assert bench.outcome() is TimeoutError
    assert store.record() == CircuitStateRecord(
        "orders", CircuitState.OPEN, opened_at=NOW + 31, expiry_timestamp=NOW + 31 + 30 + 3600
    )
    assert bench.transitions[-1] == CircuitTransition("orders", CircuitState.HALF_OPEN, CircuitState.OPEN, NOW + 31)
    assert bench.outcome() is CircuitBreakerOpenError


def test_successes_of_an_earlier_recovery_do_not_count(bench):
    """CB-6, trap: after a failed probe the streak of successes starts at 0."""
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    bench.dependency.error = TimeoutError()
    bench.outcome()
    bench.dependency.error = None
    bench.clock.advance(30)
    bench.call()

    assert bench.steps[-1] == "OPEN-HALF_OPEN"


def test_an_exception_that_does_not_count_changes_nothing_in_a_probe(bench, store):
    """CB-8: it propagates, and the worker goes on probing."""
    bench.protect(handled_exceptions=TimeoutError)
    bench.trip()
    bench.clock.advance(30)
    bench.dependency.error = KeyError()
    assert bench.outcome() is KeyError
    assert store.record().state is CircuitState.HALF_OPEN

    bench.dependency.error = None
    bench.call()
    bench.call()
    assert bench.steps[1:] == ["OPEN-HALF_OPEN", "HALF_OPEN-CLOSED"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_base_exception_in_a_probe_leaves_the_right_to_probe(bench, error):
    """CB-8, CB-11: what is no Exception counts for nothing and strands nothing."""
    bench.trip()
    bench.clock.advance(30)
    bench.dependency.error = error()
    with pytest.raises(error):
        bench.call()

    bench.dependency.error = None
    assert [bench.outcome(), bench.outcome(), bench.steps[-1]] == ["served", "served", "HALF_OPEN-CLOSED"]


def half_open(owner="someone else", lease=NOW + 30):
    return CircuitStateRecord(
        "orders", CircuitState.HALF_OPEN, opened_at=NOW - 30, half_open_owner=owner, probe_lease_expiry=lease
    )


def test_others_are_rejected_while_one_worker_probes(bench, store):
    """CB-7: until the last second of the lease."""
    store.write(half_open())
    bench.clock.advance(29)

    assert bench.outcome() is CircuitBreakerOpenError
    assert store.calls == ["get"]


def test_a_probe_whose_lease_is_over_is_taken_over(bench, store):
    """CB-7: no transition is reported, as the state does not change, and the streak of successes starts at 0."""
    store.write(half_open())
    bench.clock.advance(30)

    assert [bench.outcome(), bench.steps] == ["served", []]
    assert store.record().half_open_owner != "someone else"
    assert store.record().opened_at == NOW - 30
    assert [bench.outcome(), bench.steps] == ["served", ["HALF_OPEN-CLOSED"]]


def test_a_lost_election_rejects(bench, store):
    """CB-6: another worker was quicker than the record that was read here."""
    bench.trip()
    bench.clock.advance(30)
    store.get_state("orders")
    store.write(half_open(lease=NOW + 60))

    assert bench.outcome() is CircuitBreakerOpenError
    assert bench.dependency.calls == 0
    assert bench.steps[1:] == []


def test_a_recovery_finished_elsewhere_clears_the_streak(bench, store):
    """CB-10: failures from before the circuit was open are over when it is seen closed again."""
    bench.dependency.error = TimeoutError()
    bench.outcome()
    bench.outcome()
    for state in (CircuitState.OPEN, CircuitState.CLOSED):
        store.write(CircuitStateRecord("orders", state, opened_at=NOW + 1000))
        bench.clock.advance(5)
        bench.outcome()

    bench.outcome()
    assert bench.steps == []
    bench.outcome()
    assert bench.steps == ["CLOSED-OPEN"]


def test_info_says_how_many_failures_opened_it(bench, store):
    """CB-13: the count of the trip, 0 after a failed probe; nothing of owner, lease or expiry."""
    bench.trip()
    with pytest.raises(CircuitBreakerOpenError) as tripped:
        bench.call()
    bench.clock.advance(30)
    bench.dependency.error = TimeoutError()
    bench.outcome()
    with pytest.raises(CircuitBreakerOpenError) as reopened:
        bench.call()

    assert tripped.value.circuit == CircuitInfo("orders", CircuitState.OPEN, 3, NOW)
    assert reopened.value.circuit == CircuitInfo("orders", CircuitState.OPEN, 0, NOW + 30)
    assert set(vars(tripped.value.circuit)) == {"name", "state", "failure_count", "opened_at"}


@pytest.mark.parametrize("state", CircuitState)
def test_a_state_is_its_name(state):
    """Public surface: value, str() and format() are the bare name."""
    assert state.value == str(state) == f"{state}" == f"{state:s}" == state.name == state
