"""The rules. Each is a function that checks one, with an id that stays and a name that says it."""

from __future__ import annotations

import contextvars
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.core import Registry, powertools
from lambda_powertools.core.exceptions import PluginError, PowertoolsError
from lambda_powertools.core.validation import check_plugin
from lambda_powertools.testing.exceptions import PluginConformanceError
from lambda_powertools.testing.plugins import _process as process
from lambda_powertools.testing.plugins._alone import HEAVY, import_alone
from lambda_powertools.testing.plugins._concurrent import in_tasks, in_threads
from lambda_powertools.testing.plugins._subject import (
    Answer,
    Calls,
    Event,
    Handler,
    Outcome,
    PluginUnderTest,
    _HandlerError,
    _HandlerInterrupt,
    _OtherPluginError,
    other_plugin,
    quiet,
)

if TYPE_CHECKING:
    import weakref
    from collections.abc import Callable

_TIMES = 40
_CONCURRENT = 8
_MODULES = 100


class Rule(NamedTuple):
    """A rule that every plugin keeps to.

    Attributes:
        id: `PK-` and a number, which never changes.
        name: its name, by which a plugin can be exempt from it.
        summary: what it asks, as one sentence.
        check: raises a `PluginConformanceError` if a plugin breaks it.
    """

    id: str
    name: str
    summary: str
    check: Callable[[PluginUnderTest], None]


RULES: dict[str, Rule] = {}
"""The rules by name, in the order in which they are checked."""


class _Broken(Exception):  # noqa: N818  # it becomes the error of the rule
    """What a check raises."""


def _rule(number: int, summary: str) -> Callable[[Callable[[PluginUnderTest], None]], Callable[..., None]]:
    def add(function: Callable[[PluginUnderTest], None]) -> Callable[..., None]:
        identifier, name = f"PK-{number:02d}", function.__name__.replace("_", "-")

        def check(subject: PluginUnderTest) -> None:
            try:
                # In a context of its own, so that what a plugin leaves in it meets no other rule.
                contextvars.copy_context().run(function, subject)
            except _Broken as broken:
                message = f"{identifier} {name}: {subject} {broken}"
                raise PluginConformanceError(message, rule=name) from broken.__cause__

        RULES[name] = Rule(identifier, name, summary, check)
        return function

    return add


def _require(condition: object, problem: str, cause: BaseException | None = None) -> None:
    if not condition:
        raise _Broken(problem) from cause


def _shown(outcome: Outcome) -> str:
    if outcome.error is not None:
        return f"{type(outcome.error).__name__}: {outcome.error}"
    return f"{outcome.response!r:.200}"


@_rule(1, "The class keeps the contract of plugins: name, order, options, hooks, and a version of the hooks.")
def contract(subject: PluginUnderTest) -> None:
    """Have the registry and pluggy check the class."""
    try:
        check_plugin(subject.plugin_class, distribution=subject.origin)
    except PluginError as error:
        raise _Broken(f"is refused by the registry: {error}") from error
    unknown = sorted(set(subject.exemptions) - set(RULES))
    _require(not unknown, f"declares exemptions from rules that do not exist: {', '.join(unknown)}")


@_rule(2, "Installed and not configured, it lets a handler be decorated and called.")
def defaults_work(subject: PluginUnderTest) -> None:
    """Decorate and call with default options."""
    plain = PluginUnderTest(subject.plugin_class, origin=subject.origin)
    try:
        outcome = Calls(plain, Handler()).run("default")
    except Exception as error:
        raise _Broken(f"cannot be used with its default options: {type(error).__name__}: {error}") from error
    problem = f"with default options makes an invocation fail with {_shown(outcome)}"
    _require(outcome.error is None, problem, outcome.error)
    _require(all(how == "returned" for _, how in outcome.hooks), f"with default options fails in {outcome.hooks}")


