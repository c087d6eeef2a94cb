"""The plugin that is checked, and the invocations in which it is watched."""

from __future__ import annotations

import contextlib
import functools
import io
import threading
import warnings
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, PluginNotFoundError, Registry, hookimpl, powertools
from lambda_powertools.core.hookspecs import HOOKS
from lambda_powertools.testing.context import make_context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_inside: ContextVar[bool] = ContextVar("lambda_powertools.testing.inside_hook", default=False)

EXEMPTIONS = "conformance_exemptions"
"""Attribute of a plugin's class: rules that do not hold for it, with the reason for each."""


class _HandlerError(Exception):
    """What a handler of the kit raises."""


class _HandlerInterrupt(BaseException):
    """What a handler of the kit raises that is no `Exception`, as a timeout may be."""


class _OtherPluginError(Exception):
    """What another plugin raises."""


class Event(dict[str, Any]):
    """An event that can be watched: a dictionary cannot be referred to weakly."""


class Answer(dict[str, Any]):
    """A response that can be watched."""


@dataclass
class Outcome:
    """What came of an invocation.

    Attributes:
        response: what was returned, None if it raised.
        error: what it raised.
        seen: the event that the handler was given; None if it was not called.
        state: what plugins had put into the invocation's state by then.
        hooks: the plugin's hooks that ran, each with `returned` or the name of its exception.
        stdout: what was written meanwhile.
    """

    response: Any = None
    error: BaseException | None = None
    seen: Any = None
    state: dict[str, Any] = field(default_factory=dict)
    hooks: list[tuple[str, str]] = field(default_factory=list)
    stdout: str = ""

    def normalised(self, marker: str) -> str:
        """Return it as text in which the request's own marker, and all that counts on, is gone."""
        import re

        error = None if self.error is None else (type(self.error).__name__, str(self.error))
        parts = (self.response, error, self.seen, sorted(self.state), self.hooks)
        text = repr(parts).replace(marker, "MARKER")
        text = re.sub(r"0x[0-9a-f]+|[0-9a-f]{8,}(-[0-9a-f]{4,})*", "ID", text)
        return re.sub(r"\d+(\.\d+)?", "N", text)


class PluginUnderTest:
    """A plugin, with the options it gets and the rules it is exempt from.

    Attributes:
        plugin_class: its class.
        name: its name.
        origin: `distribution version`, None if it is not installed.
        options: what is given for it in `@powertools(<plugin>=options)`.
        exemptions: rules that do not hold for it, with the reasons.
        budget_ms: milliseconds of processor time that its import may take; None if only what it imports counts.
    """

    def __init__(
        self,
        plugin_class: type[Any],
        *,
        origin: str | None = None,
        options: Any = True,
        exempt: Mapping[str, str] | None = None,
        budget_ms: float | None = None,
    ) -> None:
        self.plugin_class = plugin_class
        self.name = str(getattr(plugin_class, "name", plugin_class))
        self.origin = origin
        self.options = options
        self.exemptions = {**getattr(plugin_class, EXEMPTIONS, {}), **(exempt or {})}
        self.budget_ms = budget_ms

    @classmethod
    def of(
        cls,
        plugin: str | type[Any],
        *,
        options: Any = True,
        exempt: Mapping[str, str] | None = None,
        budget_ms: float | None = None,
    ) -> PluginUnderTest:
        """Return the plugin of a name that is installed, or of a class.

        Raises:
            PluginNotFoundError: there is none of that name; says what was probably meant.
        """
        if not isinstance(plugin, str):
            return cls(plugin, options=options, exempt=exempt, budget_ms=budget_ms)
        from lambda_powertools.core.discovery import find_plugins
        from lambda_powertools.core.suggestions import did_you_mean

        found = {one.name: one for one in reversed(find_plugins())}
        if plugin not in found:
            raise PluginNotFoundError(
                f"no plugin is called {plugin!r}{did_you_mean(plugin, found)}. Is its distribution installed?",
                plugin=plugin,
            )
        module, _, attribute = found[plugin].value.partition(":")
        loaded: Any = functools.reduce(getattr, attribute.strip().split("."), import_module(module.strip()))
        return cls(loaded, origin=found[plugin].origin, options=options, exempt=exempt, budget_ms=budget_ms)

    def __repr__(self) -> str:
        return f"plugin {self.name!r}" + (f" (from {self.origin})" if self.origin else "")

    def decorate(
        self, handler: Callable[..., Any], *others: type[Any], journal: list[tuple[int, str, str]] | None = None
    ) -> Any:
        """Return a handler surrounded by the plugin and others; hooks of the plugin are written into the journal."""
        registry = Registry()
        watched = self.plugin_class if journal is None else _watched(self.plugin_class, journal)
        registry.register(watched, distribution=self.origin)
        for other in others:
            registry.register(other)
        given: dict[str, Any] = {self.name: self.options}
        return powertools(registry=registry, service="conformance", **given)(handler)

    def run(self, handler: Handler, marker: str, *others: type[Any]) -> Outcome:
        """Invoke once; return what came of it."""
        calls = Calls(self, handler, *others)
        return calls.run(marker)

    def instance(self, decorated: Any) -> Any:
        """Return the plugin's instance in a decorated handler, None if it takes no part."""
        return decorated.application.plugins.get(self.name)


