"""Semantic 7: sync and async handlers, methods and callable objects work alike, on one loop per environment."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import inspect
import sys
from unittest.mock import AsyncMock, MagicMock, Mock

import pytest

from lambda_powertools.core import Plugin, current_invocation, hookimpl, lambda_handler_decorator, powertools
from lambda_powertools.core.callables import is_coroutine_function


class Journal(Plugin[None]):
    """A plugin that writes down its hooks."""

    name = "journal"

    @hookimpl
    def on_init(self):
        self.calls = []

    @hookimpl
    def before_invoke(self, invocation):
        self.calls.append("before")

    @hookimpl
    def after_invoke(self, invocation):
        self.calls.append(f"after {invocation.response}")

    @hookimpl
    def on_error(self, error):
        self.calls.append(f"error {error!r}")


def plain(event, context):
    """Be a plain handler."""
    return event["id"]


async def asynchronous(event, context):
    """Be an async handler that waits."""
    await asyncio.sleep(0)
    return event["id"]


def passing_on(event, context):
    """Be a plain handler that gives the coroutine of another."""
    return asynchronous(event, context)


class CallableObject:
    """A handler that is an object."""

    def __call__(self, event, context):
        return event["id"]


class AsyncCallableObject:
    """An async handler that is an object."""

    async def __call__(self, event, context):
        return event["id"]


class Service:
    """A class with handlers."""

    def method(self, event, context):
        return event["id"]

    async def async_method(self, event, context):
        return event["id"]

    @classmethod
    def class_method(cls, event, context):
        return event["id"]

    @staticmethod
    def static_method(event, context):
        return event["id"]


def with_extra(prefix, event, context):
    """Be a handler that a partial completes."""
    return event["id"]


async def async_with_extra(prefix, event, context):
    """Be an async handler that a partial completes."""
    return event["id"]


@lambda_handler_decorator
def middleware(handler, event, context):
    """Surround a handler without doing anything."""
    return handler(event, context)


@lambda_handler_decorator
async def async_middleware(handler, event, context):
    """Surround a handler without doing anything, asynchronously."""
    return await handler(event, context)


HANDLERS = {
    "function": plain,
    "lambda": lambda event, context: event["id"],
    "async function": asynchronous,
    "function that returns a coroutine": passing_on,
    "callable object": CallableObject(),
    "async callable object": AsyncCallableObject(),
    "bound method": Service().method,
    "async bound method": Service().async_method,
    "class method": Service.class_method,
    "static method": Service.static_method,
    "partial": functools.partial(with_extra, "prefix"),
    "async partial": functools.partial(async_with_extra, "prefix"),
    "mock": Mock(side_effect=plain),
    "magic mock": MagicMock(side_effect=plain),
    "async mock": AsyncMock(side_effect=plain),
    "middleware": middleware(plain),
    "middleware around async": middleware(asynchronous),
    "async middleware": async_middleware(plain),
    "async middleware around async": async_middleware(asynchronous),
}


@pytest.fixture(params=HANDLERS.values(), ids=HANDLERS)
def decorated(request, registry_of):
    """A decorated handler of each kind."""
    return powertools(registry=registry_of(Journal))(request.param)


def test_every_kind_of_handler_has_the_same_hook_order(decorated):
    """Called as Lambda calls it, any handler has finished before after_invoke, and its result is returned."""
    assert decorated({"id": 7}, None) == 7
    assert decorated.application.plugins["journal"].calls == ["before", "after 7"]


def test_every_kind_of_handler_may_be_called_by_keyword(decorated):
    """Event and context may be given by name."""
    assert decorated(event={"id": 7}, context=None) == 7


def test_every_kind_of_handler_works_inside_a_running_loop(decorated):
    """Where a loop runs, an async handler gives an awaitable and a sync one its result, with the same hook order."""

    async def call():
        result = decorated({"id": 7}, None)
        return await result if inspect.isawaitable(result) else result

    assert asyncio.run(call()) == 7
    assert decorated.application.plugins["journal"].calls == ["before", "after 7"]


def test_every_kind_of_handler_keeps_a_name(decorated):
    """A decorated handler has a name, also where what it decorates has none."""
    assert decorated.__name__
    assert decorated.application.name == decorated.__name__


@pytest.mark.parametrize("name", HANDLERS)
def test_coroutine_functions_are_recognised(name):
    """What gives a coroutine is told from what does not, and objects that answer to every name do not count."""
    assert is_coroutine_function(HANDLERS[name]) is ("async" in name)


def test_classes_and_builtins_are_no_coroutine_functions():
    """A callable without Python code gives no coroutine, as far as anybody knows."""
    assert not is_coroutine_function(dict)
    assert not is_coroutine_function(print)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="inspect.markcoroutinefunction is new in 3.12")
def test_a_marked_function_is_a_coroutine_function():
    """The mark of inspect.markcoroutinefunction counts."""

    def returns_coroutine(event, context):
        return asynchronous(event, context)

    assert is_coroutine_function(inspect.markcoroutinefunction(returns_coroutine))


def test_async_hooks_are_awaited_under_an_async_handler(registry_of):
    """Under an async handler, coroutine hooks run in the handler's own task."""
    tasks = []

    class Waiting(Plugin[None]):
        name = "waiting"

        @hookimpl
        async def before_invoke(self):
            await asyncio.sleep(0)
            tasks.append(asyncio.current_task())

        @hookimpl
        async def after_invoke(self):
            tasks.append(asyncio.current_task())

    @powertools(registry=registry_of(Waiting))
    async def handler(event, context):
        tasks.append(asyncio.current_task())

    handler({}, None)

    assert len(tasks) == 3
    assert len(set(tasks)) == 1