@_rule(3, "An option that it does not have, or a value that it cannot use, is one clear error.")
def options_validated(subject: PluginUnderTest) -> None:
    """Give it an option that it cannot have, and a value that means nothing."""
    known = subject.options if isinstance(subject.options, dict) else {}
    for value, what in (({**known, "no_such_option": 1}, "an unknown option"), (object(), "a value of no known type")):
        try:
            with quiet():
                registry = Registry()
                registry.register(subject.plugin_class)
                given: dict[str, Any] = {subject.name: value}
                powertools(registry=registry, **given)(Handler().function())
        except PowertoolsError:
            continue
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
            raise _Broken(f"answers {what} with {answer}, where a PluginOptionsError is expected") from error
        raise _Broken(f"accepts {what}: a typo in an option would go unnoticed")


def _ends(subject: PluginUnderTest) -> dict[str, Calls]:
    """Return handlers that end in each of the ways in which an invocation can."""

    def fail(invocation: Any) -> None:  # noqa: ARG001  # a hook
        raise _OtherPluginError("another plugin failed")

    def respond(invocation: Any) -> None:
        invocation.respond(Answer(marker=invocation.request_id, statusCode=200))

    def recover(invocation: Any) -> None:
        invocation.recover(Answer(marker=invocation.request_id, statusCode=200))

    def inner(hook: str, act: Callable[[Any], None]) -> type[Any]:
        return other_plugin(hook, act, outside=False, subject=subject)

    return {
        "a response": Calls(subject, Handler()),
        "an exception": Calls(subject, Handler(_HandlerError)),
        "a BaseException": Calls(subject, Handler(_HandlerInterrupt)),
        "a response by a plugin further in": Calls(subject, Handler(), inner("before_invoke", respond)),
        "an exception of a plugin further in": Calls(subject, Handler(), inner("before_invoke", fail)),
        "an exception of a plugin further in after it": Calls(subject, Handler(), inner("after_invoke", fail)),
        "a recovery by a plugin further in": Calls(subject, Handler(_HandlerError), inner("on_error", recover)),
    }


@_rule(4, "However an invocation ends, the plugin ends with it once, without an error of its own, and leaves no trace.")
def cleanup_once(subject: PluginUnderTest) -> None:
    """Let invocations end in every way, and look at hooks, process and context afterwards."""
    for end, calls in _ends(subject).items():
        contextvars.copy_context().run(calls.run, "warm")
        outcomes: list[Outcome] = []
        changed = process.differences(lambda: outcomes.append(calls.run("again")))  # noqa: B023  # called at once
        _require(not changed, f"does not clean up after {end}: {'; '.join(changed)}")
        (outcome,) = outcomes
        failed = [f"{hook} raised {how}" for hook, how in outcome.hooks if how != "returned"]
        _require(not failed, f"fails when an invocation ends in {end}: {', '.join(failed)}", outcome.error)
        ended = [hook for hook, _ in outcome.hooks if hook in {"after_invoke", "on_error"}]
        _require(len(ended) <= 1, f"was ended {len(ended)} times by {end}: {', '.join(ended)}")
        left = process.threads_left(lambda: calls.run("thread"), 3)  # noqa: B023  # called at once
        _require(not left, f"leaves {left} threads behind after 3 invocations that end in {end}")


