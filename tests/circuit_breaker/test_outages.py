from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.circuit_breaker import CircuitBreakerOpenError, CircuitState
from lambda_powertools.circuit_breaker.persistence import CircuitStateRecord

NOW = 1_700_000_000


def test_a_write_that_fails_never_replaces_the_outcome(bench, store, warned):
    """CB-22: result and exception of the downstream are the caller's, the failure is a warning."""
    store.failing = {"put", "update"}
    bench.dependency.error = TimeoutError()
    assert [bench.outcome() for _ in range(3)] == [TimeoutError] * 3
    store.write(CircuitStateRecord("orders", CircuitState.OPEN, opened_at=NOW - 30))
    bench.clock.advance(5)
    assert bench.outcome() is TimeoutError
    bench.clock.advance(30)
    bench.dependency.error = None
    assert [bench.outcome(), bench.outcome(), bench.outcome()] == ["served"] * 3

    assert {(record.levelname, record.exc_info[0]) for record in warned} == {("WARNING", ConnectionError)}


def test_an_opening_that_cannot_be_written_holds_here_for_the_cache_window(bench, store):
    """Trap: this environment skips calls, and the transition is reported once."""
    store.failing = {"put"}
    bench.dependency.error = TimeoutError()
    outcomes = [bench.outcome() for _ in range(5)]

    assert outcomes == [TimeoutError] * 3 + [CircuitBreakerOpenError] * 2
    assert bench.steps == ["CLOSED-OPEN"]
    bench.clock.advance(5)
    assert bench.outcome() is TimeoutError


def test_an_opening_that_could_not_be_written_is_written_with_the_next_failure(bench, store):
    """Trap: without a new streak, and without a second report."""
    store.failing = {"put"}
    bench.dependency.error = TimeoutError()
    for _ in range(3):
        bench.outcome()
    bench.clock.advance(5)
    bench.outcome()
    assert store.record() is None

    store.failing.clear()
    bench.clock.advance(5)
    bench.outcome()
    assert (store.record().state, store.record().failure_count, store.record().opened_at) == ("OPEN", 3, NOW + 10)
    assert bench.steps == ["CLOSED-OPEN"]


def test_a_success_makes_an_unwritten_opening_pointless(bench, store):
    """Trap: once the dependency has answered, it takes a whole streak again."""
    store.failing = {"put"}
    bench.dependency.error = TimeoutError()
    for _ in range(3):
        bench.outcome()
    store.failing.clear()
    bench.clock.advance(5)
    for error in (None, TimeoutError(), TimeoutError()):
        bench.dependency.error = error
        bench.outcome()
    assert store.record() is None

    bench.outcome()
    assert store.record().state is CircuitState.OPEN
    assert bench.steps == ["CLOSED-OPEN", "CLOSED-OPEN"]


def test_an_unwritten_opening_is_forgotten_when_another_environment_has_opened_it(bench, store):
    """Trap: the other one's opening time is the circuit's."""
    store.failing = {"put"}
    bench.dependency.error = TimeoutError()
    for _ in range(3):
        bench.outcome()
    store.failing.clear()
    for state, opened_at in (("OPEN", NOW + 1), ("CLOSED", None)):
        store.write(CircuitStateRecord("orders", CircuitState(state), opened_at=opened_at))
        bench.clock.advance(5)
        bench.outcome()

    assert store.record().state is CircuitState.CLOSED


def test_a_closing_that_cannot_be_written_is_tried_again_with_the_next_success(bench, store):
    """CB-22: until then the circuit is half open for everybody, and nothing is reported."""
    bench.trip()
    bench.clock.advance(30)
    store.failing = {"update"}
    assert [bench.outcome() for _ in range(3)] == ["served"] * 3
    assert bench.steps[1:] == ["OPEN-HALF_OPEN"]

    store.failing.clear()
    assert bench.outcome() == "served"
    assert bench.steps[1:] == ["OPEN-HALF_OPEN", "HALF_OPEN-CLOSED"]
    assert store.record().state is CircuitState.CLOSED


def test_a_reopening_that_cannot_be_written_holds_here_and_recovers_when_the_lease_is_over(bench, store):
    """CB-22: the store still shows a prober, whom nobody is any more."""
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    store.failing = {"update"}
    bench.dependency.error = TimeoutError()
    assert [bench.outcome(), bench.outcome()] == [TimeoutError, CircuitBreakerOpenError]
    assert bench.steps[-1] == "HALF_OPEN-OPEN"

    store.failing.clear()
    bench.dependency.error = None
    bench.clock.advance(29)
    assert bench.outcome() is CircuitBreakerOpenError
    bench.clock.advance(1)
    assert [bench.outcome(), bench.outcome()] == ["served", "served"]
    assert store.record().state is CircuitState.CLOSED


