from __future__ import annotations

import asyncio
import inspect
import threading

import pytest

from lambda_powertools.core import loop
from lambda_powertools.idempotency import idempotent, idempotent_function
from lambda_powertools.idempotency.base import IdempotencyHandler
from lambda_powertools.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyPersistenceLayerError,
)


def function_on(store, config, body):
    return idempotent_function(body, data_keyword_argument="x", persistence_store=store, config=config)


@pytest.fixture
def runs():
    return []


@pytest.fixture
def charge(store, make_config, runs):
    """A coroutine function that counts its runs."""

    async def charge(x, error=None):
        runs.append(x)
        await asyncio.sleep(0)
        if error is not None:
            raise error
        return {"x": x, "run": len(runs)}

    return function_on(store, make_config(), charge)


def test_coroutine_function_stays_one(charge):
    """IDEM-12: what decorated is can be told and awaited as before."""
    assert inspect.iscoroutinefunction(charge)


def test_coroutine_function_runs_once(charge, store, runs):
    """IDEM-12: claimed, awaited, completed, and replayed without running."""

    async def twice():
        return await charge(x=1), await charge(x=1)

    assert loop.run(twice()) == ({"x": 1, "run": 1}, {"x": 1, "run": 1})
    assert runs == [1]
    assert store.calls == ["put", "update", "put"]


def test_async_handler_runs_once(store, make_config, context, runs):
    """IDEM-12: a handler that is a coroutine function is idempotent too, in a class as well."""

    @idempotent(persistence_store=store, config=make_config())
    async def handler(event, context):
        runs.append(event)
        return "done"

    class Shop:
        @idempotent(persistence_store=store, config=make_config())
        async def handle(self, event, context):
            runs.append(event)
            return "done"

    for function in (handler, Shop().handle):
        assert [loop.run(function({"id": 1}, context)) for _ in range(2)] == ["done", "done"]
    assert runs == [{"id": 1}] * 2


def test_failure_of_a_coroutine_lets_the_key_go(charge, store):
    """IDEM-2: the exception passes unchanged, and the record is deleted."""
    error = ValueError("declined")
    with pytest.raises(ValueError) as caught:
        loop.run(charge(x=1, error=error))

    assert caught.value is error
    assert store.records == {}


def test_cancelled_coroutine_leaves_its_record(store, make_config):
    """IDEM-2: a cancellation is no failure: the record frees itself in time."""

    async def main():
        began = asyncio.Event()

        async def slow(x):
            began.set()
            await asyncio.sleep(60)

        task = asyncio.ensure_future(function_on(store, make_config(), slow)(x=1))
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    loop.run(main())

    assert store.record.status == "INPROGRESS"


def test_store_does_not_block_the_loop(store, make_config):
    """Store calls run in a thread: other tasks go on, and many calls at once have one winner."""
    threads = set()
    put = store._put_record

    def note(data_record):
        threads.add(threading.get_ident())
        put(data_record)

    store._put_record = note

    async def body(x):
        await asyncio.sleep(0.02)
        return "result"

    f = function_on(store, make_config(), body)

    async def main():
        return await asyncio.gather(*(f(x=1) for _ in range(5)), return_exceptions=True)

    results = loop.run(main())

    assert threading.get_ident() not in threads
    assert results.count("result") == 1
    assert sum(isinstance(result, IdempotencyAlreadyInProgressError) for result in results) == 4


def test_hundred_waiting_calls_do_not_block_the_one_that_runs(store, make_config, runs):
    """on_duplicate="wait": those who wait hold no thread, so the first one can be completed, and all get its result."""

    async def body(x):
        runs.append(x)
        await asyncio.sleep(0.05)
        return "result"

    f = function_on(store, make_config(on_duplicate="wait"), body)

    async def main():
        return await asyncio.gather(*(f(x=1) for _ in range(100)))

    assert loop.run(main()) == ["result"] * 100
    assert runs == [1]


def test_waiting_call_ends_in_time(store, make_config, charge):
    """on_duplicate="wait": also under a coroutine function the wait has its limit."""
    f = function_on(store, make_config(on_duplicate="wait", max_wait_seconds=0.1), charge.__wrapped__)
    loop.run(f(x=1))
    store.record._status = "INPROGRESS"

    with pytest.raises(IdempotencyAlreadyInProgressError):
        loop.run(f(x=1))


def test_kept_error_of_a_coroutine_is_replayed(store, make_config, charge, runs):
    """keep_on: the same as for plain functions."""
    f = function_on(store, make_config(keep_on=ValueError), charge.__wrapped__)
    for _ in range(2):
        with pytest.raises(ValueError, match="^no$"):
            loop.run(f(x=1, error=ValueError("no")))

    assert runs == [1]


def test_result_that_is_no_json_releases_the_record(store, make_config):
    """A response that cannot be serialised is told, and nothing half-written stays."""

    async def body(x):
        return object()

    with pytest.raises(IdempotencyPersistenceLayerError, match="update"):
        loop.run(function_on(store, make_config(), body)(x=1))
    assert store.records == {}


def test_missing_key_runs_the_coroutine(store, make_config, charge):
    """IDEM-10: with one warning, and without the store."""
    f = function_on(store, make_config(event_key_jmespath="id"), charge.__wrapped__)
    with pytest.warns(UserWarning, match="skipped"):
        assert loop.run(f(x={}))["run"] == 1
    assert store.calls == []


def test_disabled_coroutine_runs(charge, store, monkeypatch):
    """IDEM-11: each time, without the store."""
    monkeypatch.setenv("POWERTOOLS_IDEMPOTENCY_DISABLED", "1")
    with pytest.warns(UserWarning, match="development"):
        loop.run(charge(x=1))

    assert store.calls == []


def test_local_cache_needs_no_thread(store, make_config, charge):
    """IDEM-37: what is in memory is replayed without a store call."""
    f = function_on(store, make_config(use_local_cache=True), charge.__wrapped__)
    loop.run(f(x=1))
    store.calls.clear()

    assert loop.run(f(x=1))["run"] == 1
    assert store.calls == []


def test_engine_and_evict_have_async_forms(store, make_config, charge):
    """`handle_async` awaits a coroutine function, `aevict` forgets its result."""
    handler = IdempotencyHandler(charge.__wrapped__, 1, make_config(), store, key_prefix="p", function_kwargs={"x": 1})

    async def main():
        first = await handler.handle_async()
        again = await handler.handle_async()
        await store.aevict(store.record.idempotency_key)
        return first["run"], again["run"], (await handler.handle_async())["run"]

    assert loop.run(main()) == (1, 1, 2)
