"""The failure proof: for every hook and every outcome, the exact order of calls and what leaves the decorator.

Three plugins surround a handler, `a` outermost, `c` innermost. A journal reads from left to right:

    a>          before_invoke of a                  H       the handler
    <a          after_invoke of a                   !a:H    on_error of a, shown the exception of the handler
    ~a.before   a failure of the plugin a was reported, and the invocation went on as if it had not been

Exceptions are called by where they were raised: `c.before`, `H`. What leaves is either `= value` or `^ exception`. A
response is named after who gave it.
"""

from __future__ import annotations

import asyncio
import functools
import re

import pytest

from lambda_powertools.core import Plugin, Registry, hookimpl, powertools


class OrdinaryError(Exception):
    """An ordinary exception."""


class Abort(BaseException):
    """An exception that is no Exception."""


EXCEPTIONS = {"raise": OrdinaryError, "abort": Abort}

# id: what is done where (nothing: it returns) -> the journal and what leaves
TABLE = {
    # every hook returns
    "all return": ({}, "a> b> c> H <c <b <a", "= H"),
    "a replaces the response": ({"a.after": "replace"}, "a> b> c> H <c <b <a", "= H+a"),
    "c and a replace the response": ({"c.after": "replace", "a.after": "replace"}, "a> b> c> H <c <b <a", "= H+c+a"),
    # respond
    "a responds": ({"a.before": "respond"}, "a> <a", "= a"),
    "b responds": ({"b.before": "respond"}, "a> b> <b <a", "= b"),
    "c responds": ({"c.before": "respond"}, "a> b> c> <c <b <a", "= c"),
    "b responds, a replaces": ({"b.before": "respond", "a.after": "replace"}, "a> b> <b <a", "= b+a"),
    "b responds, b after raises": ({"b.before": "respond", "b.after": "raise"}, "a> b> <b !a:b.after", "^ b.after"),
    "b responds, a after raises": ({"b.before": "respond", "a.after": "raise"}, "a> b> <b <a", "^ a.after"),
    "b responds, then raises": ({"b.before": "respond raise"}, "a> b> !a:b.before", "^ b.before"),
    "b responds, then aborts": ({"b.before": "respond abort"}, "a> b> !a:b.before", "^ b.before"),
    # before_invoke raises
    "a before raises": ({"a.before": "raise"}, "a>", "^ a.before"),
    "b before raises": ({"b.before": "raise"}, "a> b> !a:b.before", "^ b.before"),
    "c before raises": ({"c.before": "raise"}, "a> b> c> !b:c.before !a:c.before", "^ c.before"),
    "c before aborts": ({"c.before": "abort"}, "a> b> c> !b:c.before !a:c.before", "^ c.before"),
    "b before raises, a recovers": ({"b.before": "raise", "a.error": "recover"}, "a> b> !a:b.before", "= a"),
    "c before raises, b recovers": ({"c.before": "raise", "b.error": "recover"}, "a> b> c> !b:c.before <a", "= b"),
    "c before aborts, b recovers": ({"c.before": "abort", "b.error": "recover"}, "a> b> c> !b:c.before <a", "= b"),
    "c before raises, b error raises": (
        {"c.before": "raise", "b.error": "raise"},
        "a> b> c> !b:c.before !a:b.error",
        "^ b.error",
    ),
    # the handler raises
    "H raises": ({"H": "raise"}, "a> b> c> H !c:H !b:H !a:H", "^ H"),
    "H aborts": ({"H": "abort"}, "a> b> c> H !c:H !b:H !a:H", "^ H"),
    "H raises, c recovers": ({"H": "raise", "c.error": "recover"}, "a> b> c> H !c:H <b <a", "= c"),
    "H raises, b recovers": ({"H": "raise", "b.error": "recover"}, "a> b> c> H !c:H !b:H <a", "= b"),
    "H raises, a recovers": ({"H": "raise", "a.error": "recover"}, "a> b> c> H !c:H !b:H !a:H", "= a"),
    "H aborts, b recovers": ({"H": "abort", "b.error": "recover"}, "a> b> c> H !c:H !b:H <a", "= b"),
    "H raises, c recovers, a replaces": (
        {"H": "raise", "c.error": "recover", "a.after": "replace"},
        "a> b> c> H !c:H <b <a",
        "= c+a",
    ),
    # after_invoke raises
    "c after raises": ({"c.after": "raise"}, "a> b> c> H <c !b:c.after !a:c.after", "^ c.after"),
    "b after raises": ({"b.after": "raise"}, "a> b> c> H <c <b !a:b.after", "^ b.after"),
    "a after raises": ({"a.after": "raise"}, "a> b> c> H <c <b <a", "^ a.after"),
    "c after aborts": ({"c.after": "abort"}, "a> b> c> H <c !b:c.after !a:c.after", "^ c.after"),
    "c after raises, b recovers": ({"c.after": "raise", "b.error": "recover"}, "a> b> c> H <c !b:c.after <a", "= b"),
    "c after raises, b error raises": (
        {"c.after": "raise", "b.error": "raise"},
        "a> b> c> H <c !b:c.after !a:b.error",
        "^ b.error",
    ),
    "c after raises, b recovers, a after raises": (
        {"c.after": "raise", "b.error": "recover", "a.after": "raise"},
        "a> b> c> H <c !b:c.after <a",
        "^ a.after",
    ),
    # on_error raises
    "c error raises": ({"H": "raise", "c.error": "raise"}, "a> b> c> H !c:H !b:c.error !a:c.error", "^ c.error"),
    "c error aborts": ({"H": "raise", "c.error": "abort"}, "a> b> c> H !c:H !b:c.error !a:c.error", "^ c.error"),
    "every error raises": (
        {"H": "raise", "c.error": "raise", "b.error": "raise", "a.error": "raise"},
        "a> b> c> H !c:H !b:c.error !a:b.error",
        "^ a.error",
    ),
    "b error raises, a recovers": (
        {"H": "raise", "b.error": "raise", "a.error": "recover"},
        "a> b> c> H !c:H !b:H !a:b.error",
        "= a",
    ),
    "c recovers, then raises": (
        {"H": "raise", "c.error": "recover raise"},
        "a> b> c> H !c:H !b:c.error !a:c.error",
        "^ c.error",
    ),
    "c recovers, b after raises": (
        {"H": "raise", "c.error": "recover", "b.after": "raise"},
        "a> b> c> H !c:H <b !a:b.after",
        "^ b.after",
    ),
    "c recovers, b after raises, a recovers": (
        {"H": "raise", "c.error": "recover", "b.after": "raise", "a.error": "recover"},
        "a> b> c> H !c:H <b !a:b.after",
        "= a",
    ),
    # on_failure = "warn": the failure is reported, what the hook did is withdrawn, and the invocation goes on
    "warn: a before raises": ({"a.before": "warn raise"}, "a> ~a.before b> c> H <c <b", "= H"),
    "warn: b before raises": ({"b.before": "warn raise"}, "a> b> ~b.before c> H <c <a", "= H"),
    "warn: b before raises, H raises": (
        {"b.before": "warn raise", "H": "raise"},
        "a> b> ~b.before c> H !c:H !a:H",
        "^ H",
    ),
    "warn: b responds, then raises": ({"b.before": "warn respond raise"}, "a> b> ~b.before c> H <c <a", "= H"),
    "warn: b before aborts": ({"b.before": "warn abort"}, "a> b> !a:b.before", "^ b.before"),
    "warn: c after raises": ({"c.after": "warn raise"}, "a> b> c> H <c ~c.after <b <a", "= H"),
    "warn: a after raises": ({"a.after": "warn raise"}, "a> b> c> H <c <b <a ~a.after", "= H"),
    "warn: c after replaces, then raises": (
        {"c.after": "warn replace raise"},
        "a> b> c> H <c ~c.after <b <a",
        "= H",
    ),
    "warn: c after aborts": ({"c.after": "warn abort"}, "a> b> c> H <c !b:c.after !a:c.after", "^ c.after"),
    "warn: c error raises": ({"H": "raise", "c.error": "warn raise"}, "a> b> c> H !c:H ~c.error !b:H !a:H", "^ H"),
    "warn: c error raises, b recovers": (
        {"H": "raise", "c.error": "warn raise", "b.error": "recover"},
        "a> b> c> H !c:H ~c.error !b:H <a",
        "= b",
    ),
    "warn: c recovers, then raises": (
        {"H": "raise", "c.error": "warn recover raise"},
        "a> b> c> H !c:H ~c.error !b:H !a:H",
        "^ H",
    ),
    "warn: c error aborts": (
        {"H": "raise", "c.error": "warn abort"},
        "a> b> c> H !c:H !b:c.error !a:c.error",
        "^ c.error",
    ),
    "warn: every plugin fails at every turn": (
        {f"{name}.{hook}": "warn raise" for name in "abc" for hook in ("before", "after", "error")},
        "a> ~a.before b> ~b.before c> ~c.before H",
        "= H",
    ),
}

