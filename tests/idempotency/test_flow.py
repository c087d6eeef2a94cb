from __future__ import annotations

import functools
from types import SimpleNamespace

import pytest

from lambda_powertools.idempotency import IdempotencyConfig, idempotent, idempotent_function
from lambda_powertools.idempotency.base import MAX_RETRIES, IdempotencyHandler
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from lambda_powertools.idempotency.persistence.datarecord import DataRecord
from lambda_powertools.testing import make_context


@pytest.fixture
def charge(store, make_config):
    """A function that counts its runs."""

    @idempotent_function(data_keyword_argument="order", persistence_store=store, config=make_config())
    def charge(order, error=None):
        charge.runs += 1
        if error is not None:
            raise error
        return {"order": order, "run": charge.runs}

    charge.runs = 0
    return charge


def test_first_call_costs_two_store_calls_and_a_replay_one(charge, store):
    """IDEM-1: claim and completion on the first call, one refused claim on a replay, and never a read."""
    first = charge(order=1)
    assert store.calls == ["put", "update"]

    store.calls.clear()
    assert charge(order=1) == first
    assert store.calls == ["put"]
    assert charge.runs == 1


def test_first_call_returns_the_result_itself(store, make_config):
    """IDEM-1: what has run returns its own object, not a copy that went through JSON."""
    result = {"tuple": (1, 2)}

    @idempotent_function(data_keyword_argument="x", persistence_store=store, config=make_config())
    def f(x):
        return result

    assert f(x=1) is result
    assert f(x=1) == {"tuple": [1, 2]}


def test_store_that_does_not_return_the_record_is_read(charge, store):
    """IDEM-1: without a record in the refusal, the record is read."""
    charge(order=1)
    store.returns_old_record = False
    store.calls.clear()

    assert charge(order=1)["run"] == 1
    assert store.calls == ["put", "get"]


def test_failure_deletes_the_record_and_passes_unchanged(charge, store):
    """IDEM-2: the function's exception comes out as it was, and the next call runs."""
    error = ValueError("declined")

    with pytest.raises(ValueError) as caught:
        charge(order=1, error=error)

    assert caught.value is error
    assert error.__cause__ is None
    assert store.records == {}
    assert charge(order=1)["run"] == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1)], ids=lambda error: type(error).__name__)
def test_end_of_the_process_leaves_the_record(charge, store, error):
    """IDEM-2: what is no Exception leaves the record in progress, to free itself in time."""
    with pytest.raises(type(error)):
        charge(order=1, error=error)

    assert store.record.status == "INPROGRESS"


def test_exception_outside_the_function_leaves_its_record(charge, store):
    """IDEM-3: a caller that fails later does not undo what it has called."""
    with pytest.raises(ZeroDivisionError):
        charge(order=1)["run"] / 0

    assert store.record.status == "COMPLETED"


def test_handler_gets_more_keywords(store, make_config, context):
    """IDEM-4: keyword arguments of the call reach the handler."""

    @idempotent(persistence_store=store, config=make_config())
    def handler(event, context, **more):
        return more

    assert handler({"id": 1}, context, colour="red") == {"colour": "red"}


@pytest.mark.parametrize("value", [None, 0, False, "", "a"], ids=repr)
def test_data_is_the_keyword_argument_whatever_its_value(store, make_config, value):
    """IDEM-4: that the argument is passed is what counts."""

    @idempotent_function(data_keyword_argument="data", persistence_store=store, config=make_config())
    def f(first, data, *, second=None):
        return [first, data, second]

    if value in (None, ""):
        with pytest.warns(UserWarning, match="no idempotency key"):
            assert f(1, data=value, second=2) == [1, value, 2]
    else:
        assert f(1, data=value, second=2) == [1, value, 2]


@pytest.mark.parametrize(("args", "kwargs"), [((1,), {}), ((), {}), ((), {"other": 1})])
def test_data_that_is_not_passed_by_keyword_is_an_error(charge, store, args, kwargs):
    """IDEM-4: the message names the parameter, and the store is left alone."""
    with pytest.raises(RuntimeError, match=r"'order'.*signature.*by keyword"):
        charge(*args, **kwargs)

    assert store.calls == []


