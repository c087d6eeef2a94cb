"""The core of Lambda Powertools: hooks, the registry of plugins, and the decorator that runs them around a handler.

What a plugin or a utility needs is here; what is heavier or rarer is in the modules `typing`, `settings`, `metadata`,
`loop`, `secrets`, `json`, `trace_id`, `spans`, `cold_start`, `package_logger` and `aws`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.__about__ import __version__
from lambda_powertools.core.application import Application
from lambda_powertools.core.decorator import powertools
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
from lambda_powertools.core.plugin import Plugin
from lambda_powertools.core.registry import Registry, get_registry, set_registry
from lambda_powertools.core.settings import Setting, Settings
from lambda_powertools.core.warnings import PowertoolsUserWarning

if TYPE_CHECKING:
    from lambda_powertools.core.description import PluginInfo
    from lambda_powertools.core.middleware import lambda_handler_decorator

_LAZY = {
    "PluginInfo": "lambda_powertools.core.description",
    "lambda_handler_decorator": "lambda_powertools.core.middleware",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        value = getattr(import_module(_LAZY[name]), name)
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
