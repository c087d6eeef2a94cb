import asyncio
import functools
import inspect

import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerOpenError,
    CircuitState,
    circuit_breaker,
)
from lambda_powertools.circuit_breaker.base import CircuitBreakerHandler
from lambda_powertools.core import PowertoolsUserWarning


class AsyncBench:
    """A protected coroutine function whose dependency fails with `error` while there is one, after `gate` opens."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.error = None
        self.gate = None
        self.running = 0
        self.most_running = 0
        self.transitions = []

    def protect(self, **options):
        settings = {"failure_threshold": 2, "recovery_timeout": 30, "success_threshold": 3}
        options.setdefault("on_transition", self.transitions.append)

        async def call(*args):
            self.running += 1
            self.most_running = max(self.running, self.most_running)
            try:
                await (asyncio.sleep(0) if self.gate is None else self.gate.wait())
                if self.error is not None:
                    raise self.error
                return "served"
            finally:
                self.running -= 1

        config = CircuitBreakerConfig(**settings)
        self.call = circuit_breaker(name="orders", persistence_store=self.store, config=config, **options)(call)
        return self.call

    async def outcome(self):
        try:
            return await self.call()
        except Exception as error:
            return type(error)

    async def trip(self):
        self.error = TimeoutError()
        assert [await self.outcome(), await self.outcome()] == [TimeoutError] * 2
        self.error = None

    @property
    def steps(self):
        return [f"{step.from_state}-{step.to_state}" for step in self.transitions]


@pytest.fixture
def bench(store, clock):
    bench = AsyncBench(store, clock)
    bench.protect()
    return bench


def test_the_wrapper_is_a_coroutine_function(bench):
    """CB-16: frameworks that ask get the right answer."""
    assert inspect.iscoroutinefunction(bench.call)


def test_awaiting_decides(bench, store):
    """CB-16: the whole way from closed to closed, by what comes of the awaiting."""

    async def scenario():
        await bench.trip()
        assert await bench.outcome() is CircuitBreakerOpenError
        bench.clock.advance(30)
        return [await bench.outcome() for _ in range(4)]

    assert asyncio.run(scenario()) == ["served"] * 4
    assert bench.steps == ["CLOSED-OPEN", "OPEN-HALF_OPEN", "HALF_OPEN-CLOSED"]


def test_a_failed_probe_reopens(bench):
    """CB-16, CB-8: as with plain functions."""

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        bench.error = TimeoutError()
        return [await bench.outcome(), await bench.outcome()]

    assert asyncio.run(scenario()) == [TimeoutError, CircuitBreakerOpenError]


@pytest.mark.parametrize("is_async", [False, True])
def test_callbacks_are_plain_or_async(bench, is_async):
    """CB-16: both callbacks, awaited where there is something to await."""
    told = []

    async def answer_async(*args, circuit):
        await asyncio.sleep(0)
        return args, circuit.state

    async def tell_async(step):
        await asyncio.sleep(0)
        told.append(step.to_state)

    bench.protect(
        on_circuit_open=answer_async if is_async else lambda *args, circuit: (args, circuit.state),
        on_transition=tell_async if is_async else lambda step: told.append(step.to_state),
    )

    async def scenario():
        await bench.trip()
        skipped = await bench.call(7)
        bench.clock.advance(30)
        for _ in range(3):
            await bench.call()
        return skipped

    assert asyncio.run(scenario()) == ((7,), CircuitState.OPEN)
    assert told == [CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED]


@pytest.mark.parametrize("is_async", [False, True])
def test_exceptions_of_on_transition_are_swallowed(bench, warned, is_async):
    """CB-12: whichever kind it is."""

    def broken(step):
        raise LookupError

    async def broken_async(step):
        raise LookupError

    bench.protect(on_transition=broken_async if is_async else broken)
    asyncio.run(bench.trip())

    assert [record.exc_info[0] for record in warned] == [LookupError]


def test_concurrent_tasks_do_not_all_probe(bench):
    """CB-25: the right goes to one call at a time, and from it to the next."""

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        outcomes = []
        for _ in range(3):
            bench.gate = asyncio.Event()
            tasks = [asyncio.ensure_future(bench.outcome()) for _ in range(10)]
            await asyncio.sleep(0)
            bench.gate.set()
            outcomes.append(sorted(map(str, await asyncio.gather(*tasks))))
        return outcomes

    for outcomes in asyncio.run(scenario()):
        assert outcomes == [str(CircuitBreakerOpenError)] * 9 + ["served"]
    assert bench.most_running == 1
    assert bench.steps[-1] == "HALF_OPEN-CLOSED"


def test_a_plain_call_beside_an_async_probe_is_rejected(bench, store):
    """CB-25: the worker is the call, whoever else uses the circuit on its thread."""
    plain = circuit_breaker(name="orders", persistence_store=store)(lambda: "served")

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        bench.gate = asyncio.Event()
        task = asyncio.ensure_future(bench.outcome())
        await asyncio.sleep(0)
        with pytest.raises(CircuitBreakerOpenError):
            plain()
        bench.gate.set()
        await task
        return plain()

    assert asyncio.run(scenario()) == "served"


def test_a_cancelled_probe_passes_the_right_on(bench):
    """CB-25, CB-11: a cancelled call counts for nothing, and the next one probes."""

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        bench.gate = asyncio.Event()
        task = asyncio.ensure_future(bench.call())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        bench.gate = None
        return [await bench.outcome() for _ in range(3)]

    assert asyncio.run(scenario()) == ["served"] * 3
    assert bench.steps[-1] == "HALF_OPEN-CLOSED"


def test_a_probe_cancelled_while_its_election_is_told_passes_the_right_on(bench):
    """CB-25: also before the function has begun."""

    async def tell(step):
        bench.transitions.append(step)
        await asyncio.sleep(0)

    bench.protect(on_transition=tell)

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        task = asyncio.ensure_future(bench.call())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await bench.outcome()

    assert asyncio.run(scenario()) == "served"


def test_nested_calls_are_one_probe(bench, store):
    """CB-25: a probing call that awaits another of its circuit does not wait for itself."""
    config = CircuitBreakerConfig(recovery_timeout=30, success_threshold=2)

    @circuit_breaker(name="orders", persistence_store=store, config=config)
    async def outer():
        return await asyncio.gather(bench.outcome(), bench.outcome())

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        return await outer()

    assert asyncio.run(scenario()) == ["served", "served"]
    assert store.record().state is CircuitState.HALF_OPEN


@pytest.mark.parametrize("kind", ["lambda", "partial", "object"])
def test_what_returns_a_coroutine_is_judged_by_it(store, clock, kind):
    """CB-16: also where it is not called a coroutine function: making the coroutine is no success."""

    async def fail():
        raise TimeoutError

    class Client:
        async def __call__(self):
            raise TimeoutError

    function = {"lambda": lambda: fail(), "partial": functools.partial(fail), "object": Client()}[kind]  # noqa: PLW0108  # the case
    config = CircuitBreakerConfig(failure_threshold=1, recovery_timeout=30)
    call = circuit_breaker(name="orders", persistence_store=store, config=config)(function)

    async def outcome():
        try:
            await call()
        except Exception as error:
            return type(error)

    assert asyncio.run(outcome()) is TimeoutError
    assert store.record().state is CircuitState.OPEN
    clock.advance(30)
    assert asyncio.run(outcome()) is TimeoutError
    assert store.record().opened_at == clock.value


def test_the_probe_of_a_plain_function_lasts_until_its_coroutine_has_ended(bench, store):
    """CB-25: a call that is not yet awaited is still running."""
    config = CircuitBreakerConfig(recovery_timeout=30)
    inner = bench.call.__wrapped__
    call = circuit_breaker(name="orders", persistence_store=store, config=config)(lambda: inner())  # noqa: PLW0108  # no coroutine function by itself

    async def scenario():
        await bench.trip()
        bench.clock.advance(30)
        first = call()
        with pytest.raises(CircuitBreakerOpenError):
            call()
        return [await first, await call()]

    assert asyncio.run(scenario()) == ["served", "served"]


def test_disabled_it_is_awaited_directly(bench, monkeypatch):
    """CB-14: one warning for each call."""
    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", "1")

    with pytest.warns(PowertoolsUserWarning, match="DISABLED") as caught:
        assert asyncio.run(bench.outcome()) == "served"
    assert len(caught) == 1


def test_the_handler_of_a_coroutine_function_gives_a_coroutine(bench, store):
    """Public surface: `handle()` is awaited then."""
    handler = CircuitBreakerHandler(bench.call.__wrapped__, "orders", CircuitBreakerConfig(), store)

    assert asyncio.run(handler.handle()) == "served"


def test_a_keyword_called_circuit_is_refused(store):
    """Trap: as with plain functions."""

    async def call(**kwargs): ...

    protected = circuit_breaker(name="orders", persistence_store=store, on_circuit_open=print)(call)
    with pytest.raises(Exception, match="argument 'circuit'"):
        asyncio.run(protected(circuit=1))