def test_function_can_be_decorated_by_a_call(store, make_config):
    """IDEM-4: `idempotent_function(function, …)` is the same as the decorator."""
    wrapped = idempotent_function(
        lambda data: data + 1, data_keyword_argument="data", persistence_store=store, config=make_config()
    )

    assert [wrapped(data=1), wrapped(data=1)] == [2, 2]
    assert store.calls == ["put", "update", "put"]


def test_decorated_functions_keep_their_metadata(store):
    """IDEM-4: name, doc, annotations and `__wrapped__` are there."""

    def handler(event: dict, context: object) -> int:
        """Handle."""

    for decorated in (
        idempotent(persistence_store=store)(handler),
        idempotent_function(handler, data_keyword_argument="event", persistence_store=store),
    ):
        assert decorated.__wrapped__ is handler
        assert (decorated.__name__, decorated.__doc__) == ("handler", "Handle.")
        assert decorated.__annotations__ == handler.__annotations__


def test_methods_can_be_decorated(store, make_config, context):
    """IDEM-4: `self` is passed through, for handlers and for functions."""

    class Shop:
        name = "shop"

        @idempotent(persistence_store=store, config=make_config())
        def handle(self, event, context):
            return self.name

        @idempotent_function(data_keyword_argument="order", persistence_store=store, config=make_config())
        def charge(self, order):
            return self.name

    assert [Shop().handle({"id": 1}, context), Shop().handle({"id": 1}, context)] == ["shop", "shop"]
    assert [Shop().charge(order=1), Shop().charge(order=1)] == ["shop", "shop"]
    assert store.calls == ["put", "update", "put"] * 2


@pytest.mark.parametrize("ahead", [None, 60_000])
@pytest.mark.parametrize("sort_key", [None, "the-sort-key"])
def test_call_in_progress_refuses_others(store, ahead, sort_key):
    """IDEM-6: the message names expression and key, and the sort key if there is one."""
    import time

    expiry = None if ahead is None else int(time.time() * 1000) + ahead
    live = DataRecord("the-key", "INPROGRESS", int(time.time()) + 100, expiry, sort_key=sort_key)
    config = IdempotencyConfig(event_key_jmespath="id", in_progress_expires_after_seconds=1)

    def refuse(data_record):
        raise IdempotencyItemAlreadyExistsError(old_data_record=live)

    store._put_record = refuse
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=config)

    with pytest.raises(IdempotencyAlreadyInProgressError, match="id=the-key") as caught:
        f(x={"id": 1})

    assert ("sort key: the-sort-key" in str(caught.value)) is (sort_key is not None)


DEAD = DataRecord("k", "INPROGRESS", 9_999_999_999, 1)
EXPIRED = DataRecord("k", "COMPLETED", 1)


@pytest.mark.parametrize("found", [DEAD, EXPIRED, None], ids=["dead", "expired", "vanished"])
def test_contradiction_is_tried_three_times(store, make_config, found):
    """IDEM-7, 8, 9: a refusal by a record that does not count, or is gone, starts the claim again, twice at most."""
    puts = []

    def refuse(data_record):
        puts.append(data_record)
        raise IdempotencyItemAlreadyExistsError(old_data_record=found)

    store._put_record = refuse
    f = idempotent_function(lambda x: 1, data_keyword_argument="x", persistence_store=store, config=make_config())

    with pytest.raises(IdempotencyInconsistentStateError):
        f(x=1)

    assert len(puts) == MAX_RETRIES + 1 == 3


