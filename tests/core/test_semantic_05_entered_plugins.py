"""Semantic 5: exactly one of `after_invoke` and `on_error` for each plugin that was entered, whatever the others do."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from itertools import product

import pytest

from lambda_powertools.core import Plugin, hookimpl, powertools

OUTCOMES = ("return", "raise", "abort")


class Abort(BaseException):
    """An exception that is no Exception."""


def act(outcome, place):
    """Do what a hook or the handler is to do."""
    if outcome == "raise":
        raise OSError(place)
    if outcome == "abort":
        raise Abort(place)


def recorder(plugin_name, plugin_order, journal, outcomes, failure):
    """Make a plugin whose hooks have the given outcomes."""

    class Recorder(Plugin[None]):
        name = plugin_name
        order = plugin_order
        on_failure = failure

        @hookimpl
        def before_invoke(self, invocation):
            act(outcomes[0], "before")
            journal["entered", self.name] += 1

        @hookimpl
        def after_invoke(self, invocation):
            journal["left", self.name] += 1
            act(outcomes[1], "after")

        @hookimpl
        def on_error(self, invocation, error):
            journal["left", self.name] += 1
            act(outcomes[2], "error")

    return Recorder


@pytest.mark.parametrize("failure", ["raise", "warn"])
@pytest.mark.parametrize("handler_outcome", OUTCOMES)
def test_every_entered_plugin_is_left_exactly_once(failure, handler_outcome, registry_of, capsys):
    """For all 729 combinations of two plugins' outcomes: who was entered is left once, who was not is not."""
    for outcomes in product(product(OUTCOMES, repeat=3), repeat=2):
        journal = Counter()
        registry = registry_of(*(recorder(f"p{i}", i, journal, outcome, failure) for i, outcome in enumerate(outcomes)))

        @powertools(registry=registry)
        def handler(event, context):
            act(handler_outcome, "handler")

        with contextlib.suppress(OSError, Abort):
            handler({}, None)

        for name in ("p0", "p1"):
            assert journal["left", name] == journal["entered", name], outcomes
    capsys.readouterr()


def test_a_plugin_without_before_invoke_counts_as_entered(registry_of):
    """A plugin that only cleans up is called when the plugins further out have returned."""
    journal = []

    class Cleaner(Plugin[None]):
        name = "cleaner"

        @hookimpl
        def on_error(self, error):
            journal.append(str(error))

    @powertools(registry=registry_of(Cleaner))
    def handler(event, context):
        raise OSError("handler")

    with pytest.raises(OSError, match="handler"):
        handler({}, None)

    assert journal == ["handler"]


def test_a_plugin_further_in_than_the_failure_sees_nothing(registry_of):
    """Neither hook is called for a plugin whose turn to be entered never came, even one without before_invoke."""
    journal = []

    class Guard(Plugin[None]):
        name = "guard"
        order = 1

        @hookimpl
        def before_invoke(self):
            raise OSError("guard")

    class Cleaner(Plugin[None]):
        name = "cleaner"
        order = 2

        @hookimpl
        def after_invoke(self):
            journal.append("after")

        @hookimpl
        def on_error(self):
            journal.append("error")

    with pytest.raises(OSError, match="guard"):
        powertools(registry=registry_of(Guard, Cleaner))(lambda event, context: None)({}, None)

    assert journal == []


def test_the_earlier_error_is_the_context_of_the_later(registry_of):
    """An exception out of on_error takes the error's place, and remembers it as its context."""

    class Clumsy(Plugin[None]):
        name = "clumsy"

        @hookimpl
        def on_error(self, error):
            raise KeyError("second")

    @powertools(registry=registry_of(Clumsy))
    def handler(event, context):
        raise ValueError("first")

    with pytest.raises(KeyError, match="second") as caught:
        handler({}, None)

    assert repr(caught.value.__context__) == "ValueError('first')"


def test_cancellation_reaches_each_entered_plugin_once_and_goes_on(registry_of):
    """A cancelled invocation is an error of every entered plugin, and the task ends as cancelled."""
    journal = []

    def watcher(plugin_name, plugin_order):
        class Watcher(Plugin[None]):
            name = plugin_name
            order = plugin_order

            @hookimpl
            async def on_error(self, error):
                await asyncio.sleep(0)  # a plugin may still wait while it cleans up
                journal.append((self.name, type(error)))

        return Watcher

    async def scenario():
        started = asyncio.Event()

        @powertools(registry=registry_of(watcher("outer", 1), watcher("inner", 2)))
        async def handler(event, context):
            started.set()
            await asyncio.Event().wait()

        task = asyncio.ensure_future(handler({}, None))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(scenario())

    assert journal == [("inner", asyncio.CancelledError), ("outer", asyncio.CancelledError)]


@pytest.mark.parametrize("hook", ["before_invoke", "after_invoke"])
def test_cancellation_during_a_hook_is_an_error_for_the_plugins_further_out(hook, registry_of):
    """A task cancelled while a hook waits leaves through on_error of the plugins further out, also of a warn plugin."""
    journal = []

    class Outer(Plugin[None]):
        name = "outer"
        order = 1

        @hookimpl
        def on_error(self, error):
            journal.append(type(error))

    async def scenario():
        started = asyncio.Event()

        class Waiting(Plugin[None]):
            name = "waiting"
            order = 2
            on_failure = "warn"

        async def wait(self, invocation):
            started.set()
            await asyncio.Event().wait()

        setattr(Waiting, hook, hookimpl(wait))

        @powertools(registry=registry_of(Outer, Waiting))
        async def handler(event, context): ...

        task = asyncio.ensure_future(handler({}, None))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(scenario())

    assert journal == [asyncio.CancelledError]


def test_a_coroutine_that_is_closed_leaves_through_on_error(registry_of):
    """An async invocation that its caller gives up is an error of every entered plugin, once."""
    journal = []

    class Watcher(Plugin[None]):
        name = "watcher"

        @hookimpl
        def on_error(self, error):
            journal.append(type(error))

    @powertools(registry=registry_of(Watcher))
    async def handler(event, context):
        await asyncio.sleep(0)

    async def scenario():
        coroutine = handler({}, None)
        coroutine.send(None)
        coroutine.close()

    asyncio.run(scenario())

    assert journal == [GeneratorExit]
