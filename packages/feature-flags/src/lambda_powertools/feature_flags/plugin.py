"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.core import Application, Invocation
    from lambda_powertools.feature_flags.invocation_flags import InvocationFlags

STATE = "feature_flags"
"""Key of `invocation.state` under which the `InvocationFlags` are."""

_NO_RESPONSE: Any = object()


class FeatureFlagsOptions:
    """What `@powertools(feature_flags={…})` may name; a store or a `FeatureFlags` is also accepted as it is.

    Example:
        >>> from lambda_powertools.core import Registry, current_invocation, powertools
        >>> from lambda_powertools.feature_flags.plugin import FeatureFlagsPlugin
        >>> from lambda_powertools.feature_flags.stores import InMemoryStore
        >>> registry = Registry()
        >>> registry.register(FeatureFlagsPlugin)
        >>> @powertools(registry=registry, feature_flags=InMemoryStore({"dark_mode": {"default": True}}))
        ... def handler(event, context):
        ...     return current_invocation().state["feature_flags"].evaluate(name="dark_mode", default=False)
        >>> handler({}, None)
        True
    """

    def __init__(
        self,
        *,
        store: Any = None,
        require: str | list[str] | tuple[str, ...] = (),
        context: Callable[[Any, Any], dict[str, Any] | None] | None = None,
        otherwise: Any = _NO_RESPONSE,
        default: bool = False,
        preload: bool = True,
    ) -> None:
        """Keep the options.

        Args:
            store: a store, or a `FeatureFlags`.
            require: names of the features that must be on for the handler to run.
            context: makes the context of evaluations from event and Lambda context.
            otherwise: the response when a required feature is off; an error without.
            default: whether a required feature is on that is unknown, or cannot be read.
            preload: whether the configuration is read and validated when the handler is decorated, in Lambda's INIT
                phase. A failure then is reported, and the first invocation tries again.

        Raises:
            TypeError: `store` is neither, `context` cannot be called, or there are options but no store.
        """
        self.require = [require] if isinstance(require, str) else list(require)
        self.context = context
        self.otherwise = otherwise
        self.default = default
        self.preload = preload
        self.flags: Any = None
        if context is not None and not callable(context):
            raise TypeError(f"context must be a function of event and context, not {type(context).__name__}")
        if store is not None:
            self.flags = _flags_of(store)
        elif self.require or context is not None:
            raise TypeError("there is no store: give store=, a store or a FeatureFlags")

    @property
    def has_response(self) -> bool:
        """Whether there is a response for when a required feature is off."""
        return self.otherwise is not _NO_RESPONSE

    @classmethod
    def from_value(cls, value: Any) -> FeatureFlagsOptions:
        """Take a store, or a `FeatureFlags`.

        Raises:
            TypeError: it is neither.
        """
        return cls(store=value)


def _flags_of(store: Any) -> Any:
    from lambda_powertools.feature_flags.feature_flags import FeatureFlags

    if hasattr(store, "evaluate"):
        return store
    if not hasattr(store, "get_configuration"):
        raise TypeError(f"store must be a store or a FeatureFlags, not {type(store).__name__}")
    return FeatureFlags(store)


class FeatureFlagsPlugin(Plugin[FeatureFlagsOptions]):
    """Gives each invocation its features, and lets it run only with those that it needs; inert without options."""

    name = STATE
    order = 450
    Options = FeatureFlagsOptions

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Read and validate the configuration."""
        options = self.options
        if options.flags is None:
            self.stand_aside()
            return
        if not options.preload:
            return
        try:
            options.flags.get_configuration()
        except Exception as error:  # noqa: BLE001  # the first invocation tries again, and raises what is to be raised
            application.report(self.name, "on_init", error)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Offer the features, and respond in the handler's stead where a required one is off."""
        options = self.options
        if options.flags is None:
            return
        from lambda_powertools.feature_flags.invocation_flags import InvocationFlags

        given = options.context(invocation.event, invocation.context) if options.context is not None else None
        features: InvocationFlags = InvocationFlags(options.flags, given or {})
        invocation.state[STATE] = features
        for name in options.require:
            if features.evaluate(name=name, default=options.default):
                continue
            if options.has_response:
                invocation.respond(options.otherwise)
                return
            from lambda_powertools.feature_flags.exceptions import FeatureDisabledError

            raise FeatureDisabledError(f"feature {name!r} is off, and this handler needs it")