def test_an_election_that_fails_is_as_good_as_lost(bench, store, warned):
    """CB-23: the caller sees an open circuit, not the store's exception."""
    bench.trip()
    bench.clock.advance(30)
    store.failing = {"elect"}
    assert bench.outcome() is CircuitBreakerOpenError
    assert [record.exc_info[0] for record in warned] == [ConnectionError]

    store.failing.clear()
    store.calls.clear()
    assert bench.outcome() == "served"
    assert store.calls[:2] == ["get", "elect"]


def test_after_a_lost_election_it_is_read_before_the_next(bench, store):
    """Trap: what was believed of the circuit was wrong, so not every call tries anew."""
    bench.trip()
    bench.clock.advance(30)
    store.get_state("orders")
    store.calls.clear()
    store.write(
        CircuitStateRecord(
            "orders", CircuitState.HALF_OPEN, opened_at=NOW, half_open_owner="other", probe_lease_expiry=NOW + 60
        )
    )
    for _ in range(3):
        assert bench.outcome() is CircuitBreakerOpenError

    assert store.calls == ["elect", "get"]


def test_a_lease_is_renewed_with_each_successful_probe(bench, store):
    """Trap: a slow streak is not taken over."""
    bench.protect(success_threshold=4)
    bench.trip()
    bench.clock.advance(30)
    for expected in (60, 80, 100):
        assert bench.outcome() == "served"
        assert store.record().probe_lease_expiry == NOW + expected
        bench.clock.advance(20)
    assert [bench.outcome(), bench.steps[-1]] == ["served", "HALF_OPEN-CLOSED"]


def test_a_lease_that_cannot_be_renewed_is_a_warning(bench, store, warned):
    """Trap: the worker goes on as long as nobody has taken over."""
    bench.trip()
    bench.clock.advance(30)
    store.failing = {"renew"}

    assert [bench.outcome(), bench.outcome(), bench.steps[-1]] == ["served", "served", "HALF_OPEN-CLOSED"]
    assert len(warned) == 1


def taken_over(store):
    return CircuitStateRecord(
        "orders", CircuitState.HALF_OPEN, opened_at=NOW, half_open_owner="other", probe_lease_expiry=NOW + 1000
    )


@pytest.mark.parametrize("error", [None, TimeoutError()], ids=["success", "failure"])
def test_a_prober_that_has_been_replaced_has_no_say(bench, store, error):
    """Trap: once it knows, neither its success nor its failure changes the circuit."""
    bench.protect(success_threshold=2, local_cache_max_age=0)
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    store.write(taken_over(store))
    bench.dependency.error = error

    assert bench.outcome() is CircuitBreakerOpenError
    assert store.record() == taken_over(store)


def test_a_prober_learns_of_its_replacement_when_it_renews(bench, store):
    """Trap: its streak ends there, and the next call is skipped."""
    bench.protect(success_threshold=3)
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    store.write(taken_over(store))

    assert [bench.outcome(), bench.outcome()] == ["served", CircuitBreakerOpenError]
    assert store.record() == taken_over(store)


def test_an_open_record_without_opening_time_recovers(bench, store):
    """Trap: it opened when it was first seen, and stays so over later readings."""
    store.write(CircuitStateRecord("orders", CircuitState.OPEN))
    outcomes = []
    for _ in range(7):
        outcomes.append(bench.outcome())
        bench.clock.advance(5)

    assert outcomes == [CircuitBreakerOpenError] * 6 + ["served"]
    assert (store.record().state, store.record().opened_at) == (CircuitState.HALF_OPEN, NOW)


@pytest.mark.parametrize("error", [None, TimeoutError()], ids=["success", "failure"])
def test_calls_that_began_before_it_opened_do_not_move_it(bench, store, error):
    """Trap: their outcomes come when the circuit is no longer closed, as known here."""
    inner = []

    def slow():
        inner.extend(bench.outcome() for _ in range(3))  # while this call is under way, others open the circuit
        bench.clock.advance(10)
        if error is not None:
            raise error
        return "late"

    bench.protect(failure_threshold=3)
    bench.dependency.error = TimeoutError()
    calls = iter([slow])
    real = bench.dependency

    class First:
        def __call__(self):
            return next(calls, real)()

    bench.dependency = First()
    bench.outcome()
    bench.outcome()

    assert inner == [TimeoutError] * 3
    assert bench.steps == ["CLOSED-OPEN"]
    assert store.record().opened_at == NOW


