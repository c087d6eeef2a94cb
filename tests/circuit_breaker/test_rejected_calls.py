import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfigError,
    CircuitBreakerOpenError,
    CircuitInfo,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.persistence import InMemoryCircuitBreakerPersistence

NOW = 1_700_000_000
OPEN = CircuitInfo("orders", CircuitState.OPEN, 3, NOW)


def test_without_a_callback_the_error_names_the_circuit(bench):
    """CB-9: CircuitBreakerOpenError carries what is known of the circuit."""
    bench.trip()

    with pytest.raises(CircuitBreakerOpenError, match="'orders' is OPEN") as raised:
        bench.call()

    assert raised.value.circuit == OPEN
    assert bench.dependency.calls == 0


def test_the_callback_gets_the_call_and_its_result_is_the_call_s(bench):
    """CB-9: positional and keyword arguments as they were, and `circuit`."""
    received = []

    def fallback(*args, **kwargs):
        received.append((args, kwargs))
        return "cached"

    bench.protect(on_circuit_open=fallback)
    bench.trip()

    assert bench.call(1, 2, unit="kg") == "cached"
    assert received == [((1, 2), {"unit": "kg", "circuit": OPEN})]


def test_exceptions_of_the_callback_propagate(bench):
    """CB-9: as they are, and without a trace in the circuit."""

    def fallback(*, circuit):
        raise LookupError("nothing cached")

    bench.protect(on_circuit_open=fallback)
    bench.trip()

    with pytest.raises(LookupError, match="nothing cached"):
        bench.call()
    assert bench.steps == ["CLOSED-OPEN"]


def test_an_async_callback_of_a_plain_function_is_run_to_its_end(bench):
    """CB-9: the caller gets its result, not a coroutine."""

    async def fallback(*, circuit):
        return circuit.name

    bench.protect(on_circuit_open=fallback)
    bench.trip()

    assert bench.call() == "orders"


@pytest.mark.parametrize(
    "function", [lambda circuit: None, lambda *, circuit=None: None, lambda a, circuit, b: None], ids=["1", "2", "3"]
)
def test_an_argument_called_circuit_is_refused_where_there_is_a_callback(function):
    """Trap: the callback needs the keyword; without a callback nothing stands in the way."""
    store = InMemoryCircuitBreakerPersistence()

    circuit_breaker(name="orders", persistence_store=store)(function)
    with pytest.raises(CircuitBreakerConfigError, match="argument 'circuit'"):
        circuit_breaker(name="orders", persistence_store=store, on_circuit_open=print)(function)


def test_a_keyword_called_circuit_is_refused_at_the_call_where_anything_is_taken(bench):
    """Trap: `**kwargs` shows it only then, but already while the circuit is closed."""
    bench.protect(on_circuit_open=lambda **kwargs: kwargs)

    with pytest.raises(CircuitBreakerConfigError, match="argument 'circuit'"):
        bench.call(circuit="north")
    assert bench.dependency.calls == 0

    bench.protect()
    assert bench.call(circuit="north") == "served"