@_rule(5, "Nothing of an invocation is left for the next: no event, no response, no entry in a container.")
def no_leak(subject: PluginUnderTest) -> None:
    """Watch events and responses go, and the plugin's containers stay as they are."""
    for error in (None, _HandlerError):
        calls = Calls(subject, Handler(error))
        for number in range(5):
            calls.run(f"warm-{number}")
        instance, modules = subject.instance(calls.decorated), _modules(subject)
        before = process.size_of(instance, *modules)
        references: list[weakref.ref[Any]] = []
        for number in range(_TIMES):
            _watch(calls, f"request-{number}", references)
        calls.journal.clear()
        alive, after = process.still_alive(references), process.size_of(instance, *modules)
        growth = {path: size - before.get(path, 0) for path, size in after.items()}
        grown = ", ".join([f"{path} (by {count})" for path, count in growth.items() if count >= _TIMES * 3 // 4][:3])
        what = f"{_TIMES} calls that {'fail' if error else 'succeed'}"
        where = f", in {grown}" if grown else ""
        _require(not alive, f"keeps {alive} of {len(references)} events and responses of {what}{where}")
        _require(not grown, f"has containers that grow with {what}: {grown}")
    calls = Calls(subject, Handler())
    calls.run("first-marker")
    second = calls.run("second-marker")
    _require("first-marker" not in repr(second), f"shows the invocation before in the next one: {second!r:.300}")


def _watch(calls: Calls, marker: str, references: list[weakref.ref[Any]]) -> None:
    """Invoke once, and watch what belongs to the invocation alone."""
    import weakref

    event = Event(marker=marker)
    outcome = calls.run(marker, event)
    values = (event, outcome.response, outcome.error)
    references += [weakref.ref(value) for value in values if isinstance(value, (Event, Answer, _HandlerError))]


def _modules(subject: PluginUnderTest) -> list[Any]:
    import sys
    from types import SimpleNamespace

    parts = subject.plugin_class.__module__.split(".")
    prefix = ".".join(parts[:2]) if parts[0] == "lambda_powertools" else parts[0]
    return [
        SimpleNamespace(**{name: value for name, value in vars(module).items() if isinstance(value, (list, dict, set))})
        for name, module in list(sys.modules.items())
        if (name == prefix or name.startswith(f"{prefix}.")) and not name.startswith("lambda_powertools.testing")
    ]


@_rule(6, "It does the same around a synchronous handler, an asynchronous one, and one that is awaited in a loop.")
def sync_and_async_equal(subject: PluginUnderTest) -> None:
    """Compare what comes of them."""
    for error in (None, _HandlerError):
        expected = Calls(subject, Handler(error)).run("same")
        outcomes = {
            "an async handler": Calls(subject, Handler(error, asynchronous=True)).run("same"),
            "one in a running loop": in_tasks(Calls(subject, Handler(error, asynchronous=True)), ["same"])[0],
        }
        for way, outcome in outcomes.items():
            same = outcome.normalised("same") == expected.normalised("same")
            ours, theirs = (f"{_shown(one)} {one.hooks}" for one in (expected, outcome))
            _require(same, f"differs: {ours} around a function, {theirs} around {way}")
        calls = Calls(subject, Handler(error, asynchronous=True))
        contextvars.copy_context().run(calls.run, "warm")
        changed = process.differences(lambda: calls.run("again"))  # noqa: B023  # called at once
        end = "an exception" if error else "a response"
        _require(not changed, f"does not clean up after {end} of an async handler: {'; '.join(changed)}")


@_rule(7, "Invocations in several threads see nothing of each other.")
def threads_isolated(subject: PluginUnderTest) -> None:
    """Let invocations meet in their handlers, each in a thread."""
    _compare_concurrent(subject, "threads", in_threads, asynchronous=False)


@_rule(8, "Invocations in several tasks of a loop see nothing of each other.")
def tasks_isolated(subject: PluginUnderTest) -> None:
    """Let invocations meet in their handlers, each in a task."""
    _compare_concurrent(subject, "tasks", in_tasks, asynchronous=True)


def _compare_concurrent(
    subject: PluginUnderTest,
    where: str,
    run: Callable[[Calls, list[str]], list[Outcome]],
    *,
    asynchronous: bool,
) -> None:
    from lambda_powertools.testing.plugins._concurrent import TaskGate, ThreadGate

    for error in (None, _HandlerError):
        alone = Calls(subject, Handler(error, asynchronous=asynchronous))
        alone.run("warm")
        expected = _without_hooks(run(alone, ["alone-marker"])[0]).normalised("alone-marker")
        gate = TaskGate(_CONCURRENT) if asynchronous else ThreadGate(_CONCURRENT)
        calls = Calls(subject, Handler(error, asynchronous=asynchronous, gate=gate))
        markers = [f"marker-{chr(ord('a') + number)}" for number in range(_CONCURRENT)]
        for marker, outcome in zip(markers, run(calls, markers), strict=True):
            text = repr((outcome.response, outcome.error, outcome.seen, outcome.state))
            strangers = [other for other in markers if other != marker and other in text]
            _require(not strangers, f"mixes up {where}: {marker} has {', '.join(strangers)} in {text:.300}")
            found = _without_hooks(outcome).normalised(marker)
            problem = f"does otherwise when {where} run at once: {found:.300}, alone {expected:.300}"
            _require(found == expected, problem)


def _without_hooks(outcome: Outcome) -> Outcome:
    return replace(outcome, hooks=[])  # of tasks nobody can tell whose they are


@_rule(9, "When other plugins fail, it ends as usual, lets their error through, and works in the next invocation.")
def others_fail(subject: PluginUnderTest) -> None:
    """Let plugins further out and further in fail in each hook."""
    expected = Calls(subject, Handler()).run("well").normalised("well")
    for outside in (True, False):
        for hook in ("before_invoke", "after_invoke", "on_error"):
            _beside_a_broken_one(subject, hook, expected, outside=outside)


def _beside_a_broken_one(subject: PluginUnderTest, hook: str, expected: str, *, outside: bool) -> None:
    error, broken = _OtherPluginError("another plugin failed"), [True]

    def act(invocation: Any) -> None:  # noqa: ARG001  # a hook
        if broken[0]:
            raise error

    where = f"a plugin further {'out' if outside else 'in'} fails in {hook}"
    other = other_plugin(hook, act, outside=outside, subject=subject)
    calls = Calls(subject, Handler(_HandlerError if hook == "on_error" else None), other)
    outcome = calls.run("ill")
    failed = [f"{own} raised {how}" for own, how in outcome.hooks if how != "returned"]
    _require(not failed, f"fails when {where}: {', '.join(failed)}", outcome.error)
    _require(outcome.error is error, f"hides the error when {where}: there is {_shown(outcome)}", outcome.error)
    broken[0], calls.handler.error = False, None
    again = calls.run("well").normalised("well")
    _require(again == expected, f"does otherwise after {where}: {again:.300}, before {expected:.300}")


@_rule(10, "An exception of the handler leaves the decorator as it was raised.")
def errors_pass(subject: PluginUnderTest) -> None:
    """Raise what can be recognised."""
    for kind in (_HandlerError, _HandlerInterrupt):
        outcome = Calls(subject, Handler(kind)).run("error")
        error = outcome.error
        same = type(error) is kind and error.args == ("raised for error",) and error.__cause__ is None
        _require(same, f"turns an exception of the handler into {_shown(outcome)}", error)


@_rule(11, "Importing it loads none of the heavy modules, and not many others.")
def import_budget(subject: PluginUnderTest) -> None:
    """Import it in a process of its own."""
    alone = import_alone(subject)
    heavy = [name for name in HEAVY if name in alone.modules]
    mend = "import what is heavy in on_init or at its first use"
    _require(not heavy, f"imports {', '.join(heavy)} when it is imported: {mend}")
    _require(len(alone.modules) <= _MODULES, f"imports {len(alone.modules)} modules, {_MODULES} are its budget")
    if subject.budget_ms is not None:
        problem = f"takes {alone.milliseconds:.1f} ms to import, {subject.budget_ms:g} ms are its budget"
        _require(alone.milliseconds <= subject.budget_ms, problem)


@_rule(12, "It writes nothing to stdout of its own: what a function prints is its log.")
def no_output(subject: PluginUnderTest) -> None:
    """Look at the stdout of a process in which it is imported and used."""
    alone = import_alone(subject)
    written = "; ".join(f"{text!r:.200} at {at}" for at, text in alone.written.items())
    _require(not written, f"writes to stdout: {written}")
