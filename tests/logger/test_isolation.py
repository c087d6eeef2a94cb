"""Two hundred invocations at once see nothing of each other, and leave nothing behind."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from lambda_powertools.core import Registry, powertools
from lambda_powertools.logger import LoggerBufferConfig, _scope
from lambda_powertools.logger.plugin import LoggerPlugin

COUNT = 200
STAND_ALONE = {
    "keep": {},
    "clear": {"clear_state": True},
}


@pytest.fixture
def plugged():
    registry = Registry()
    registry.register(LoggerPlugin)
    return powertools(registry=registry, logger={"correlation_id_path": "id", "log_event": True})


def decorators(logger, plugged):
    yield "plugin", plugged
    for name, options in STAND_ALONE.items():
        yield name, logger.inject_lambda_context(correlation_id_path="id", log_event=True, **options)


def work(logger, event):
    """Do what touches every kind of state that a logger has, as the invocation with this event."""
    number = event["id"]
    logger.append_keys(**{f"only_{number}": number}, shared=number)
    logger.thread_safe_append_keys(own=number)
    logger.debug("buffered %d", number)


def finish(logger, event):
    number = event["id"]
    with logger.append_context_keys(block=number):
        logger.info("inside %d", number)
    if number % 3 == 0:
        logger.remove_keys([f"only_{number}"])
    if number % 2:
        logger.flush_buffer()
    else:
        logger.error("failed %d", number)


def check(output, initial_keys):
    """Prove that each record has the keys of its own invocation, and only those."""
    seen = dict.fromkeys(range(COUNT), 0)
    for record in output.records:
        number = record["correlation_id"]
        seen[number] += 1
        assert record["function_request_id"] == f"request-{number}"
        message = record["message"]
        if isinstance(message, dict):  # the event, logged first of all
            assert message == {"id": number}
            assert record.get("shared") is None
            continue
        assert int(message.split()[1]) == number
        assert record["shared"] == record["own"] == number
        assert {key for key in record if key.startswith("only_")} <= {f"only_{number}"}
        assert record.get("block", number) == number
        assert initial_keys <= record.keys()
    # The event, the statement inside, the buffered one, and for every other one the error.
    assert seen == {number: 4 if number % 2 == 0 else 3 for number in range(COUNT)}


def check_nothing_is_left(logger, output, keys):
    assert logger.get_current_keys() == keys
    output.forget()
    logger.info("after")
    assert not {"shared", "own", "block", "correlation_id", "function_name"} & output.last.keys()
    assert _scope._active == set()
    assert _scope._lone is None


@pytest.mark.parametrize("kind", ["plugin", "keep", "clear"])
def test_threads_do_not_see_each_other(make, output, contexts, plugged, kind):
    """T-2: 200 invocations in threads, all inside at once, under the plugin and under the decorator."""
    logger = make(team="payment", buffer_config=LoggerBufferConfig())
    keys = logger.get_current_keys()
    barrier = threading.Barrier(COUNT, timeout=60)

    @dict(decorators(logger, plugged))[kind]
    def handler(event, context):
        barrier.wait()
        work(logger, event)
        barrier.wait()
        finish(logger, event)
        barrier.wait()

    with ThreadPoolExecutor(COUNT) as pool:
        list(pool.map(lambda number: handler({"id": number}, contexts(f"request-{number}")), range(COUNT)))
    check(output, {"team"})
    check_nothing_is_left(logger, output, keys)


@pytest.mark.parametrize("kind", ["plugin", "keep", "clear"])
def test_tasks_do_not_see_each_other(make, output, contexts, plugged, kind):
    """T-2: 200 invocations in tasks of one thread, all inside at once, under the plugin and under the decorator."""
    logger = make(team="payment", buffer_config=LoggerBufferConfig())
    keys = logger.get_current_keys()
    arrived = 0
    all_inside = asyncio.Event()

    @dict(decorators(logger, plugged))[kind]
    async def handler(event, context):
        nonlocal arrived
        arrived += 1
        if arrived == COUNT:
            all_inside.set()
        await all_inside.wait()
        work(logger, event)
        await asyncio.sleep(0)
        finish(logger, event)
        await asyncio.sleep(0)

    async def main():
        await asyncio.gather(
            *(asyncio.create_task(handler({"id": number}, contexts(f"request-{number}"))) for number in range(COUNT))
        )

    asyncio.run(main())
    check(output, {"team"})
    check_nothing_is_left(logger, output, keys)


def test_errors_and_clearing_of_one_leave_the_others_alone(make, output, contexts, plugged):
    """T-1: invocations that fail, clear their state or remove keys do not touch those of their neighbours."""
    logger = make(team="payment")
    barrier = threading.Barrier(20, timeout=60)

    @plugged
    def handler(event, context):
        logger.append_keys(number=event["id"])
        barrier.wait()
        if event["id"] % 2:
            logger.clear_state()
            raise ValueError(event["id"])
        barrier_of_the_even.wait()
        logger.info("x")

    barrier_of_the_even = threading.Barrier(10, timeout=60)

    def call(number):
        with suppress(ValueError):
            handler({"id": number}, contexts(f"request-{number}"))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(call, range(20)))
    inside = [record for record in output.records if record["message"] == "x"]
    assert sorted(record["number"] for record in inside) == list(range(0, 20, 2))
    assert all(record["function_request_id"] == f"request-{record['number']}" for record in inside)
    assert "number" not in logger.get_current_keys()


def test_threads_of_several_invocations_belong_to_none(make, output, contexts, plugged):
    """T-3: with two invocations at once, a thread that carries no invocation gets no keys and buffers nothing."""
    logger = make(buffer_config=LoggerBufferConfig(), level="DEBUG")
    barrier = threading.Barrier(2, timeout=60)

    @plugged
    def handler(event, context):
        barrier.wait()
        if event["id"] == 0:
            thread = threading.Thread(target=lambda: logger.debug("from a thread"))
            thread.start()
            thread.join()
        barrier.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: handler({"id": number}, contexts(f"request-{number}")), range(2)))
    (record,) = [record for record in output.records if record["message"] == "from a thread"]
    assert "function_request_id" not in record


def test_import_time_keys_set_meanwhile_are_kept(make, output, contexts):
    """Keys that a thread outside of all invocations sets survive the end of an invocation that keeps its own."""
    logger = make()
    logger.append_keys(imported=1, removed=1)

    @logger.inject_lambda_context
    def handler(event, context):
        logger.append_keys(inside=1)
        logger.remove_keys(["removed"])
        logger.registered_formatter.add_initial_keys({"meanwhile": 1})

    handler({}, contexts("r1"))
    keys = logger.get_current_keys()
    assert (keys["imported"], keys["inside"], keys["meanwhile"]) == (1, 1, 1)
    assert "removed" not in keys


def test_trace_ids_of_concurrent_invocations_do_not_mix(make, output, contexts, plugged, monkeypatch):
    """T-3: the environment variable is the process's; each invocation has read its own."""
    logger = make()
    ready = threading.Event()

    @plugged
    def handler(event, context):
        logger.info("before")
        ready.set()
        go_on.wait(60)
        logger.info("inside")

    go_on = threading.Event()
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-1-1")
    thread = threading.Thread(target=lambda: handler({"id": 1}, contexts("r1")))
    thread.start()
    ready.wait(60)
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-2-2")
    go_on.set()
    thread.join()
    assert {record["xray_trace_id"] for record in output.records} == {"1-1-1"}
