"""Semantic 8: invocations at the same time see nothing of each other, and nothing of one is left for the next."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from lambda_powertools.core import Plugin, cold_start, current_invocation, hookimpl, invocation_scope, powertools

CONCURRENT = 200


class Context:
    """A context with a request id and a deadline of its own."""

    def __init__(self, number):
        self.aws_request_id = f"request-{number}"
        self._milliseconds = 1000 * (number + 1)

    def get_remaining_time_in_millis(self):
        return self._milliseconds


def writer(plugin_name, plugin_order):
    """Make a plugin that writes state, event and response, and checks that what it wrote is its own."""

    class Writer(Plugin[None]):
        name = plugin_name
        order = plugin_order

        @hookimpl
        def before_invoke(self, invocation):
            assert current_invocation() is invocation
            assert self.name not in invocation.state, "left over from another invocation"
            invocation.state[self.name] = [invocation.request_id]
            invocation.event = {**invocation.event, self.name: invocation.request_id}

        @hookimpl
        def after_invoke(self, invocation):
            assert current_invocation() is invocation
            assert invocation.state[self.name] == [invocation.request_id]
            assert invocation.event[self.name] == invocation.request_id
            invocation.response = {**invocation.response, self.name: invocation.request_id}

        @hookimpl
        def on_error(self, invocation, error):
            assert invocation.state[self.name] == [invocation.request_id]
            assert error.args == (invocation.request_id,)
            invocation.recover({"recovered": invocation.request_id, "cold": invocation.cold_start})

    return Writer


PLUGINS = (writer("first", 1), writer("second", 2))


def observe():
    """Return what an invocation can see of itself."""
    invocation = current_invocation()
    return {
        "id": invocation.request_id,
        "event": invocation.event["second"],
        "deadline": round(invocation.remaining_time),
        "cold": invocation.cold_start,
    }


def expected(number):
    """Return what the invocation of this number has to give."""
    name = f"request-{number}"
    if number % 10 == 9:
        return {"recovered": name, "first": name}
    return {"id": name, "event": name, "deadline": number + 1, "first": name, "second": name}


def check(responses):
    """Fail if any invocation saw something of another, or if not exactly one was cold."""
    cold = [response.pop("cold") for response in responses]
    assert responses == [expected(number) for number in range(CONCURRENT)]
    assert sum(cold) == 1


def in_threads(call):
    """Call with each number, all at once, each in a thread of its own."""
    barrier = threading.Barrier(CONCURRENT)

    def run(number):
        barrier.wait(timeout=60)
        return call(number)

    with ThreadPoolExecutor(CONCURRENT) as pool:
        return list(pool.map(run, range(CONCURRENT)))


def test_200_threads_do_not_cross(registry_of):
    """200 invocations at once in threads: each sees its own event, state, deadline and response; one is cold."""
    meeting = threading.Barrier(CONCURRENT)

    @powertools(registry=registry_of(*PLUGINS))
    def handler(event, context):
        meeting.wait(timeout=60)  # all of them are inside the handler at this moment
        if event["number"] % 10 == 9:
            raise KeyError(context.aws_request_id)
        return observe()

    check(in_threads(lambda number: handler({"number": number}, Context(number))))


def test_200_tasks_do_not_cross(registry_of):
    """200 invocations at once in tasks of one loop: the same."""

    async def scenario():
        inside, everybody = 0, asyncio.Event()

        @powertools(registry=registry_of(*PLUGINS))
        async def handler(event, context):
            nonlocal inside
            inside += 1
            if inside == CONCURRENT:
                everybody.set()
            await everybody.wait()
            if event["number"] % 10 == 9:
                raise KeyError(context.aws_request_id)
            return observe()

        return await asyncio.gather(*(handler({"number": number}, Context(number)) for number in range(CONCURRENT)))

    check(asyncio.run(scenario()))


def test_200_threads_may_call_an_async_handler_synchronously(registry_of):
    """200 threads call one async handler as the Lambda runtime does: the same."""

    @powertools(registry=registry_of(*PLUGINS))
    async def handler(event, context):
        await asyncio.sleep(0.001)
        if event["number"] % 10 == 9:
            raise KeyError(context.aws_request_id)
        return observe()

    check(in_threads(lambda number: handler({"number": number}, Context(number))))


def test_nothing_is_left_for_the_next_invocation(registry_of):
    """State, response and error of one invocation are gone in the next; outside there is no invocation."""
    handler = powertools(registry=registry_of(*PLUGINS))(lambda event, context: {})

    for number in range(3):
        handler({}, Context(number))
        assert current_invocation() is None


@pytest.mark.parametrize("asynchronous", [False, True])
def test_no_invocation_is_left_after_an_error(asynchronous, registry_of):
    """An exception ends the invocation as well."""
    if asynchronous:

        @powertools(registry=registry_of())
        async def handler(event, context):
            raise KeyError

    else:

        @powertools(registry=registry_of())
        def handler(event, context):
            raise KeyError

    with pytest.raises(KeyError):
        handler({}, None)

    assert current_invocation() is None


def test_a_handler_called_by_a_handler_is_an_invocation_of_its_own(registry_of):
    """Inside, the inner invocation is the current one, with its own state; afterwards the outer one is again."""
    seen = []

    @powertools(registry=registry_of())
    def inner(event, context):
        seen.append(current_invocation())

    @powertools(registry=registry_of())
    def outer(event, context):
        seen.append(current_invocation())
        inner("inner", Context(2))
        seen.append(current_invocation())

    outer("outer", Context(1))

    assert [invocation.event for invocation in seen] == ["outer", "inner", "outer"]
    assert seen[0] is seen[2]


def test_stand_alone_decorators_share_the_invocation(registry_of):
    """Decorators that open an invocation_scope share it with each other and with @powertools around them."""
    seen = []

    @powertools(registry=registry_of())
    def handler(event, context):
        with invocation_scope(event, context) as first, invocation_scope(event, context) as second:
            seen.extend([current_invocation(), first, second])

    handler({}, Context(1))

    assert len({id(invocation) for invocation in seen}) == 1


def test_a_scope_of_another_request_is_another_invocation():
    """A scope with another context begins an invocation of its own, which ends with it."""
    with invocation_scope("a", Context(1)) as first:
        with invocation_scope("b", Context(2)) as second:
            assert current_invocation() is second
        assert current_invocation() is first
    assert current_invocation() is None


def test_cold_start_is_one_value_for_all_that_surrounds_a_handler(registry_of):
    """A stand-alone decorator around @powertools does not use up the cold start: both see the same."""
    seen = []
    context = Context(1)

    @powertools(registry=registry_of())
    def handler(event, context):
        seen.append(current_invocation().cold_start)

    for _ in range(2):
        with invocation_scope({}, context) as outer:
            seen.append(outer.cold_start)
            handler({}, context)

    assert seen == [True, True, False, False]


@pytest.mark.parametrize(
    ("initialization", "expected_values"),
    [
        (None, [True, False, False]),
        ("on-demand", [True, False, False]),
        ("snap-start", [True, False, False]),
        ("provisioned-concurrency", [False, False, False]),
    ],
)
def test_cold_start_is_the_first_invocation_unless_provisioned(initialization, expected_values, monkeypatch):
    """The first invocation of an environment is cold, none of one that provisioned concurrency initialised is."""
    if initialization:
        monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", initialization)
    seen = []

    for number in range(3):
        with invocation_scope({}, Context(number)) as invocation:
            seen.append(invocation.cold_start)

    assert seen == expected_values


def test_the_thread_that_comes_second_is_not_cold(monkeypatch):
    """Of two threads that see the token of the cold start at once, the one that does not get it is warm."""

    class TakenMeanwhile(list):
        def __bool__(self):
            return True

    monkeypatch.setattr(cold_start, "_token", TakenMeanwhile())

    assert cold_start.claim_cold_start() is False


def test_the_trace_header_is_read_once_per_request(monkeypatch):
    """The environment variable belongs to the process, the header to the request: a later change does not reach it."""
    with ExitStack() as scopes:
        monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-a")
        outer = scopes.enter_context(invocation_scope({}, "request"))
        assert outer.trace_header == "Root=1-a"
        monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-b")
        assert outer.trace_header == "Root=1-a"
        outer.trace_header = "Root=1-c"
        assert outer.trace_header == "Root=1-c"


def test_a_cold_start_is_due_until_an_invocation_takes_it(monkeypatch):
    """Whoever asks before the first invocation learns that it will be cold, and asking changes nothing."""
    assert cold_start.is_cold_start_due() is True
    assert cold_start.claim_cold_start() is True
    assert cold_start.is_cold_start_due() is False

    cold_start.reset_cold_start()
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")
    assert cold_start.is_cold_start_due() is False
