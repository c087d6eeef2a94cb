"""Runs the hooks of a handler's plugins around it, like the layers of an onion.

There is one implementation of the semantics, a coroutine. Under a synchronous handler nothing in it ever waits (a hook
that is a coroutine function is run on the environment's loop), so a single `send` carries it from start to end.
"""

from __future__ import annotations

from types import CoroutineType
from typing import TYPE_CHECKING, Any

from lambda_powertools.core import hookspecs, loop
from lambda_powertools.core.callables import argument_names, is_coroutine_function
from lambda_powertools.core.hookspecs import PROJECT
from lambda_powertools.core.invocation import Invocation, _current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Step:
    """One plugin's hooks, ready to be called: with the invocation, `on_error` with the error too."""

    __slots__ = ("after", "awaits", "before", "name", "on_error", "warn")

    def __init__(self, plugin: Any, *, asynchronous: bool) -> None:
        self.name: str = plugin.name
        self.warn: bool = getattr(plugin, "on_failure", "raise") == "warn"
        self.awaits = False
        self.before = self._hook(plugin, "before_invoke", asynchronous)
        self.after = self._hook(plugin, "after_invoke", asynchronous)
        self.on_error = self._hook(plugin, "on_error", asynchronous)

    @property
    def is_idle(self) -> bool:
        """Whether the plugin takes no part in invocations."""
        return self.before is None and self.after is None and self.on_error is None

    def _hook(self, plugin: Any, hook: str, asynchronous: bool) -> Callable[..., Any] | None:
        method = getattr(plugin, hook, None)
        if not hasattr(method, f"{PROJECT}_impl"):
            return None
        call = with_all_arguments(method, hook)
        if is_coroutine_function(method):
            if asynchronous:
                self.awaits = True
            else:
                return lambda *arguments: loop.run(call(*arguments))
        return call


def with_all_arguments(method: Any, hook: str) -> Callable[..., Any]:
    """Let a hook be called with all arguments of its specification though it names fewer."""
    names = argument_names(method)
    expected = argument_names(getattr(hookspecs, hook))
    if names is None or names == expected:
        return method  # type: ignore[no-any-return]  # a hook is callable, it was checked
    if names == ():
        return lambda *_: method()
    if names == ("invocation",):
        return lambda invocation, _error: method(invocation)
    return lambda invocation, error: method(
        **{name: {"invocation": invocation, "error": error}[name] for name in names}
    )


class Pipeline:
    """The plugins of one handler, outermost first, as they take part in its invocations."""

    __slots__ = ("_asynchronous", "_report", "_steps")

    def __init__(
        self, plugins: Iterable[Any], *, asynchronous: bool, report: Callable[[str, str, BaseException], None]
    ) -> None:
        """Read the hooks of `plugins`.

        Args:
            plugins: instances, outermost first.
            asynchronous: whether the handler is a coroutine function, so that hooks can be awaited.
            report: called with plugin name, hook and exception when a plugin with `on_failure = "warn"` fails.
        """
        steps = (Step(plugin, asynchronous=asynchronous) for plugin in plugins)
        self._steps = tuple(step for step in steps if not step.is_idle)
        self._asynchronous = asynchronous
        self._report = report

    def run(self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Run the hooks and a synchronous handler; return the response or raise the error."""
        token = _current.set(invocation)
        try:
            if not self._steps:
                response = handler(invocation.event, invocation.context, *args, **kwargs)
                if response.__class__ is CoroutineType and not loop.is_loop_running():
                    return loop.run(response)
                return response
            self._run(invocation, handler, args, kwargs).send(None)
        except StopIteration as end:
            if self._steps:
                return end.value
            raise
        except RuntimeError as error:
            # A StopIteration out of a handler cannot leave a coroutine: Python turns it into a RuntimeError. Undo that.
            if isinstance(error.__cause__, StopIteration) and error.__cause__ is invocation.error:
                raise error.__cause__ from None
            raise
        finally:
            _current.reset(token)
        raise AssertionError("a synchronous pipeline has waited")

    async def run_async(self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Run the hooks and a coroutine function; return the response or raise the error."""
        token = _current.set(invocation)
        try:
            return await self._run(invocation, handler, args, kwargs)
        finally:
            _current.reset(token)

    async def _run(self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        entered: list[Step] = []
        try:
            for step in self._steps:
                if step.before is not None and not await self._enter(step, invocation):
                    continue
                entered.append(step)
                if invocation._responded:  # noqa: SLF001  # a property would cost every invocation
                    break
            else:
                invocation._handled = True  # noqa: SLF001
                response = handler(invocation.event, invocation.context, *args, **kwargs)
                if self._asynchronous:
                    response = await response
                elif response.__class__ is CoroutineType:  # a plain function that passes on an async one's coroutine
                    response = loop.run(response)
                invocation.response = response
            invocation._handled = True  # noqa: SLF001
        except BaseException as error:  # noqa: BLE001  # cleaning up is for every way out
            return await self._fail(invocation, entered, error)
        return await self._succeed(invocation, entered)

    async def _enter(self, step: Step, invocation: Invocation) -> bool:
        try:
            result = step.before(invocation)  # type: ignore[misc]  # the caller has checked that there is one
            if step.awaits and result is not None:
                await result
        except Exception as error:
            if not step.warn:
                raise
            invocation._responded, invocation.response = False, None  # noqa: SLF001
            self._report(step.name, "before_invoke", error)
            return False
        return True

    async def _succeed(self, invocation: Invocation, entered: list[Step]) -> Any:
        while entered:
            step = entered.pop()
            if step.after is None:
                continue
            try:
                result = step.after(invocation)
                if step.awaits and result is not None:
                    await result
            except BaseException as error:  # noqa: BLE001  # a warn plugin's Exception is reported, all else is led on
                if not (step.warn and isinstance(error, Exception)):
                    return await self._fail(invocation, entered, error)
                self._report(step.name, "after_invoke", error)
        return invocation.response

    async def _fail(self, invocation: Invocation, entered: list[Step], error: BaseException) -> Any:
        """Lead the error outwards. Called while `error` is being handled: a bare `raise` leaves it untouched."""
        invocation.error = error
        while entered:
            step = entered.pop()
            if step.on_error is None:
                continue
            try:
                result = step.on_error(invocation, error)
                if step.awaits and result is not None:
                    await result
            except BaseException as failure:  # noqa: BLE001  # the same
                invocation._recovered = False  # noqa: SLF001
                if not (step.warn and isinstance(failure, Exception)):
                    return await self._fail(invocation, entered, failure)
                self._report(step.name, "on_error", failure)
            if invocation._recovered:  # noqa: SLF001
                invocation._recovered, invocation.error = False, None  # noqa: SLF001
                return await self._succeed(invocation, entered)
        raise  # noqa: PLE0704  # the error being handled by the caller
