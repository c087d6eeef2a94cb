from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar

import pytest

from lambda_powertools import parameters
from lambda_powertools.core.loop import run
from lambda_powertools.parameters import GetParameterError


@pytest.fixture
def slow(shelf):
    """A provider whose fetches wait until `release` is set; `entered` says that one has begun."""

    class Slow(shelf):
        def __init__(self, values, **options):
            super().__init__(values, **options)
            self.entered, self.release = threading.Event(), threading.Event()

        def _get(self, name, **sdk_options):
            self.entered.set()
            assert self.release.wait(10)
            return super()._get(name, **sdk_options)

        def _get_multiple(self, path, **sdk_options):
            self.entered.set()
            assert self.release.wait(10)
            return super()._get_multiple(path, **sdk_options)

    return Slow


def start(pool, count, call):
    """Let `count` threads be on their way into `call`, and give their futures."""
    barrier = threading.Barrier(count)

    def one():
        barrier.wait(10)
        return call()

    return [pool.submit(one) for _ in range(count)]


@pytest.mark.parametrize("call", [lambda p: p.get("a", transform="json"), lambda p: p.get_multiple("/")["a"]])
def test_threads_that_miss_a_value_share_one_fetch(slow, call):
    """Single flight: of twenty threads that ask for a cold key one fetches, and all get what it brings."""
    provider = slow({"a": "[1]"})

    with ThreadPoolExecutor(20) as pool:
        waiting = start(pool, 20, lambda: call(provider))
        assert provider.entered.wait(10)
        provider.release.set()
        values = [one.result(10) for one in waiting]

    assert values in ([[1]] * 20, ["[1]"] * 20)
    assert len(provider.calls) == 1


def test_tasks_that_miss_a_value_share_one_fetch(slow):
    """Single flight: of fifty tasks one fetches, in a thread, while the loop goes on."""
    provider = slow({"a": "1"})

    async def main():
        tasks = [asyncio.ensure_future(provider.aget("a")) for _ in range(50)]
        while not provider.entered.is_set():  # noqa: ASYNC110  # what is waited for happens in another thread
            await asyncio.sleep(0)  # the loop is not blocked by the fetch
        provider.release.set()
        return await asyncio.gather(*tasks)

    assert run(main()) == ["1"] * 50
    assert len(provider.calls) == 1


def test_a_thread_and_a_task_share_one_fetch(slow):
    """Single flight: who blocks and who awaits wait for the same fetch."""
    provider = slow({"a": "1"})

    async def main(pool):
        blocking = pool.submit(provider.get, "a")
        assert provider.entered.wait(10)
        task = asyncio.ensure_future(provider.aget("a"))
        await asyncio.sleep(0)
        provider.release.set()
        return await task, blocking.result(10)

    with ThreadPoolExecutor(1) as pool:
        assert run(main(pool)) == ("1", "1")
    assert len(provider.calls) == 1


def test_a_failed_fetch_fails_for_all_who_waited(slow):
    """Single flight: the error reaches everybody, and the next caller tries again."""
    provider = slow({"a": RuntimeError("locked")})

    with ThreadPoolExecutor(5) as pool:
        waiting = start(pool, 5, lambda: provider.get("a"))
        assert provider.entered.wait(10)
        provider.release.set()
        errors = [one.exception(10) for one in waiting]

    assert {type(error) for error in errors} == {GetParameterError}
    provider.values["a"] = "1"
    assert provider.get("a") == "1"


def test_a_cancelled_task_does_not_take_the_fetch_from_the_others(slow):
    """Single flight: the fetch goes on when the task that began it is cancelled."""
    provider = slow({"a": "1"})

    async def main():
        first = asyncio.ensure_future(provider.aget("a"))
        second = asyncio.ensure_future(provider.aget("a"))
        while not provider.entered.is_set():  # noqa: ASYNC110  # what is waited for happens in another thread
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        provider.release.set()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert run(main()) == "1"
    assert len(provider.calls) == 1


def test_an_interrupted_fetch_is_begun_again_by_who_waited(slow):
    """Single flight: an interrupt ends the thread it hits, not those that wait for its result."""

    class Interrupted(slow):
        def _get(self, name, **sdk_options):
            super()._get(name, **sdk_options)
            if len(self.calls) == 1:
                raise KeyboardInterrupt
            return "second"

    provider = Interrupted({"a": "1"})
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(provider.get, "a")
        assert provider.entered.wait(10)
        second = pool.submit(provider.get, "a")
        provider.release.set()

        assert isinstance(first.exception(10), KeyboardInterrupt)
        assert second.result(10) == "second"


