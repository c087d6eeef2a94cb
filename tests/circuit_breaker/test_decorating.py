import inspect

import pytest

from lambda_powertools.circuit_breaker import CircuitBreakerConfig, CircuitBreakerOpenError, circuit_breaker
from lambda_powertools.circuit_breaker.base import CircuitBreakerHandler
from lambda_powertools.core import PowertoolsUserWarning, SettingsError


def protected(store, function, **settings):
    return circuit_breaker(name="orders", persistence_store=store, config=CircuitBreakerConfig(**settings))(function)


def test_metadata_is_kept(store):
    """CB-15: name, doc, annotations, signature, and what is wrapped."""

    def fetch(order: int, *, unit: str = "kg") -> str:
        """Fetch an order."""

    call = protected(store, fetch)

    assert (call.__name__, call.__doc__, call.__annotations__) == ("fetch", "Fetch an order.", fetch.__annotations__)
    assert call.__wrapped__ is fetch
    assert inspect.signature(call) == inspect.signature(fetch)


def test_arguments_and_results_pass_untouched(store):
    """CB-15: the very objects."""
    given, result = object(), object()
    received = []

    def fetch(*args, **kwargs):
        received.append((args, kwargs))
        return result

    assert protected(store, fetch)(given, key=given) is result
    assert received == [((given,), {"key": given})]


def test_methods_of_all_kinds(store):
    """CB-15: an instance, a class or nothing comes first, as without the decorator."""

    class Client:
        @circuit_breaker(name="orders", persistence_store=store)
        def method(self, order):
            return type(self).__name__, order

        @circuit_breaker(name="orders", persistence_store=store)
        @classmethod
        def below(cls, order):
            return cls.__name__, order

        @classmethod
        @circuit_breaker(name="orders", persistence_store=store)
        def above(cls, order):
            return cls.__name__, order

        @circuit_breaker(name="orders", persistence_store=store)
        @staticmethod
        def static(order):
            return "Client", order

    client = Client()
    for call in (client.method, client.below, Client.above, client.static, Client.static):
        assert call(7) == ("Client", 7)


def generate():
    yield


async def generate_async():
    yield


class Generator:
    def __call__(self):
        yield


@pytest.mark.parametrize("function", [generate, generate_async, Generator(), 5], ids=["plain", "async", "object", "5"])
def test_what_yields_is_refused(store, function):
    """CB-16: making a generator tells nothing of the dependency."""
    with pytest.raises(TypeError, match="circuit 'orders' cannot protect"):
        protected(store, function)


@pytest.mark.parametrize("value", ["1", "true", "YES"])
def test_disabled_the_function_runs_directly(bench, store, monkeypatch, value):
    """CB-14: no store access, no counting, a warning for each call."""
    bench.trip()
    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", value)
    for _ in range(2):
        with pytest.warns(PowertoolsUserWarning, match="POWERTOOLS_CIRCUIT_BREAKER_DISABLED") as caught:
            assert bench.call() == "served"
        assert [warning.filename for warning in caught] == [__file__]
    assert store.calls == []

    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", "off")
    assert bench.outcome() is CircuitBreakerOpenError


def test_a_switch_that_is_no_boolean_is_an_error(bench, monkeypatch):
    """Section 5: it names the variable and the value."""
    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", "perhaps")

    with pytest.raises(SettingsError, match="POWERTOOLS_CIRCUIT_BREAKER_DISABLED is 'perhaps'"):
        bench.call()


def test_a_traceback_ends_in_the_function(bench):
    """CB-2: the exception leaves with its own traceback, cause and context."""
    bench.dependency.error = TimeoutError()
    for _ in range(3):
        with pytest.raises(TimeoutError) as raised:
            bench.call()
        assert raised.traceback[-1].name == "__call__"
        assert raised.value.__context__ is None
        bench.dependency.error = TimeoutError()


def test_nested_calls_of_one_circuit_are_one_probe(bench):
    """CB-7: what a probing call calls belongs to the probe, and is counted with it."""
    results = []

    def recursive(depth):
        results.append(depth)
        return call(depth - 1) if depth else "bottom"

    bench.trip()
    bench.clock.advance(30)
    call = protected(bench.store, recursive, recovery_timeout=30, success_threshold=2)

    assert call(2) == "bottom"
    assert results == [2, 1, 0]
    assert bench.store.record().state == "HALF_OPEN"
    assert call(0) == "bottom"
    assert bench.store.record().state == "CLOSED"


def test_the_handler_runs_one_call(store):
    """Public surface: `CircuitBreakerHandler(...).handle()` is the decorator for one call."""
    config = CircuitBreakerConfig(failure_threshold=1)

    def handle(numerator, denominator):
        return CircuitBreakerHandler(
            lambda a, *, b: a / b,
            "orders",
            config,
            store,
            on_circuit_open=lambda *args, **kwargs: "skipped",
            function_args=(numerator,),
            function_kwargs={"b": denominator},
        ).handle()

    assert handle(6, 3) == 2
    with pytest.raises(ZeroDivisionError):
        handle(6, 0)
    assert handle(6, 3) == "skipped"
