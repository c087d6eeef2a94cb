"""The core of Lambda Powertools: hooks, the registry of plugins, and the decorator that runs them around a handler.

What a plugin or a utility needs is here; what is heavier or rarer is in the modules `typing`, `settings`, `metadata`,
`loop`, `secrets`, `json`, `trace_id`, `spans`, `cold_start`, `package_logger` and `aws`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.core.__about__ import __version__
    from lambda_powertools.core.application import Application
    from lambda_powertools.core.decorator import powertools
    from lambda_powertools.core.description import PluginInfo
    from lambda_powertools.core.exceptions import (
        InvocationStateError,
        LambdaMetadataError,
        MiddlewareInvalidArgumentError,
        PluginConflictError,
        PluginError,
        PluginInvalidError,
        PluginLoadError,
        PluginNotFoundError,
        PluginOptionsError,
        PowertoolsError,
        SettingsError,
    )
    from lambda_powertools.core.hookspecs import hookimpl
    from lambda_powertools.core.invocation import Invocation, current_invocation, invocation_scope
    from lambda_powertools.core.middleware import lambda_handler_decorator
    from lambda_powertools.core.plugin import Plugin
    from lambda_powertools.core.registry import Registry, get_registry, set_registry
    from lambda_powertools.core.settings import Setting, Settings
    from lambda_powertools.core.warnings import PowertoolsUserWarning

_LAZY = {
    "Application": "application",
    "Invocation": "invocation",
    "InvocationStateError": "exceptions",
    "LambdaMetadataError": "exceptions",
    "MiddlewareInvalidArgumentError": "exceptions",
    "Plugin": "plugin",
    "PluginConflictError": "exceptions",
    "PluginError": "exceptions",
    "PluginInfo": "description",
    "PluginInvalidError": "exceptions",
    "PluginLoadError": "exceptions",
    "PluginNotFoundError": "exceptions",
    "PluginOptionsError": "exceptions",
    "PowertoolsError": "exceptions",
    "PowertoolsUserWarning": "warnings",
    "Registry": "registry",
    "Setting": "settings",
    "Settings": "settings",
    "SettingsError": "exceptions",
    "__version__": "__about__",
    "current_invocation": "invocation",
    "get_registry": "registry",
    "hookimpl": "hookspecs",
    "invocation_scope": "invocation",
    "lambda_handler_decorator": "middleware",
    "powertools": "decorator",
    "set_registry": "registry",
}
"""The module of each name: a function that uses a utility alone does not pay for the hooks."""


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = getattr(__import__(f"{__name__}.{_LAZY[name]}", fromlist=(name,)), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Application",
    "Invocation",
    "InvocationStateError",
    "LambdaMetadataError",
    "MiddlewareInvalidArgumentError",
    "Plugin",
    "PluginConflictError",
    "PluginError",
    "PluginInfo",
    "PluginInvalidError",
    "PluginLoadError",
    "PluginNotFoundError",
    "PluginOptionsError",
    "PowertoolsError",
    "PowertoolsUserWarning",
    "Registry",
    "Setting",
    "Settings",
    "SettingsError",
    "__version__",
    "current_invocation",
    "get_registry",
    "hookimpl",
    "invocation_scope",
    "lambda_handler_decorator",
    "powertools",
    "set_registry",
]
