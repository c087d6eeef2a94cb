"""Runs the hooks of a handler's plugins around it, like the layers of an onion.

There is one implementation of the semantics, a coroutine. Under a synchronous handler nothing in it ever waits (a hook
that is a coroutine function is run on the environment's loop), so a single `send` carries it from start to end.
"""

from __future__ import annotations

from types import CoroutineType

from lambda_powertools.core import hookspecs, loop
from lambda_powertools.core.callables import argument_names, positional_names
from lambda_powertools.core.hookspecs import PROJECT
from lambda_powertools.core.invocation import Invocation, _current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from typing import Any


class Step:
    """One plugin's hooks, ready to be called: with the invocation, `on_error` with the error too."""

    __slots__ = ("after", "before", "name", "on_error", "warn")

    def __init__(self, plugin: Any) -> None:
        self.name: str = plugin.name
        self.warn: bool = getattr(plugin, "on_failure", "raise") == "warn"
        self.before = bound_hook(plugin, "before_invoke")
        self.after = bound_hook(plugin, "after_invoke")
        self.on_error = bound_hook(plugin, "on_error")

    @property
    def is_idle(self) -> bool:
        """Whether the plugin takes no part in invocations."""
        return self.before is None and self.after is None and self.on_error is None


def bound_hook(plugin: Any, hook: str) -> Callable[..., Any] | None:
    """Return a plugin's implementation of a hook, to be called with all arguments of the specification.

    An implementation names only the arguments that it wants, in any order. None if the plugin has none.
    """
    method: Any = getattr(plugin, hook, None)
    if not hasattr(method, f"{PROJECT}_impl"):
        return None
    expected = argument_names(getattr(hookspecs, hook))
    if positional_names(method) == expected:
        return method  # type: ignore[no-any-return]  # a hook is callable, it was checked
    wanted = [(name, expected.index(name)) for name in argument_names(method) if name in expected]
    return lambda *arguments: method(**{name: arguments[index] for name, index in wanted})


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
        steps = map(Step, plugins)
        self._steps = tuple(step for step in steps if not step.is_idle)
        self._asynchronous = asynchronous
        self._report = report

    def run(self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Run the hooks and a synchronous handler; return the response or raise the error."""
        token = _current.set(invocation)
        try:
            if self._steps:
                return _drive(self._run(invocation, handler, args, kwargs), invocation)
            invocation._handled = True  # noqa: SLF001
            response = handler(invocation.event, invocation.context, *args, **kwargs)
            if response.__class__ is CoroutineType:
                return self._finish_later(invocation, [], response) if loop.is_loop_running() else loop.run(response)
            return response
        finally:
            _current.reset(token)

    async def run_async(self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Run the hooks and a coroutine function; return the response or raise the error."""
        token = _current.set(invocation)
        try:
            if self._steps:
                return await self._run(invocation, handler, args, kwargs)
            invocation._handled = True  # noqa: SLF001
            response = handler(invocation.event, invocation.context, *args, **kwargs)
            return await response if hasattr(response, "__await__") else response
        finally:
            _current.reset(token)

    async def _run(  # noqa: C901  # the way through all hooks, in one place
        self, invocation: Invocation, handler: Callable[..., Any], args: Any, kwargs: Any
    ) -> Any:
        entered: list[Step] = []
        try:
            for step in self._steps:
                event = invocation.event
                try:
                    if step.before is not None and (result := step.before(invocation)) is not None:
                        await self._settle(result)
                except Exception as error:
                    if not step.warn:
                        raise
                    invocation.event, invocation._responded, invocation.response = event, False, None  # noqa: SLF001
                    self._report(step.name, "before_invoke", error)
                    continue
                entered.append(step)
                if invocation._responded:  # noqa: SLF001  # a property would cost every invocation
                    break
            else:
                invocation._handled = True  # noqa: SLF001
                response = handler(invocation.event, invocation.context, *args, **kwargs)
                if self._asynchronous:
                    response = await self._settle(response)
                elif response.__class__ is CoroutineType:  # a plain function that passes on an async one's coroutine
                    if loop.is_loop_running():
                        return self._finish_later(invocation, entered, response)
                    response = loop.run(response)
                invocation.response = response
            invocation._handled = True  # noqa: SLF001
        except BaseException as error:
            if await self._fail(invocation, entered, error):
                raise
            return invocation.response
        return await self._succeed(invocation, entered)

    async def _finish_later(self, invocation: Invocation, entered: list[Step], response: Any) -> Any:
        """Go on from the coroutine of a plain function, whose caller runs in a loop and awaits the result."""
        token = _current.set(invocation)
        try:
            try:
                invocation.response = await response
            except BaseException as error:
                if await self._fail(invocation, entered, error):
                    raise
                return invocation.response
            return await self._succeed(invocation, entered)
        finally:
            _current.reset(token)

    async def _settle(self, result: Any) -> Any:
        """Wait for what a coroutine function returned: an async handler, or a hook under either kind of handler."""
        if self._asynchronous:
            return await result if hasattr(result, "__await__") else result
        return loop.run(result) if result.__class__ is CoroutineType else result

    async def _succeed(self, invocation: Invocation, entered: list[Step]) -> Any:
        while entered:
            step = entered.pop()
            response = invocation.response
            try:
                if step.after is not None and (result := step.after(invocation)) is not None:
                    await self._settle(result)
            except BaseException as error:  # a warn plugin's Exception is reported, all else is led on
                if not (step.warn and isinstance(error, Exception)):
                    if await self._fail(invocation, entered, error):
                        raise
                    return invocation.response
                invocation.response = response
                self._report(step.name, "after_invoke", error)
        return invocation.response

    async def _fail(self, invocation: Invocation, entered: list[Step], error: BaseException) -> bool:
        """Lead the error outwards; return whether the caller, who is handling it, is to raise it again.

        A bare `raise` leaves the error untouched. It must not stand here: once this coroutine has waited for something,
        Python may no longer know which error its caller is handling.
        """
        invocation.error, invocation._handled = error, True  # noqa: SLF001
        while entered:
            step = entered.pop()
            response = invocation.response
            try:
                if step.on_error is not None and (result := step.on_error(invocation, error)) is not None:
                    await self._settle(result)
            except BaseException as failure:  # the same
                invocation._recovered, invocation.response = False, response  # noqa: SLF001
                if not (step.warn and isinstance(failure, Exception)):
                    if await self._fail(invocation, entered, failure):
                        raise
                    return False
                self._report(step.name, "on_error", failure)
            if invocation._recovered:  # noqa: SLF001
                invocation._recovered, invocation.error = False, None  # noqa: SLF001
                await self._succeed(invocation, entered)
                return False
        return True


def _drive(coroutine: Coroutine[Any, Any, Any], invocation: Invocation) -> Any:
    """Carry a coroutine that never waits to its end."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    except RuntimeError as error:
        # A StopIteration out of a handler cannot leave a coroutine: Python turns it into a RuntimeError. Undo that.
        stop = invocation.error
        if not isinstance(stop, StopIteration) or stop is not error.__cause__:
            raise
    else:
        raise AssertionError("a synchronous pipeline has waited")
    context = stop.__context__
    try:
        raise stop
    finally:
        stop.__context__ = context  # raising put there what the caller of the handler is handling