class Handler:
    """A handler of the kit, synchronous or not, that ends as it is told and remembers what it has seen."""

    def __init__(
        self, error: type[BaseException] | None = None, *, asynchronous: bool = False, gate: Any = None
    ) -> None:
        self.error = error
        self.asynchronous = asynchronous
        self.seen: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._gate = gate

    def function(self) -> Callable[..., Any]:
        """Return the function to decorate."""

        def conformance(event: Any, context: Any) -> Any:
            if self._gate is not None:
                self._gate.wait()
            return self._end(event, context)

        async def conformance_async(event: Any, context: Any) -> Any:
            if self._gate is not None:
                await self._gate.wait()
            return self._end(event, context)

        return conformance_async if self.asynchronous else conformance

    def _end(self, event: Any, context: Any) -> Any:
        from lambda_powertools.core import current_invocation

        invocation = current_invocation()
        state = {} if invocation is None else dict(invocation.state)
        marker = str(context.aws_request_id)
        self.seen[marker] = (event, state)
        if self.error is not None:
            raise self.error(f"raised for {marker}")
        return Answer(marker=marker, statusCode=200)


class Calls:
    """A decorated handler of the kit, and how it is called."""

    def __init__(self, subject: PluginUnderTest, handler: Handler, *others: type[Any]) -> None:
        self.journal: list[tuple[int, str, str]] = []
        self.handler = handler
        self.subject = subject
        with quiet():
            self.decorated = subject.decorate(handler.function(), *others, journal=self.journal)

    def run(self, marker: str, event: Any = None) -> Outcome:
        """Invoke once, with a context whose request id is the marker."""
        thread = threading.get_ident()
        mark = len(self.journal)
        with quiet() as stdout:
            outcome = self.call(marker, event)
        outcome.hooks = [(hook, how) for owner, hook, how in self.journal[mark:] if owner == thread]
        outcome.stdout = stdout.getvalue()
        return outcome

    def call(self, marker: str, event: Any = None) -> Outcome:
        """Invoke once; what is written meanwhile is the caller's."""
        given = Event(marker=marker) if event is None else event
        try:
            response = self.decorated(given, make_context(request_id=marker, function_name="conformance"))
        except BaseException as error:  # noqa: BLE001  # it is what is asked for
            _reraise_unless_ours(error)
            return self.outcome(marker, error=error)
        return self.outcome(marker, response=response)

    async def call_async(self, marker: str) -> Outcome:
        """Invoke once where a loop is running."""
        context = make_context(request_id=marker, function_name="conformance")
        try:
            response = await self.decorated(Event(marker=marker), context)
        except BaseException as error:  # noqa: BLE001  # the same
            _reraise_unless_ours(error)
            return self.outcome(marker, error=error)
        return self.outcome(marker, response=response)

    def outcome(self, marker: str, *, response: Any = None, error: BaseException | None = None) -> Outcome:
        """Return what came of a call."""
        seen, state = self.handler.seen.pop(marker, (None, {}))
        return Outcome(response, error, seen, state)


def _reraise_unless_ours(error: BaseException) -> None:
    if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
        raise error


@contextlib.contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Take in what is written to stdout, and let no warning or report of a survived failure through."""
    import logging

    from lambda_powertools.core.package_logger import FAILURES

    failures, stdout = logging.getLogger(FAILURES), io.StringIO()
    handlers, failures.handlers = failures.handlers, [logging.NullHandler()]
    root = logging.getLogger()
    # A test runner keeps every record, and with it the exception and all that its frames hold.
    at_root, root.handlers = root.handlers, [one for one in root.handlers if "_pytest" not in type(one).__module__]
    try:
        with contextlib.redirect_stdout(stdout), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield stdout
    finally:
        failures.handlers, root.handlers = handlers, at_root


def _watched(plugin_class: type[Any], journal: list[tuple[int, str, str]]) -> type[Any]:
    """Return the class with hooks that write down how they ended."""
    hooks = {
        hook: _watched_hook(getattr(plugin_class, hook), hook, journal)
        for hook in HOOKS
        if callable(getattr(plugin_class, hook, None))
    }
    return type(plugin_class.__name__, (plugin_class,), {**hooks, "__module__": plugin_class.__module__})


def _watched_hook(function: Any, hook: str, journal: list[tuple[int, str, str]]) -> Any:
    from lambda_powertools.core.callables import is_coroutine_function

    @contextlib.contextmanager
    def noted() -> Iterator[None]:
        if _inside.get():  # a hook that calls another one of its own
            yield
            return
        token, how = _inside.set(True), "returned"
        try:
            yield
        except BaseException as error:
            how = type(error).__name__
            raise
        finally:
            _inside.reset(token)
            journal.append((threading.get_ident(), hook, how))

    @functools.wraps(function)
    def watched(*args: Any, **kwargs: Any) -> Any:
        with noted():
            return function(*args, **kwargs)

    @functools.wraps(function)
    async def watched_async(*args: Any, **kwargs: Any) -> Any:
        with noted():
            return await function(*args, **kwargs)

    return watched_async if is_coroutine_function(function) else watched


def other_plugin(hook: str, act: Callable[..., Any], *, outside: bool, subject: PluginUnderTest) -> type[Any]:
    """Return another plugin, further out or further in than the one that is checked, that acts in one hook."""
    own_order = int(getattr(subject.plugin_class, "order", 600))

    def before_invoke(self: Any, invocation: Any) -> None:  # noqa: ARG001  # a method
        act(invocation)

    def after_invoke(self: Any, invocation: Any) -> None:  # noqa: ARG001  # a method
        act(invocation)

    def on_error(self: Any, invocation: Any, error: BaseException) -> None:  # noqa: ARG001  # a method
        act(invocation)

    function: Any = {"before_invoke": before_invoke, "after_invoke": after_invoke, "on_error": on_error}[hook]
    attributes = {"name": "another", "order": own_order - 1 if outside else own_order + 1, hook: hookimpl(function)}
    return type("AnotherPlugin", (Plugin,), attributes)