@pytest.mark.parametrize("options", [{"force_fetch": True}, {"max_age": 0}])
def test_who_wants_a_value_of_now_shares_with_nobody(slow, options):
    """PRM-2, 3: force_fetch and max_age=0 fetch for themselves even while another fetch is under way."""
    provider = slow({"a": "1"})

    with ThreadPoolExecutor(3) as pool:
        waiting = start(pool, 3, lambda: provider.get("a", **options))
        provider.release.set()
        assert [one.result(10) for one in waiting] == ["1"] * 3

    assert len(provider.calls) == 3


def test_a_provider_may_ask_itself(shelf):
    """Single flight: a fetch that leads back to the same value does not wait for itself."""

    class Recursive(shelf):
        depth = 0

        def _get(self, name, **sdk_options):
            self.depth += 1
            return self.get(name) if self.depth == 1 else "end"

    assert Recursive().get("a") == "end"


def test_a_value_written_meanwhile_is_not_covered_by_the_older_one(slow):
    """PRM-36: a fetch that began before the cache was cleared does not put its value there."""
    provider = slow({"a": "old"})

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(provider.get, "a")
        assert provider.entered.wait(10)
        provider.clear_cache()
        provider.release.set()
        assert reading.result(10) == "old"

    provider.values["a"] = "new"
    assert provider.get("a") == "new"


def test_by_name_threads_share_one_call():
    """Single flight: the same names, asked for at the same time, are one GetParameters."""
    entered, release, calls = threading.Event(), threading.Event(), []

    class Client:
        def get_parameters(self, Names):  # noqa: N803  # the SDK's own name
            calls.append(Names)
            entered.set()
            assert release.wait(10)
            return {"Parameters": [{"Name": name, "Value": name, "Type": "String"} for name in Names]}

    provider = parameters.SSMProvider(boto3_client=Client())
    with ThreadPoolExecutor(10) as pool:
        waiting = start(pool, 10, lambda: provider.get_parameters_by_name({"/a": None, "/b": None}))
        assert entered.wait(10)
        release.set()
        assert [one.result(10) for one in waiting] == [{"/a": "/a", "/b": "/b"}] * 10

    assert calls == [["/a", "/b"]]


def test_a_fetch_in_a_thread_sees_the_task_s_context(shelf):
    """Awaited fetches run with the context variables of the task that began them."""
    variable = ContextVar("variable", default="none")

    class Contextual(shelf):
        def _get(self, name, **sdk_options):
            return variable.get()

    async def main():
        variable.set("mine")
        return await Contextual().aget("a")

    assert run(main()) == "mine"


def test_every_function_can_be_awaited(ssm, secrets, path, shelf):
    """The awaitable functions give what the others give, from the same cache."""
    parameters.set_parameter(f"{path}/a", "[1]")
    parameters.set_secret(f"{path}/s", "[2]")
    parameters.DEFAULT_PROVIDERS["appconfig"] = shelf({"c": b"[3]"})

    async def main():
        return [
            await parameters.aget_parameter(f"{path}/a", transform="json"),
            await parameters.aget_parameters(path, transform="json"),
            await parameters.aget_parameters_by_name({f"{path}/a": None}, transform="json"),
            await parameters.aget_secret(f"{path}/s", transform="json"),
            await parameters.aget_secrets_by_name([f"{path}/s"], transform="json"),
            await parameters.aget_app_config("c", "prod", transform="json"),
        ]

    expected = [[1], {"a": [1]}, {f"{path}/a": [1]}, [2], {f"{path}/s": [2]}, [3]]
    assert run(main()) == expected
    sent = len(ssm.sent) + len(secrets.sent)
    assert run(main()) == expected
    assert len(ssm.sent) + len(secrets.sent) == sent


def test_a_fetch_that_cannot_begin_leaves_nothing_behind(shelf):
    """Single flight: where the loop has no threads any more the caller is told, and the next one is not blocked."""
    provider = shelf({"a": "1"})

    async def main():
        loop = asyncio.get_running_loop()
        await loop.shutdown_default_executor()
        with pytest.raises(RuntimeError, match="shutdown"):
            await provider.aget("a")

    asyncio.run(main())

    assert provider.get("a") == "1"
