import pytest

from lambda_powertools.circuit_breaker import CircuitState


def test_it_is_told_after_the_write(bench, store):
    """CB-12: what it is told, it can already read."""
    seen = []
    bench.protect(on_transition=lambda step: seen.append((step.to_state, store.record().state)))
    bench.trip()
    bench.clock.advance(30)
    bench.call()
    bench.call()

    assert seen == [(state, state) for state in (CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED)]


def test_it_is_not_told_of_ordinary_and_rejected_calls(bench):
    """CB-12: once for each transition, never on the hot path."""
    bench.call()
    bench.trip()
    bench.outcome()
    bench.outcome()

    assert bench.steps == ["CLOSED-OPEN"]


@pytest.mark.parametrize("is_async", [False, True])
def test_its_exceptions_are_logged_and_swallowed(bench, warned, is_async):
    """CB-12: the downstream's result and exceptions are what the caller gets."""

    def broken(step):
        raise LookupError("no such topic")

    async def broken_async(step):
        raise LookupError("no such topic")

    bench.protect(on_transition=broken_async if is_async else broken)
    bench.dependency.error = TimeoutError()
    assert [bench.outcome() for _ in range(3)] == [TimeoutError] * 3
    bench.dependency.error = None
    bench.clock.advance(30)
    assert [bench.outcome(), bench.outcome()] == ["served", "served"]

    assert [record.levelname for record in warned] == ["WARNING"] * 3
    assert "on_transition failed on CLOSED to OPEN" in warned[0].getMessage()
    assert warned[0].exc_info[0] is LookupError


def test_an_async_callback_of_a_plain_function_is_run_to_its_end(bench):
    """CB-12: it is not left as a coroutine that nobody awaits."""
    told = []

    async def tell(step):
        told.append(step.to_state)

    bench.protect(on_transition=tell)
    bench.trip()

    assert told == [CircuitState.OPEN]