def test_contradiction_that_ends_is_not_seen(store, make_config):
    """IDEM-9: a later attempt that succeeds runs the function, once."""
    put, refusals = store._put_record, [1, 2]

    def refuse_twice(data_record):
        if refusals:
            refusals.pop()
            raise IdempotencyItemAlreadyExistsError(old_data_record=DEAD)
        put(data_record)

    store._put_record = refuse_twice
    runs = []
    f = idempotent_function(runs.append, data_keyword_argument="x", persistence_store=store, config=make_config())
    with pytest.raises(TypeError):  # list.append takes no keyword
        f(x=1)
    g = idempotent_function(
        lambda x: runs.append(x) or "ran", data_keyword_argument="x", persistence_store=store, config=make_config()
    )

    assert g(x=2) == "ran"
    assert runs == [2]


def test_contradiction_raised_by_the_function_is_not_tried_again(charge):
    """IDEM-9: the function runs once in a call, whatever it raises."""
    with pytest.raises(IdempotencyInconsistentStateError, match="mine"):
        charge(order=1, error=IdempotencyInconsistentStateError("mine"))

    assert charge.runs == 1


def durable(operations, context):
    return SimpleNamespace(state=SimpleNamespace(operations=operations), lambda_context=context)


def test_durable_rerun_takes_its_own_record_up_again(store, make_config):
    """IDEM-13: with more than one operation the record in progress is the execution's own, and gets completed."""
    runs = []

    @idempotent(persistence_store=store, config=make_config())
    def handler(event, context):
        runs.append(len(context.state.operations))
        if len(runs) == 1:
            raise KeyboardInterrupt  # suspended
        return "done"

    event, context = {"id": 1}, make_context(timeout=3)
    with pytest.raises(KeyboardInterrupt):
        handler(event, durable(["start"], context))
    with pytest.raises(IdempotencyAlreadyInProgressError):
        handler(event, durable(["start"], context))

    assert handler(event, durable(["start", "step"], context)) == "done"
    assert handler(event, durable(["start", "step"], context)) == "done"
    assert runs == [1, 2]
    assert store.record.status == "COMPLETED"


def test_durable_context_gives_the_remaining_time(store):
    """IDEM-13: the Lambda context inside a durable one is the one that counts down."""
    import time

    @idempotent(persistence_store=store, config=IdempotencyConfig())
    def handler(event, context):
        return store.record.in_progress_expiry_timestamp

    expiry = handler({"id": 1}, durable([], make_context(timeout=60)))

    assert 50_000 < expiry - time.time() * 1000 <= 60_000


def test_handler_engine_works_alone(store, make_config):
    """The engine behind the decorators runs a function once for a payload, and reruns it on a replay in progress."""
    runs = []

    def function(*args, **kwargs):
        runs.append((args, kwargs))
        return "done"

    engine = IdempotencyHandler(
        function, {"id": 1}, make_config(), store, None, "prefix", function_args=(1,), function_kwargs={"two": 2}
    )

    assert [engine.handle(), engine.handle()] == ["done", "done"]
    assert runs == [((1,), {"two": 2})]
    assert store.record.idempotency_key.startswith("prefix#")
    store.record._status = "INPROGRESS"
    with pytest.raises(IdempotencyAlreadyInProgressError):
        engine.handle()
    assert engine.handle(is_replay=True) == "done"


@pytest.mark.parametrize("kind", ["generator", "async generator", "partial"])
def test_generators_are_refused_when_decorated(store, kind):
    """IDEM-12: what is yielded cannot be stored."""

    def generator(event, context):
        yield 1

    async def async_generator(event, context):
        yield 1

    function = {
        "generator": generator,
        "async generator": async_generator,
        "partial": functools.partial(generator, context=None),
    }[kind]

    with pytest.raises(TypeError, match="generator"):
        idempotent(persistence_store=store)(function)
    with pytest.raises(TypeError, match="generator"):
        idempotent_function(function, data_keyword_argument="event", persistence_store=store)


def test_unknown_key_is_not_found(store):
    """IDEM-60: reading a key without record is its own error, which says which."""
    store.configure(IdempotencyConfig())

    with pytest.raises(IdempotencyItemNotFoundError):
        store.get_record({"id": 1})
