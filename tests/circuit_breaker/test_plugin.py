import asyncio

import pytest

from lambda_powertools.circuit_breaker import (
    CircuitBreakerConfig,
    CircuitBreakerConfigError,
    CircuitBreakerOpenError,
    CircuitState,
)
from lambda_powertools.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence
from lambda_powertools.circuit_breaker.plugin import CircuitBreakerPlugin
from lambda_powertools.core import (
    Plugin,
    PluginOptionsError,
    PowertoolsUserWarning,
    Registry,
    hookimpl,
    powertools,
)
from lambda_powertools.testing import make_context

NOW = 1_700_000_000
CONFIG = CircuitBreakerConfig(failure_threshold=2, recovery_timeout=30, success_threshold=2)


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(CircuitBreakerPlugin)
    return registry


@pytest.fixture
def make(registry, store, clock):
    """Make a handler that fails on the event "fail"."""

    def make(*, is_async=False, **options):
        options = {"name": "orders", "persistence_store": store, "config": CONFIG, **options}

        def handler(event, context):
            if event == "fail":
                raise TimeoutError
            return event

        async def handler_async(event, context):
            await asyncio.sleep(0)
            return handler(event, context)

        chosen = handler_async if is_async else handler
        return powertools(registry=registry, circuit_breaker=options)(chosen)

    return make


def outcome(handler, event="served", context=None):
    try:
        return handler(event, context)
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("is_async", [False, True])
def test_the_whole_way(make, store, clock, is_async):
    """Plugin: opened, skipped, probed, closed, as with the decorator."""
    steps = []
    handler = make(is_async=is_async, on_transition=lambda step: steps.append(step.to_state))
    assert [outcome(handler, "fail"), outcome(handler, "fail")] == [TimeoutError] * 2
    assert outcome(handler) is CircuitBreakerOpenError
    clock.advance(30)
    assert [outcome(handler) for _ in range(3)] == ["served"] * 3

    assert steps == [CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED]
    assert store.record().state is CircuitState.CLOSED


def test_a_failed_probe_reopens(make, store, clock):
    """Plugin: and the next invocation is skipped."""
    handler = make()
    for _ in range(2):
        outcome(handler, "fail")
    clock.advance(30)

    assert [outcome(handler, "fail"), outcome(handler)] == [TimeoutError, CircuitBreakerOpenError]
    assert store.record().opened_at == NOW + 30


@pytest.mark.parametrize("is_async", [False, True])
@pytest.mark.parametrize("is_async_callback", [False, True])
def test_the_callback_answers_in_the_handler_s_stead(make, store, is_async, is_async_callback):
    """Plugin: it gets event, context and circuit; its answer counts neither as success nor as failure."""
    told = []

    def answer(event, context, circuit):
        return event, context.function_name, circuit.state

    async def answer_async(event, context, circuit):
        return answer(event, context, circuit)

    async def tell(step):
        told.append(step.to_state)

    handler = make(
        is_async=is_async,
        on_circuit_open=answer_async if is_async_callback else answer,
        on_transition=tell if is_async_callback else lambda step: told.append(step.to_state),
    )
    for _ in range(2):
        outcome(handler, "fail")
    before = store.record()
    context = make_context(function_name="shop")

    assert handler({"id": 7}, context) == ({"id": 7}, "shop", CircuitState.OPEN)
    assert store.record() == before
    assert told == [CircuitState.OPEN]


def test_exceptions_of_the_callback_leave_the_decorator(make):
    """Plugin: as with the decorator."""

    def answer(event, context, circuit):
        raise LookupError

    handler = make(on_circuit_open=answer)
    assert [outcome(handler, "fail"), outcome(handler, "fail"), outcome(handler)] == [
        TimeoutError,
        TimeoutError,
        LookupError,
    ]


def test_without_options_it_is_inert(registry, monkeypatch):
    """Plugin: wrapping a handler is the exception, even where a table is named."""
    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_TABLE", "circuits")

    @powertools(registry=registry)
    def handler(event, context):
        raise TimeoutError

    assert [outcome(handler) for _ in range(10)] == [TimeoutError] * 10


def test_an_option_without_any_store_is_an_error_at_decoration(registry):
    """Plugin: the message says what to give."""
    with pytest.raises(CircuitBreakerConfigError, match="persistence_store.*POWERTOOLS_CIRCUIT_BREAKER_TABLE"):
        powertools(registry=registry, circuit_breaker={"name": "orders"})(lambda event, context: None)


