"""The base class of plugins, and how the options given to `@powertools` become a plugin's options."""

from __future__ import annotations

from lambda_powertools.core.callables import argument_names, takes_any_keyword
from lambda_powertools.core.exceptions import PluginOptionsError, PowertoolsError
from lambda_powertools.core.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar, Generic, Literal, TypeVar
else:
    from lambda_powertools.core.static import Generic, TypeVar

OptionsT = TypeVar("OptionsT")

DEFAULT_ORDER = 600


class Plugin(Generic[OptionsT]):
    """A plugin: a convenience for its author, not a requirement. One instance serves one decorated handler.

    A class without this base needs `name` only; what it leaves out has the values below. It is called with its options
    object if it has `Options`, else without arguments.

    Attributes:
        name: what options are addressed to: `@powertools(audit=…)`. An identifier, the same as the entry point's name.
        order: the smaller the further out. 0-199 observability, 200-399 event shaping, 400-599 guards, 600-999 free.
        on_failure: what an exception out of a hook does: `"raise"` lets it out, `"warn"` logs it and goes on.
        hook_api: the version of the hooks it was written for, see `hookspecs.HOOK_API_VERSION`.
        Options: class of its options, None if it has none: a dataclass, or any class with keyword parameters.
        options: the validated options of this instance.

    Example:
        >>> from dataclasses import dataclass
        >>> from lambda_powertools.core import Plugin, Registry, hookimpl, powertools
        >>> @dataclass
        ... class AuditOptions:
        ...     topic: str = "audit"
        >>> class AuditPlugin(Plugin[AuditOptions]):
        ...     name = "audit"
        ...     order = 150
        ...     Options = AuditOptions
        ...     @hookimpl
        ...     def after_invoke(self, invocation):
        ...         invocation.response["topic"] = self.options.topic
        >>> registry = Registry()
        >>> registry.register(AuditPlugin)
        >>> @powertools(registry=registry, audit={"topic": "orders"})
        ... def handler(event, context):
        ...     return {}
        >>> handler({}, None)
        {'topic': 'orders'}
    """

    name: ClassVar[str]
    order: ClassVar[int] = DEFAULT_ORDER
    on_failure: Literal["raise", "warn"] = "raise"
    hook_api: ClassVar[int] = 1
    Options: ClassVar[type[Any] | None] = None

    def __init__(self, options: OptionsT | None = None) -> None:
        self.options: OptionsT = options  # type: ignore[assignment]  # None only where OptionsT is

    def stand_aside(self) -> None:
        """Take no part in the invocations of this handler, and none of their time; to be called in `on_init`.

        For a plugin that has nothing to do for a handler: nothing was asked of it, or it is switched off.

        Example:
            >>> from lambda_powertools.core import Plugin, Registry, hookimpl, powertools
            >>> class GuardPlugin(Plugin[None]):
            ...     name = "guard"
            ...     @hookimpl
            ...     def on_init(self, application):
            ...         if application.name != "guarded":
            ...             self.stand_aside()
            ...     @hookimpl
            ...     def before_invoke(self, invocation):
            ...         invocation.respond("no entry")
            >>> registry = Registry()
            >>> registry.register(GuardPlugin)
            >>> @powertools(registry=registry)
            ... def handler(event, context):
            ...     return "come in"
            >>> handler({}, None)
            'come in'
        """
        vars(self).update(before_invoke=None, after_invoke=None, on_error=None)


def build_options(plugin: str, distribution: str | None, options_class: type[Any] | None, value: Any) -> Any:
    """Turn the value given for a plugin in `@powertools(<plugin>=value)` into its options object.

    Accepted are True (the defaults), a mapping of option names, an object of the options class, and, where the class
    has a classmethod `from_value`, any other value.

    Raises:
        PluginOptionsError: the value does not fit; names the option and, for a typo, what was probably meant.
    """
    if options_class is None:
        if value is True or (isinstance(value, dict) and not value):
            return None
        raise PluginOptionsError(
            f"plugin {plugin!r} has no options: give {plugin}=True or {plugin}=False",
            plugin=plugin,
            distribution=distribution,
        )
    if isinstance(value, options_class):
        return value
    try:
        if value is True:
            return options_class()
        if isinstance(value, dict):
            _check_names(plugin, distribution, options_class, value)
            return options_class(**value)
        from_value = getattr(options_class, "from_value", None)
        if from_value is not None:
            return from_value(value)
    except PowertoolsError:
        raise  # an environment variable that a default is read from, for instance: it says more than we could
    except (TypeError, ValueError) as error:
        raise PluginOptionsError(
            f"options of plugin {plugin!r} are wrong: {error}", plugin=plugin, distribution=distribution
        ) from error
    raise PluginOptionsError(
        f"plugin {plugin!r} takes True, False, a dict of options or {options_class.__name__}(...), "
        f"not {type(value).__name__}",
        plugin=plugin,
        distribution=distribution,
    )


def _check_names(plugin: str, distribution: str | None, options_class: type[Any], given: Mapping[str, Any]) -> None:
    if takes_any_keyword(options_class.__init__):
        return
    known = argument_names(options_class.__init__)
    for name in given:
        if name not in known:
            raise PluginOptionsError(
                f"plugin {plugin!r} has no option {name!r}{did_you_mean(name, known)}",
                plugin=plugin,
                distribution=distribution,
            )
