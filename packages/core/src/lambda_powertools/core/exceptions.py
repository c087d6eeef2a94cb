"""Every exception of the core, under the one root that all distributions share.

PowertoolsError
├── SettingsError (also ValueError)        a setting holds a value it may not have
├── InvocationStateError (also RuntimeError)   respond()/recover() at the wrong moment
├── MiddlewareInvalidArgumentError         a middleware decorator was given something else than a handler
├── LambdaMetadataError                    the Lambda metadata endpoint did not answer as it should
└── PluginError                            something about a plugin; names the plugin and its distribution
    ├── PluginNotFoundError                no plugin of that name
    ├── PluginConflictError                two plugins of one name
    ├── PluginInvalidError                 wrong hook, argument, attribute or hook API version
    ├── PluginLoadError                    its import failed
    └── PluginOptionsError                 its options are wrong
"""

from __future__ import annotations


class PowertoolsError(Exception):
    """Base of every exception that any distribution of the project defines."""


class SettingsError(PowertoolsError, ValueError):
    """A setting holds a value it may not have; the message names it and what is allowed."""


class InvocationStateError(PowertoolsError, RuntimeError):
    """`Invocation.respond` or `Invocation.recover` was called when it cannot have an effect."""


class MiddlewareInvalidArgumentError(PowertoolsError):
    """A middleware decorator received a positional option, or something that is not a handler."""


class LambdaMetadataError(PowertoolsError):
    """The Lambda metadata endpoint could not be asked or gave no usable answer.

    Attributes:
        status_code: HTTP status of the answer, -1 when there was none.
    """

    def __init__(self, message: str, status_code: int = -1) -> None:
        super().__init__(message)
        self.status_code = status_code


class PluginError(PowertoolsError):
    """Something is wrong with a plugin.

    Attributes:
        plugin: name of the plugin, as options address it.
        distribution: `name version` of the distribution it came from, if known.
    """

    def __init__(self, message: str, *, plugin: str = "", distribution: str | None = None) -> None:
        super().__init__(f"{message} (from {distribution})" if distribution else message)
        self.plugin = plugin
        self.distribution = distribution


class PluginNotFoundError(PluginError):
    """No plugin of this name is installed or registered."""


class PluginConflictError(PluginError):
    """Two plugins claim one name."""


class PluginInvalidError(PluginError):
    """A plugin breaks the contract: a hook, an argument, an attribute or the hook API version."""


class PluginLoadError(PluginError):
    """Importing a plugin failed; the import's own exception is the cause."""


class PluginOptionsError(PluginError):
    """The options given to a plugin do not fit it."""
