"""The hook list is walked: every hook is tested, annotated and documented under the same headings."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pluggy
import pytest

from lambda_powertools.core import Plugin, Registry, hookimpl, hookspecs, powertools
from lambda_powertools.core.hookspecs import HOOKS
from lambda_powertools.core.validation import check_plugin

HEADINGS = ["Called:", "Order:", "May change:", "If it raises:"]


def test_the_hook_list_is_complete():
    """HOOKS names every function that is marked as a specification, and nothing else."""
    marked = [name for name, value in vars(hookspecs).items() if hasattr(value, "lambda_powertools_spec")]

    assert list(HOOKS) == marked


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_test(hook):
    """For each hook a test is named after it."""
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))

    assert re.search(rf"def test_\w*hook_{hook}_", tests), f"no test named test_…hook_{hook}_…"


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_is_annotated(hook):
    """Every argument and the result have types."""
    signature = inspect.signature(getattr(hookspecs, hook))

    assert signature.parameters
    assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())
    assert signature.return_annotation == "None"


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_is_documented_under_the_same_headings(hook):
    """The docstring is the reference: when it is called, in what order, what it may change, what a failure does."""
    lines = [line.strip() for line in inspect.getdoc(getattr(hookspecs, hook)).splitlines()]
    found = [line for line in lines if line in HEADINGS]

    assert lines[0]
    assert found == HEADINGS
    for heading in HEADINGS:
        assert lines[lines.index(heading) + 1], f"nothing under {heading}"


@pytest.mark.parametrize("marker", [hookimpl, pluggy.HookimplMarker("lambda_powertools")], ids=["ours", "pluggy's"])
def test_pluggys_own_marker_works_as_well(marker):
    """A plugin may mark its hooks with pluggy's marker for the project."""
    journal = []

    class Marked(Plugin[None]):
        name = "marked"

        @marker
        def on_init(self, application):
            journal.append("on_init")

        @marker
        def before_invoke(self, invocation):
            journal.append("before_invoke")

        @marker
        def after_invoke(self, invocation):
            journal.append("after_invoke")

        @marker
        def on_error(self, invocation, error):
            journal.append("on_error")

    registry = Registry()
    registry.register(Marked)

    @powertools(registry=registry)
    def handler(event, context):
        if event == "fail":
            raise KeyError

    handler({}, None)
    with pytest.raises(KeyError):
        handler("fail", None)

    assert journal == ["on_init", "before_invoke", "after_invoke", "before_invoke", "on_error"]


def test_both_markers_leave_the_same_options():
    """Our marker writes what pluggy's writes, so that pluggy checks both alike."""

    def ours(): ...

    def theirs(): ...

    hookimpl(ours)
    pluggy.HookimplMarker("lambda_powertools")(theirs)

    assert ours.lambda_powertools_impl == theirs.lambda_powertools_impl


SIGNATURES = {
    "nothing": "def on_error(self): ...",
    "one": "def on_error(self, error): assert isinstance(error, KeyError)",
    "both, swapped": "def on_error(self, error, invocation): assert invocation.error is error",
    "keyword-only": "def on_error(self, *, error, invocation): assert invocation.error is error",
    "default": "def on_error(self, invocation, extra=5): assert (invocation.event, extra) == ('event', 5)",
    "any keyword": "def on_error(self, **anything): assert set(anything) <= {'invocation', 'error'}",
    "and any keyword": "def on_error(self, error, **more): assert isinstance(error, KeyError)",
    "any position": "def on_error(self, *anything): ...",
    "static": "@staticmethod\n@mark\ndef on_error(invocation, error): assert invocation.error is error",
    "class method": "@classmethod\n@mark\ndef on_error(cls, error): assert isinstance(error, KeyError)",
    "other name for self": "def on_error(this, invocation): assert invocation.event == 'event'",
    "decorated": "@wrap\ndef on_error(self, error): assert isinstance(error, KeyError)",
}


def wrap(function):
    """Decorate a function, as any decorator does."""
    import functools

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize("source", SIGNATURES.values(), ids=SIGNATURES)
def test_a_hook_names_only_the_arguments_it_wants(source):
    """An implementation may leave arguments out, and name them in any order and way."""
    namespace = {"mark": hookimpl, "wrap": wrap}
    exec(source, namespace)  # noqa: S102  # a table of signatures reads best as signatures
    implementation = namespace["on_error"]
    called = []

    class Partial(Plugin[None]):
        name = "partial"
        on_error = (
            implementation if isinstance(implementation, (staticmethod, classmethod)) else hookimpl(implementation)
        )

        @hookimpl
        def before_invoke(self):
            called.append(True)

    registry = Registry()
    registry.register(Partial)
    assert check_plugin(Partial, quick=True) == check_plugin(Partial) == "partial"

    @powertools(registry=registry)
    def handler(event, context):
        raise KeyError("from the handler")

    with pytest.raises(KeyError, match="from the handler"):
        handler("event", None)
    assert called


def test_a_subclass_may_switch_a_hook_off():
    """A hook that a subclass sets to None is not implemented."""

    class Base(Plugin[None]):
        name = "base"

        @hookimpl
        def before_invoke(self):
            raise AssertionError

    class Without(Base):
        name = "without"
        before_invoke = None

    registry = Registry()
    registry.register(Without)

    assert powertools(registry=registry)(lambda event, context: "done")({}, None) == "done"
    assert registry.describe()[0].hooks == ()


def test_attributes_that_answer_to_every_name_are_no_hooks():
    """A mock among a plugin's attributes is not mistaken for a marked hook."""
    from unittest.mock import MagicMock

    class WithClient(Plugin[None]):
        name = "with_client"
        client = MagicMock()

    registry = Registry()
    registry.register(WithClient)

    assert registry.names == ("with_client",)
