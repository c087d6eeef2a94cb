"""The four hooks. Each docstring is the reference: who calls it, when, what it may change, what an exception does.

A plugin implements the hooks it needs, marks each with `hookimpl`, and names only the arguments it wants: a hook may
gain arguments in a later minor version without breaking a plugin. Any hook may be a coroutine function, except
`on_init`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    from lambda_powertools.core.application import Application
    from lambda_powertools.core.invocation import Invocation

    F = TypeVar("F", bound=Callable[..., Any])

HOOK_API_VERSION = 1
"""Raised when a change to the hooks breaks existing plugins; a plugin states the one it was written for."""

OLDEST_HOOK_API_VERSION = 1
"""The oldest version whose plugins still work; where something they use is deprecated, they are warned."""

ENTRY_POINT_GROUP = "lambda_powertools.plugins"
"""Entry-point group in which a distribution names its plugins."""

PROJECT = "lambda_powertools"

# pluggy's own markers would do, but importing pluggy takes longer than a whole warm invocation of every plugin we ship.
# These write the very options that pluggy's HookimplMarker and HookspecMarker write, so pluggy still does the checking.
IMPL_OPTIONS = {
    "wrapper": False,
    "hookwrapper": False,
    "optionalhook": False,
    "tryfirst": False,
    "trylast": False,
    "specname": None,
}
_SPEC = {"firstresult": False, "historic": False, "warn_on_impl": None, "warn_on_impl_args": None}


def hookimpl(function: F) -> F:
    """Mark a method of a plugin as the implementation of the hook of the same name.

    Example:
        >>> from lambda_powertools.core import Plugin, hookimpl
        >>> class Audit(Plugin[None]):
        ...     name = "audit"
        ...     @hookimpl
        ...     def before_invoke(self, invocation):
        ...         invocation.state["audit"] = invocation.event
    """
    function.lambda_powertools_impl = dict(IMPL_OPTIONS)  # type: ignore[attr-defined]  # the attribute pluggy looks for
    return function


def hookspec(
    *, deprecated: str | None = None, deprecated_arguments: Mapping[str, str] | None = None
) -> Callable[[F], F]:
    """Mark a function as the specification of a hook.

    Args:
        deprecated: what to use in place of the hook; whoever implements it is warned.
        deprecated_arguments: what to use in place of an argument, by its name; whoever asks for it is warned.
    """

    def mark(function: F) -> F:
        options = {**_SPEC, "warn_on_impl": deprecated, "warn_on_impl_args": deprecated_arguments}
        function.lambda_powertools_spec = options  # type: ignore[attr-defined]  # the attribute pluggy looks for
        return function

    return mark


@hookspec()
def on_init(application: Application) -> None:
    """Prepare for the invocations of one handler.

    Called:
        Once for each decorated handler, when it is decorated: in Lambda's INIT phase, before the first request.
        Heavy work (imports, clients, compiled expressions) belongs here or later, never at a plugin's import.
    Order:
        Outermost plugin first.
    May change:
        The plugin's own attributes. `application` is shared and to be read only.
    If it raises:
        `on_failure = "raise"`: decorating the handler fails with that exception. `"warn"`: the failure is logged and
        the plugin takes no part in the invocations of this handler.
    """


@hookspec()
def before_invoke(invocation: Invocation) -> None:
    """Act before the handler runs.

    Called:
        Once per invocation. The plugin counts as entered once this has returned.
    Order:
        Outermost plugin first, the handler last.
    May change:
        `invocation.event`, `invocation.state`. `invocation.respond(value)` gives the response in the handler's stead:
        neither the plugins further in nor the handler run; those entered so far, this one included, see
        `after_invoke`.
    If it raises:
        `on_failure = "raise"`: the exception is the invocation's error; the plugins entered earlier see `on_error`,
        this one and those further in see nothing. `"warn"`: the failure is logged, the event or response that it put
        in place is withdrawn, and the invocation goes on without this plugin.
    """


@hookspec()
def after_invoke(invocation: Invocation) -> None:
    """Act after the handler, or a plugin in its stead, has given a response.

    Called:
        Once per invocation for each plugin that was entered, unless it saw `on_error`. An async handler has finished.
    Order:
        Innermost plugin first.
    May change:
        `invocation.response`.
    If it raises:
        `on_failure = "raise"`: the exception is the invocation's error from here on; the plugins further out see
        `on_error`. `"warn"`: the failure is logged, a response that it put in place is withdrawn, and the earlier one
        goes on outwards. A `BaseException` that is no `Exception` always becomes the error.
    """


@hookspec()
def on_error(invocation: Invocation, error: BaseException) -> None:
    """Act on an exception of the handler or of a plugin further in.

    Called:
        Once per invocation for each plugin that was entered, unless it saw `after_invoke`.
    Order:
        Innermost plugin first.
    May change:
        `invocation.recover(value)` turns the error into a response: the plugins further out see `after_invoke`.
        Without it the exception leaves the decorator as it was raised.
    If it raises:
        `on_failure = "raise"`: its exception takes the error's place, with the earlier one as its context. `"warn"`:
        the failure is logged, a recovery it made is withdrawn, and the earlier error goes on outwards. A
        `BaseException` that is no `Exception` always takes the error's place.
    """


HOOKS = ("on_init", "before_invoke", "after_invoke", "on_error")
"""Names of the hooks, in the order in which an invocation reaches them."""