def test_async_hooks_run_to_their_end_under_a_sync_handler(registry_of):
    """Under a sync handler, a coroutine hook has finished before the handler runs, and sees the invocation."""
    journal = []

    class Waiting(Plugin[None]):
        name = "waiting"

        @hookimpl
        async def before_invoke(self, invocation):
            await asyncio.sleep(0)
            assert current_invocation() is invocation
            journal.append("before")

        @hookimpl
        async def after_invoke(self):
            await asyncio.sleep(0)
            journal.append("after")

    powertools(registry=registry_of(Waiting))(lambda event, context: journal.append("handler"))({}, None)

    assert journal == ["before", "handler", "after"]


@pytest.mark.parametrize("asynchronous_handler", [False, True])
def test_hooks_that_are_not_coroutine_functions_may_return_anything(asynchronous_handler, registry_of):
    """What a sync hook returns is nobody's business, even next to an async hook in one plugin."""

    class Chatty(Plugin[None]):
        name = "chatty"

        @hookimpl
        def before_invoke(self, invocation):
            return invocation

        @hookimpl
        async def after_invoke(self):
            return 1

    if asynchronous_handler:

        @powertools(registry=registry_of(Chatty))
        async def handler(event, context):
            return "done"

    else:

        @powertools(registry=registry_of(Chatty))
        def handler(event, context):
            return "done"

    assert handler({}, None) == "done"


def test_a_hook_that_a_decorator_made_return_a_coroutine_is_waited_for(registry_of):
    """A hook that is no coroutine function but gives a coroutine is waited for, not dropped."""
    journal = []

    async def work():
        await asyncio.sleep(0)
        journal.append("worked")

    class Passing(Plugin[None]):
        name = "passing"

        @hookimpl
        def before_invoke(self):
            return work()

    powertools(registry=registry_of(Passing))(lambda event, context: journal.append("handler"))({}, None)

    assert journal == ["worked", "handler"]


def test_a_middleware_may_answer_in_an_async_handlers_stead(registry_of):
    """A sync middleware around an async handler that does not call it gives its own response."""

    @lambda_handler_decorator
    def refuse(handler, event, context):
        return {"statusCode": 403}

    decorated = powertools(registry=registry_of(Journal))(refuse(asynchronous))

    assert decorated({}, None) == {"statusCode": 403}
    assert decorated.application.plugins["journal"].calls == ["before", "after {'statusCode': 403}"]


def test_one_loop_serves_every_invocation(registry_of):
    """All async handlers and hooks of an environment run on one loop, so what belongs to it stays usable."""
    loops = []
    lock = asyncio.Lock()

    class Waiting(Plugin[None]):
        name = "waiting"

        @hookimpl
        async def before_invoke(self):
            loops.append(asyncio.get_running_loop())

    @powertools(registry=registry_of(Waiting))
    async def first(event, context):
        async with lock:
            loops.append(asyncio.get_running_loop())

    @powertools(registry=registry_of(Waiting))
    def second(event, context): ...

    for handler in (first, second, first):
        handler({}, None)

    assert len(loops) == 5
    assert len(set(loops)) == 1


def test_a_generator_handler_is_not_consumed(registry_of):
    """A streaming handler's generator is the response; hooks see it unconsumed."""

    @powertools(registry=registry_of(Journal))
    def handler(event, context):
        yield "chunk"

    response = handler({}, None)

    assert inspect.isgenerator(response)
    assert list(response) == ["chunk"]


async def in_a_thread():
    """Fail outside of the loop, so that whoever waits is resumed by it."""
    await asyncio.to_thread(int, "no number")


@pytest.mark.parametrize("hook", ["on_error", "after_invoke"])
def test_async_hook_that_handles_an_error_of_its_own_leaves_the_handlers_alone(registry_of, hook):
    """What a hook awaits may raise and be handled: the handler's own error leaves as it is, a response stays."""

    async def handle(self):
        with contextlib.suppress(ValueError):
            await in_a_thread()

    tidy = type("Tidy", (Plugin,), {"name": "tidy", hook: hookimpl(handle)})

    @powertools(registry=registry_of(tidy))
    async def handler(event, context):
        await asyncio.sleep(0)
        return event["id"]

    assert handler({"id": 1}, None) == 1
    with pytest.raises(KeyError) as caught:
        handler({}, None)
    assert caught.value.__context__ is None


def test_error_of_an_async_hook_that_waited_is_what_leaves(registry_of):
    """An on_error hook that waits and then fails replaces the error, with the handler's as its context."""

    class Failing(Plugin[None]):
        name = "failing"

        @hookimpl
        async def on_error(self, error):
            with contextlib.suppress(ValueError):
                await in_a_thread()
            raise LookupError("worse")

    @powertools(registry=registry_of(Failing))
    async def handler(event, context):
        await asyncio.sleep(0)
        raise KeyError("id")

    with pytest.raises(LookupError, match="worse") as caught:
        handler({}, None)
    assert isinstance(caught.value.__context__, KeyError)