def test_calls_that_began_before_do_not_open_it_again_at_the_first_failure(bench, store):
    """Trap: with a threshold of 1, a late failure would move the opening time, or end a running probe."""
    bench.protect(failure_threshold=1, success_threshold=2)
    real = bench.dependency
    real.error = TimeoutError()

    def slow():
        bench.dependency = real
        assert bench.outcome() is TimeoutError
        bench.clock.advance(30)
        real.error = None
        assert bench.outcome() == "served"
        raise TimeoutError

    bench.dependency = slow
    assert bench.outcome() is TimeoutError
    assert store.record().state is CircuitState.HALF_OPEN
    assert bench.steps == ["CLOSED-OPEN", "OPEN-HALF_OPEN"]


@pytest.mark.parametrize("error", [None, TimeoutError()], ids=["success", "failure"])
def test_a_running_probe_has_no_say_once_another_environment_has_settled_it(bench, store, error):
    """Trap: what is seen while the probe is running counts more than its outcome."""
    bench.protect(success_threshold=1, local_cache_max_age=0)
    bench.trip()
    bench.clock.advance(30)
    settled = CircuitStateRecord("orders", CircuitState.CLOSED)
    real = bench.dependency

    def probing():
        bench.dependency = real
        store.write(settled)
        assert in_a_thread(bench.outcome) == "served"
        if error is not None:
            raise error
        return "served"

    bench.dependency = probing
    bench.outcome()

    assert store.record() == settled
    assert bench.steps == ["CLOSED-OPEN", "OPEN-HALF_OPEN"]


def in_a_thread(function):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def test_a_copy_of_the_store_that_lags_does_not_cost_the_right_to_probe(bench, store):
    """CB-32, trap: an eventually consistent reading may show the circuit as it was before the election."""
    bench.protect(success_threshold=1, local_cache_max_age=0)
    bench.trip()
    bench.clock.advance(30)
    lagging = store.record()
    real = bench.dependency

    def probing():
        bench.dependency = real
        store._get_record = lambda name: lagging
        assert in_a_thread(bench.outcome) is CircuitBreakerOpenError
        return "served"

    bench.dependency = probing
    bench.outcome()

    assert bench.steps[-1] == "HALF_OPEN-CLOSED"


def test_a_reading_from_before_the_circuit_opened_does_not_close_it_here(bench, store):
    """Trap: a call that was let in as it opened must not open it again."""
    bench.protect(failure_threshold=1)
    bench.dependency.error = TimeoutError()
    read = store.get_state

    def overtaken(name):
        record = read(name)
        store.get_state = read
        assert bench.outcome() is TimeoutError
        return record

    store.get_state = overtaken
    assert bench.outcome() is TimeoutError

    assert bench.steps == ["CLOSED-OPEN"]
    assert store.calls.count("put") == 1


@pytest.mark.parametrize("age", [0, 5])
def test_while_its_opening_is_written_it_is_open_here(bench, store, age):
    """Trap: calls that come during the write neither go through nor open it again."""
    bench.protect(failure_threshold=1, local_cache_max_age=age)
    bench.dependency.error = TimeoutError()
    write, during = store._put_record, []

    def slow(record):
        during.append(bench.outcome())
        write(record)

    store._put_record = slow
    bench.outcome()

    assert during == [CircuitBreakerOpenError]
    assert bench.steps == ["CLOSED-OPEN"]


@pytest.mark.parametrize("is_probed_here", [True, False])
def test_the_first_sighting_of_an_opening_is_forgotten_with_it(bench, store, is_probed_here):
    """Trap: the next record without opening time has waited for nothing yet."""
    bench.protect(success_threshold=1)
    store.write(CircuitStateRecord("orders", CircuitState.OPEN))
    assert bench.outcome() is CircuitBreakerOpenError
    bench.clock.advance(30)
    if not is_probed_here:
        store.write(CircuitStateRecord("orders", CircuitState.CLOSED))
    assert bench.outcome() == "served"
    store.write(CircuitStateRecord("orders", CircuitState.OPEN))
    bench.clock.advance(10)

    assert bench.outcome() is CircuitBreakerOpenError