def test_the_table_of_the_environment_is_the_default_store(registry, monkeypatch, warned):
    """Plugin: a DynamoDB layer whose client is made when the handler is decorated."""
    for name, value in {
        "POWERTOOLS_CIRCUIT_BREAKER_TABLE": "circuits",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    made = []
    make_client = CircuitBreakerDynamoDBPersistence.client.fget
    monkeypatch.setattr(
        CircuitBreakerDynamoDBPersistence,
        "client",
        property(lambda store: made.append(store.table_name) or make_client(store)).setter(
            CircuitBreakerDynamoDBPersistence.client.fset
        ),
    )

    @powertools(registry=registry, circuit_breaker={"name": "orders"})
    def handler(event, context):
        return event

    assert made == ["circuits"]
    assert outcome(handler) == "served"
    assert "http://127.0.0.1:1" in str(warned[0].exc_info[1])


@pytest.mark.parametrize(
    ("options", "function_name", "circuit"),
    [({}, "shop", "shop"), ({}, None, "handler"), ({"name": "orders"}, "shop", "orders")],
)
def test_the_circuit_is_called_as_the_function(registry, store, monkeypatch, options, function_name, circuit):
    """Plugin: handlers of different functions must not share a circuit for being called `handler`."""
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
    if function_name:
        monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", function_name)
    config = CircuitBreakerConfig(failure_threshold=1)

    @powertools(registry=registry, circuit_breaker={"persistence_store": store, "config": config, **options})
    def handler(event, context):
        raise TimeoutError

    outcome(handler)

    assert store.record(circuit) is not None


def test_a_store_or_a_config_alone_is_accepted(registry, store, monkeypatch):
    """Plugin: the shorthand; anything else is one clear error."""
    handler = powertools(registry=registry, circuit_breaker=store)(lambda event, context: event)
    assert outcome(handler) == "served"
    assert store.calls == ["get"]
    with pytest.raises(CircuitBreakerConfigError, match="no store"):
        powertools(registry=registry, circuit_breaker=CONFIG)(lambda event, context: event)
    with pytest.raises(PluginOptionsError, match="5 is neither a CircuitBreakerConfig nor a persistence layer"):
        powertools(registry=registry, circuit_breaker=5)(lambda event, context: event)
    with pytest.raises(PluginOptionsError, match="nmae.*name"):
        powertools(registry=registry, circuit_breaker={"nmae": "orders"})(lambda event, context: event)


class Rescue(Plugin[None]):
    name = "rescue"
    order = 500

    @hookimpl
    def on_error(self, invocation):
        invocation.recover("rescued")


def test_an_error_that_was_recovered_further_in_is_a_success(make, registry, store):
    """Plugin: what leaves the plugins further in is what counts."""
    registry.register(Rescue)
    handler = make()

    assert [outcome(handler, "fail") for _ in range(5)] == ["rescued"] * 5
    assert store.record() is None


def test_it_stands_outside_of_a_guard_of_the_same_order(registry, make):
    """Plugin: a skipped invocation must leave no idempotency record."""
    entered = []

    class Idempotency(Plugin[None]):
        name = "idempotency"
        order = 400

        @hookimpl
        def before_invoke(self, invocation):
            entered.append(invocation.event)

    registry.register(Idempotency)
    handler = make()
    for event in ("fail", "fail", "skipped"):
        outcome(handler, event)

    assert entered == ["fail", "fail"]


def test_an_error_that_does_not_count_goes_on(make, store):
    """Plugin: it never recovers anything."""
    handler = make(config=CircuitBreakerConfig(failure_threshold=1, ignored_exceptions=TimeoutError))

    assert [outcome(handler, "fail"), outcome(handler)] == [TimeoutError, "served"]


def test_disabled_it_warns_and_lets_everything_through(make, store, monkeypatch):
    """CB-14: for each invocation."""
    handler = make()
    monkeypatch.setenv("POWERTOOLS_CIRCUIT_BREAKER_DISABLED", "1")
    for _ in range(5):
        with pytest.warns(PowertoolsUserWarning, match="POWERTOOLS_CIRCUIT_BREAKER_DISABLED"):
            assert outcome(handler, "fail") is TimeoutError

    assert store.calls == []


def test_nothing_of_an_invocation_is_left_for_the_next(make, clock):
    """Plugin: a probe that ended in a BaseException passes the right on."""
    handler = make()
    for _ in range(2):
        outcome(handler, "fail")
    clock.advance(30)

    class Stop(BaseException): ...

    class Event(str):
        __slots__ = ()

        def __eq__(self, other):
            raise Stop

        __hash__ = str.__hash__

    with pytest.raises(Stop):
        handler(Event("x"), None)
    assert [outcome(handler), outcome(handler), outcome(handler)] == ["served"] * 3


@pytest.mark.parametrize(("left", "expected"), [(9, CircuitBreakerOpenError), (11, "served")])
def test_an_invocation_that_is_about_to_end_does_not_probe(make, clock, left, expected):
    """Deadline: a prober that Lambda stops would keep the others waiting until its lease is over."""
    handler = make(
        config=CircuitBreakerConfig(
            failure_threshold=1, recovery_timeout=30, success_threshold=2, minimum_probe_time=10
        )
    )
    outcome(handler, "fail")
    clock.advance(30)

    assert outcome(handler, context=make_context(timeout=left)) == expected


def test_a_prober_that_is_about_to_end_skips_and_keeps_the_right(make, store, clock):
    """Deadline: its next invocation probes again."""
    config = CircuitBreakerConfig(failure_threshold=1, recovery_timeout=30, success_threshold=2, minimum_probe_time=10)
    handler = make(config=config)
    outcome(handler, "fail")
    clock.advance(30)
    outcomes = [outcome(handler, context=make_context(timeout=left)) for left in (20, 5, 20)]

    assert outcomes == ["served", CircuitBreakerOpenError, "served"]
    assert store.record().state is CircuitState.CLOSED
