"""What leaves the decorator is the exception that was raised: the object, its context, its cause and its traceback."""

from __future__ import annotations

import asyncio
import traceback

import pytest

from lambda_powertools.core import Plugin, hookimpl, lambda_handler_decorator, powertools

KINDS = [
    ValueError,
    StopIteration,
    StopAsyncIteration,
    RuntimeError,
    GeneratorExit,
    KeyboardInterrupt,
    SystemExit,
    asyncio.CancelledError,
]


class Watcher(Plugin[None]):
    """A plugin that looks at everything and changes nothing."""

    name = "watcher"

    @hookimpl
    def before_invoke(self, invocation): ...

    @hookimpl
    def after_invoke(self, invocation): ...

    @hookimpl
    def on_error(self, invocation, error):
        self.error = error


class Waiter(Plugin[None]):
    """A plugin that waits for everything and changes nothing."""

    name = "waiter"

    @hookimpl
    async def before_invoke(self, invocation):
        await asyncio.sleep(0)

    @hookimpl
    async def on_error(self, invocation, error):
        await asyncio.sleep(0)


@lambda_handler_decorator
def middleware(handler, event, context):
    """Surround a handler without doing anything."""
    return handler(event, context)


def the_line_that_raises(error):
    """Raise, with a frame of its own."""
    raise error


def raise_with_context(error, context):
    """Raise an exception while another is handled."""
    try:
        raise context
    except KeyError:
        the_line_that_raises(error)


def leave(handler):
    """Call a handler, return what leaves it."""
    try:
        handler({}, None)
    except BaseException as error:  # whatever leaves
        return error
    raise AssertionError("nothing left the handler")


def frames(error):
    """Return the names of the functions in an exception's traceback."""
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


WAYS = {
    "no plugin": ([], []),
    "a plugin": ([Watcher], []),
    "an async plugin": ([Waiter], []),
    "two plugins": ([Watcher, Waiter], []),
    "a middleware inside": ([Watcher], [middleware]),
}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def decorate(request, registry_of):
    """Return what decorates a handler in each of the ways."""
    plugins, inside = request.param

    def decorate(handler):
        for decorator in inside:
            handler = decorator(handler)
        return powertools(registry=registry_of(*plugins))(handler)

    return decorate


@pytest.mark.parametrize("kind", KINDS)
def test_a_sync_handlers_exception_leaves_untouched(kind, decorate):
    """The very object leaves, with no context or cause that it had not; its traceback ends where it was raised."""
    error = kind("original")

    @decorate
    def handler(event, context):
        the_line_that_raises(error)

    assert leave(handler) is error
    assert (error.__cause__, error.__context__, error.__suppress_context__) == (None, None, False)
    assert frames(error)[-2:] == ["handler", "the_line_that_raises"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not StopIteration])
def test_an_async_handlers_exception_leaves_untouched(kind, decorate):
    """The same is true of an async handler that is called synchronously."""
    error = kind("original")

    @decorate
    async def handler(event, context):
        await asyncio.sleep(0)
        the_line_that_raises(error)

    left = leave(handler)

    if kind is asyncio.CancelledError:
        assert isinstance(left, asyncio.CancelledError)  # asyncio makes a new one of it, decorated or not
        return
    assert left is error
    assert (error.__cause__, error.__context__, error.__suppress_context__) == (None, None, False)
    assert frames(error)[-2:] == ["handler", "the_line_that_raises"]


@pytest.mark.parametrize(
    ("asynchronous", "kind"),  # Python turns a StopIteration out of a coroutine into a RuntimeError
    [(False, ValueError), (False, StopIteration), (False, RuntimeError), (True, ValueError), (True, RuntimeError)],
)
def test_the_context_is_kept_while_the_caller_handles_another_exception(kind, asynchronous, decorate):
    """A caller's own exception at hand does not take the place of the context that the handler's exception has."""
    error, context, callers = kind("original"), KeyError("context"), OSError("the caller's")

    if asynchronous:

        @decorate
        async def handler(event, _):
            raise_with_context(error, context)

    else:

        @decorate
        def handler(event, _):
            raise_with_context(error, context)

    try:
        raise callers
    except OSError:
        assert leave(handler) is error

    assert error.__context__ is context
    assert context.__context__ is callers
    assert error.__cause__ is None


def test_the_cause_is_kept(decorate):
    """`raise … from …` in a handler reads the same outside of it."""
    cause = KeyError("cause")

    @decorate
    def handler(event, context):
        raise ValueError("original") from cause

    assert leave(handler).__cause__ is cause


@pytest.mark.parametrize("hook", ["before_invoke", "after_invoke", "on_error"])
@pytest.mark.parametrize("kind", [StopIteration, KeyboardInterrupt, GeneratorExit])
def test_a_hooks_exception_leaves_untouched(hook, kind, registry_of):
    """The exception of a hook leaves as the object it is, and the plugins further out have seen that object."""
    error = kind("original")

    class Broken(Plugin[None]):
        name = "broken"
        order = 700

    def implementation(self, invocation):
        the_line_that_raises(error)

    setattr(Broken, hook, hookimpl(implementation))

    @powertools(registry=registry_of(Watcher, Broken))
    def handler(event, context):
        if hook == "on_error":
            raise OSError("first")

    assert leave(handler) is error
    assert handler.application.plugins["watcher"].error is error
    assert repr(error.__context__) == ("OSError('first')" if hook == "on_error" else "None")
    assert frames(error)[-2:] == ["implementation", "the_line_that_raises"]


def test_a_runtime_error_about_a_stop_iteration_is_not_mistaken_for_one(decorate):
    """A handler's own RuntimeError that has a StopIteration for its cause leaves as the RuntimeError that it is."""
    error = RuntimeError("mine")

    @decorate
    def handler(event, context):
        raise error from StopIteration("cause")

    assert leave(handler) is error


def test_the_loop_can_be_used_after_an_interrupt(decorate):
    """A KeyboardInterrupt out of an async handler leaves the environment's loop in order for the next invocation."""

    @decorate
    async def handler(event, context):
        await asyncio.sleep(0)
        if event == {}:
            raise KeyboardInterrupt
        return "next"

    assert isinstance(leave(handler), KeyboardInterrupt)
    assert handler({"id": 2}, None) == "next"


def test_a_later_invocation_sees_nothing_of_an_earlier_error(registry_of):
    """After an invocation that failed the next one begins without error, response or state."""
    seen = []

    class Reader(Plugin[None]):
        name = "reader"

        @hookimpl
        def before_invoke(self, invocation):
            seen.append((invocation.error, invocation.response, dict(invocation.state)))
            invocation.state["reader"] = "mine"

    @powertools(registry=registry_of(Reader))
    def handler(event, context):
        raise ValueError(event)

    for event in (1, 2):
        assert isinstance(leave(lambda *arguments, event=event: handler(event, None)), ValueError)

    assert seen == [(None, None, {})] * 2
