import gc

import pytest

from lambda_powertools.circuit_breaker import CircuitBreakerConfig, CircuitState, circuit_breaker
from lambda_powertools.circuit_breaker.persistence import (
    CircuitBreakerPersistenceLayer,
    CircuitStateRecord,
    InMemoryCircuitBreakerPersistence,
)
from lambda_powertools.circuit_breaker.persistence.base import CircuitBreakerExistingLockError

NOW = 1_700_000_000


def test_a_reading_is_believed_for_its_age(bench, store):
    """CB-20: also that there is no record; at the age itself it is read again."""
    for seconds in (0, 0, 4.9, 0.1, 4.9):
        bench.clock.advance(seconds)
        bench.call()

    assert store.calls == ["get", "get"]


def test_age_0_reads_for_each_call(bench, store):
    """CB-20: what another environment writes is seen at once."""
    bench.protect(local_cache_max_age=0)
    bench.call()
    bench.call()

    assert store.calls == ["get", "get"]


@pytest.mark.parametrize("seconds", [3600, -1])
def test_a_clock_that_jumps_makes_a_reading_stale(bench, store, seconds):
    """Trap: after a snapshot was restored, or the clock set back, the age says nothing."""
    bench.call()
    bench.clock.advance(seconds)
    bench.call()

    assert store.calls == ["get", "get"]


def test_a_store_that_cannot_be_read_lets_calls_through(bench, store, warned):
    """CB-21: logged with its traceback; nothing is kept, so the next call tries again."""
    bench.trip()
    bench.clock.advance(5)
    store.failing = {"get"}
    assert [bench.outcome(), bench.outcome()] == ["served", "served"]
    assert store.calls == ["get", "get"]
    assert [(record.levelname, record.exc_info[0]) for record in warned] == [("WARNING", ConnectionError)] * 2
    assert "'orders'" in warned[0].getMessage()

    store.failing.clear()
    assert bench.outcome() != "served"


def test_a_failure_of_the_store_goes_to_stderr_by_default(bench, store, capsys):
    """CB-21: nobody has to configure logging to hear of it."""
    store.failing = {"get"}
    bench.call()

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "circuit 'orders': its state could not be read" in captured.err
    assert "ConnectionError: get failed" in captured.err


class Garbage(InMemoryCircuitBreakerPersistence):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def _get_record(self, name):
        return self.value


@pytest.mark.parametrize("value", ["CLOSED", 5, CircuitStateRecord("orders", "AJAR")], ids=["text", "5", "state"])
def test_a_store_that_returns_garbage_lets_calls_through(value, warned):
    """Bad input: what is no record is as good as unreadable."""
    call = circuit_breaker(name="orders", persistence_store=Garbage(value))(lambda: "served")

    assert call() == "served"
    assert len(warned) == 1


def test_each_circuit_of_a_layer_has_its_own_settings(store, clock):
    """CB-27: one object serves circuits with different ages and recovery times."""
    for name, age, recovery in (("quick", 1, 10), ("slow", 100, 200)):
        store.configure(CircuitBreakerConfig(local_cache_max_age=age, recovery_timeout=recovery), name)
        store.get_state(name)
    store.calls.clear()
    clock.advance(1)
    for name in ("quick", "slow"):
        store.get_state(name)
        store.save_open(name, failure_count=1, opened_at=NOW)

    assert store.calls == ["get", "put", "put"]
    assert [store.record(name).expiry_timestamp for name in ("quick", "slow")] == [NOW + 3611, NOW + 3801]


def test_without_settings_the_defaults_are_in_force(store, clock):
    """CB-27: age 5, recovery 30."""
    store.get_state("orders")
    clock.advance(4)
    store.get_state("orders")
    clock.advance(1)
    store.get_state("orders")
    assert store.calls == ["get", "get"]

    store.save_closed("orders")
    assert store.record().expiry_timestamp == NOW + 5 + 30 + 3600


def test_the_cache_holds_1024_circuits(store, clock):
    """CB-27: the least recently used makes room; settings stay."""
    store.configure(CircuitBreakerConfig(local_cache_max_age=1000), "first")
    for name in ["first", "second", *map(str, range(1022)), "first", "one more"]:
        store.get_state(name)
    store.calls.clear()

    store.get_state("first")
    assert store.calls == []
    store.get_state("second")
    assert store.calls == ["get"]
    clock.advance(999)
    store.get_state("first")
    assert store.calls == ["get"]


