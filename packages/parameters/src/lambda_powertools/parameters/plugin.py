"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_powertools.core import Application, Invocation

STATE = "parameters"
"""Key of `invocation.state` under which the values are, a dict by the names of `preload`."""


class Values(dict[str, Any]):
    """The values that were asked for, by name; shows the names only."""

    def __repr__(self) -> str:
        return f"<parameters {', '.join(self) or '(none)'}>"


class ParametersOptions:
    """What `@powertools(parameters={…})` may name; a list of sources is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, current_invocation, powertools
        >>> from lambda_powertools.parameters.plugin import ParametersPlugin
        >>> registry = Registry()
        >>> registry.register(ParametersPlugin)
        >>> @powertools(registry=registry, parameters={"preload": {"currency": lambda: "EUR"}})
        ... def handler(event, context):
        ...     return current_invocation().state["parameters"]["currency"]
        >>> handler({}, None)
        'EUR'
    """

    def __init__(self, *, preload: Mapping[str, str | Callable[[], Any]] | None = None, on_init: bool = False) -> None:
        """Keep the options.

        Args:
            preload: by name, what every invocation is given: a source such as `"ssm:/name?transform=json"`,
                `"secret:name"` or `"appconfig:application/environment/name"`, or a callable without arguments.
            on_init: whether they are fetched already when the handler is decorated, in Lambda's INIT phase. What
                fails then is reported, and tried again by the first invocation.

        Raises:
            ParameterSourceError: a source cannot be understood.
        """
        self.preload = dict(preload or {})
        self.on_init = on_init
        self.sources: dict[str, Any] = {}
        if self.preload:
            from lambda_powertools.parameters.sources import as_source

            self.sources = {name: as_source(source) for name, source in self.preload.items()}

    @classmethod
    def from_value(cls, value: Any) -> ParametersOptions:
        """Take a list of sources, each of which is its own name.

        Raises:
            TypeError: it is no list.
        """
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"a list of sources is expected, not {type(value).__name__}")
        return cls(preload={str(source): source for source in value})


class ParametersPlugin(Plugin[ParametersOptions]):
    """Gives each invocation the parameters that its handler was decorated with; does nothing without options."""

    name = STATE
    order = 250
    Options = ParametersOptions

    @hookimpl
    def on_init(self, application: Application) -> None:  # noqa: ARG002  # the hook's own parameter
        """Fetch ahead, if that is wanted."""
        if not self.options.sources:
            self.stand_aside()
        elif self.options.on_init:
            from lambda_powertools.parameters.sources import resolve

            resolve(self.options.sources, strict=False)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Publish the values, fetching what is not cached or has expired."""
        if self.options.sources:
            from lambda_powertools.parameters.sources import resolve

            invocation.state[STATE] = Values(resolve(self.options.sources))