# id: the handler is async, the hooks are async, the caller runs in a loop
MODES = {
    "sync": (False, False, False),
    "sync handler, async hooks": (False, True, False),
    "sync handler, async hooks, in a loop": (False, True, True),
    "async handler": (True, False, False),
    "async handler and hooks": (True, True, False),
    "awaited async handler": (True, False, True),
    "awaited async handler, async hooks": (True, True, True),
}


def later(hook):
    """Make a coroutine function of a hook, which waits before it acts."""

    @functools.wraps(hook)
    async def run(*args):
        await asyncio.sleep(0)
        hook(*args)

    return run


class Stage:
    """Three plugins around a handler, with a journal of what is called."""

    def __init__(self, actions, asynchronous_handler, asynchronous_hooks):
        self.actions = actions
        self.journal = []
        self.raised = {}
        self.asynchronous_hooks = asynchronous_hooks
        registry = Registry()
        for order, name in enumerate("abc"):
            registry.register(self.plugin(name, order))
        if asynchronous_handler:

            async def handler(event, context):
                await asyncio.sleep(0)
                return self.handle()

        else:

            def handler(event, context):
                return self.handle()

        self.handler = powertools(registry=registry)(handler)

    def plugin(self, plugin_name, plugin_order):
        """Make a plugin whose hooks note their call and then act."""
        warns = any(action.startswith("warn") for place, action in self.actions.items() if place[0] == plugin_name)
        stage = self

        def before(self, invocation):
            stage.journal.append(f"{self.name}>")
            stage.act(f"{self.name}.before", invocation)

        def after(self, invocation):
            stage.journal.append(f"<{self.name}")
            stage.act(f"{self.name}.after", invocation)

        def error(self, invocation, error):
            assert invocation.error is error
            stage.journal.append(f"!{self.name}:{error}")
            stage.act(f"{self.name}.error", invocation)

        ready = later if self.asynchronous_hooks else (lambda hook: hook)

        class Actor(Plugin[None]):
            name = plugin_name
            order = plugin_order
            on_failure = "warn" if warns else "raise"
            before_invoke = hookimpl(ready(before))
            after_invoke = hookimpl(ready(after))
            on_error = hookimpl(ready(error))

        return Actor

    def handle(self):
        """Be the handler."""
        self.journal.append("H")
        self.act("H", None)
        return "H"

    def act(self, place, invocation):
        """Do what the table says for this place."""
        for verb in self.actions.get(place, "").split():
            if verb == "respond":
                invocation.respond(place[0])
            elif verb == "recover":
                invocation.recover(place[0])
            elif verb == "replace":
                invocation.response += f"+{place[0]}"
            elif verb in EXCEPTIONS:
                self.raised[place] = EXCEPTIONS[verb](place)
                raise self.raised[place]

    def invoke(self, in_loop):
        """Call the handler; return what left the decorator."""

        async def call():
            result = self.handler({}, None)
            return await result if hasattr(result, "__await__") else result

        try:
            return f"= {asyncio.run(call()) if in_loop else self.handler({}, None)}"
        except (OrdinaryError, Abort) as error:
            return f"^ {error}" if error is self.raised[str(error)] else f"^ another {error!r}"


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize(("actions", "journal", "outcome"), TABLE.values(), ids=TABLE)
def test_failure_table(actions, journal, outcome, mode, monkeypatch):
    """For each row, in each mode, the calls come in the order written down and the outcome is the one written down."""
    asynchronous_handler, asynchronous_hooks, in_loop = mode
    stage = Stage(actions, asynchronous_handler, asynchronous_hooks)

    def note(message, error):
        name, hook = re.match(r"plugin '(\w)' failed in (\w+)", message).groups()
        short = {"before_invoke": "before", "after_invoke": "after", "on_error": "error"}[hook]
        assert error is stage.raised[f"{name}.{short}"]
        stage.journal.append(f"~{name}.{short}")

    monkeypatch.setattr("lambda_powertools.core.application.report_failure", note)

    assert stage.invoke(in_loop) == outcome
    assert " ".join(stage.journal) == journal