def test_the_lock_is_not_held_while_the_store_is_asked(clock):
    """CB-27: a store may use its own layer; a lock that is held would never be free again."""

    class Curious(InMemoryCircuitBreakerPersistence):
        def _get_record(self, name):
            if name == "outer":
                self.get_state("inner")
            return super()._get_record(name)

        def _put_record(self, record, condition=None, expected_opened_at=None):
            self.get_state("inner")
            super()._put_record(record, condition, expected_opened_at)

    store = Curious()
    store.save_open("outer", 1, NOW)

    assert store.get_state("outer").state is CircuitState.OPEN


def test_a_reading_that_a_write_overtakes_is_not_believed(clock):
    """CB-22: what was read before the circuit opened must not take the place of what was written after."""

    class Slow(InMemoryCircuitBreakerPersistence):
        def _get_record(self, name):
            record = super()._get_record(name)
            self.save_open(name, 1, NOW)
            return record

    store = Slow()

    assert store.get_state("orders").state is CircuitState.OPEN
    assert store.get_state("orders").state is CircuitState.OPEN


def test_a_write_of_another_circuit_does_not_bring_back_an_old_reading(clock):
    """CB-20: what has just been read is newer than what was kept of the same circuit."""

    class Busy(InMemoryCircuitBreakerPersistence):
        def _get_record(self, name):
            if self.record(name) is not None:
                self.save_open("another", 1, NOW)
            return super()._get_record(name)

        def record(self, name):
            return InMemoryCircuitBreakerPersistence._get_record(self, name)

    store = Busy()
    store.get_state("orders")
    store._put_record(CircuitStateRecord("orders", CircuitState.OPEN, opened_at=NOW))
    clock.advance(5)

    assert store.get_state("orders").state is CircuitState.OPEN


def test_every_write_refreshes_the_cache(store, clock):
    """CB-22: this environment need not read what it has written."""
    store.save_open("orders", 3, NOW)
    states = [store.get_state("orders").state]
    states += [store.try_acquire_half_open("orders", "me", NOW), store.get_state("orders").state]
    store.save_closed("orders")
    states.append(store.get_state("orders").state)
    store.save_reopen("orders", NOW)
    states.append(store.get_state("orders").state)

    assert states == ["OPEN", True, "HALF_OPEN", "CLOSED", "OPEN"]
    assert "get" not in store.calls


def test_a_layer_needs_its_three_hooks():
    """Public surface: what is missing is named when it is built."""

    class Half(CircuitBreakerPersistenceLayer):
        def _get_record(self, name): ...

    with pytest.raises(TypeError, match="_put_record"):
        Half()


def test_a_layer_of_one_s_own_with_the_hooks_alone_works(clock):
    """Trap: without a lease hook the slow prober is replaced; its constructor need not call the base's."""

    class Minimal(CircuitBreakerPersistenceLayer):
        def __init__(self):
            self.records = {}

        def _get_record(self, name):
            return self.records.get(name)

        def _put_record(self, record, condition=None, expected_opened_at=None):
            assert condition in {None, "half_open"}
            self.records[record.name] = record

        def _update_record(self, record):
            self.records[record.name] = record

    store = Minimal()
    config = CircuitBreakerConfig(failure_threshold=1, recovery_timeout=10, success_threshold=2)
    down = True

    @circuit_breaker(name="orders", persistence_store=store, config=config)
    def call():
        if down:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        call()
    down = False
    clock.advance(10)
    call()
    assert store.records["orders"].probe_lease_expiry == NOW + 20
    clock.advance(5)
    call()
    assert store.records["orders"].state is CircuitState.CLOSED


def test_a_lost_lease_says_so(store, clock):
    """Trap: renewing is for the owner alone."""
    store.save_open("orders", 1, NOW)
    store.try_acquire_half_open("orders", "me", NOW)

    assert store.renew_lease("orders", "me", NOW)
    with pytest.raises(CircuitBreakerExistingLockError):
        store.renew_lease("orders", "you", NOW)


def test_layers_do_not_live_for_ever():
    """CB-27: what is kept for forked children does not keep a layer."""
    import weakref

    reference = weakref.ref(InMemoryCircuitBreakerPersistence())
    gc.collect()

    assert reference() is None


def test_the_memory_store_can_be_emptied(bench, store):
    """Public surface: for tests."""
    bench.trip()
    store.clear()

    assert bench.outcome() == "served"
