"""Parameters and secrets for AWS Lambda functions: cached, decoded, fetched once.

Everything is loaded when it is first used; boto3 when the first value is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.parameters.appconfig import AppConfigProvider, get_app_config
    from lambda_powertools.parameters.appconfig_extension import AppConfigExtensionProvider
    from lambda_powertools.parameters.asynchronous import (
        aget_app_config,
        aget_parameter,
        aget_parameters,
        aget_parameters_by_name,
        aget_secret,
        aget_secrets_by_name,
    )
    from lambda_powertools.parameters.base import BaseProvider, clear_caches
    from lambda_powertools.parameters.constants import DEFAULT_PROVIDERS as DEFAULT_PROVIDERS
    from lambda_powertools.parameters.dynamodb import DynamoDBProvider
    from lambda_powertools.parameters.exceptions import (
        GetParameterError,
        GetSecretError,
        ParametersDependencyError,
        ParametersError,
        ParameterSourceError,
        ProviderSetupError,
        SetParameterError,
        SetSecretError,
        TransformParameterError,
    )
    from lambda_powertools.parameters.secrets import SecretsProvider, get_secret, get_secrets_by_name, set_secret
    from lambda_powertools.parameters.sources import prefetch
    from lambda_powertools.parameters.ssm import (
        SSMProvider,
        get_parameter,
        get_parameters,
        get_parameters_by_name,
        set_parameter,
    )

_MODULES = {
    "appconfig": ("AppConfigProvider", "get_app_config"),
    "appconfig_extension": ("AppConfigExtensionProvider",),
    "asynchronous": (
        "aget_app_config",
        "aget_parameter",
        "aget_parameters",
        "aget_parameters_by_name",
        "aget_secret",
        "aget_secrets_by_name",
    ),
    "base": ("BaseProvider", "clear_caches"),
    "clients": (),
    "constants": ("DEFAULT_PROVIDERS",),
    "dynamodb": ("DynamoDBProvider",),
    "exceptions": (
        "GetParameterError",
        "GetSecretError",
        "ParameterSourceError",
        "ParametersDependencyError",
        "ParametersError",
        "ProviderSetupError",
        "SetParameterError",
        "SetSecretError",
        "TransformParameterError",
    ),
    "secrets": ("SecretsProvider", "get_secret", "get_secrets_by_name", "set_secret"),
    "sources": ("prefetch",),
    "ssm": ("SSMProvider", "get_parameter", "get_parameters", "get_parameters_by_name", "set_parameter"),
    "types": (),
}
"""The modules and what is taken from them; the modules are attributes as well."""

_OWNERS = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _OWNERS:
        value = getattr(import_module(f"{__name__}.{_OWNERS[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"{__name__}.{name}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


__all__ = [
    "AppConfigExtensionProvider",
    "AppConfigProvider",
    "BaseProvider",
    "DynamoDBProvider",
    "GetParameterError",
    "GetSecretError",
    "ParameterSourceError",
    "ParametersDependencyError",
    "ParametersError",
    "ProviderSetupError",
    "SSMProvider",
    "SecretsProvider",
    "SetParameterError",
    "SetSecretError",
    "TransformParameterError",
    "__version__",
    "aget_app_config",
    "aget_parameter",
    "aget_parameters",
    "aget_parameters_by_name",
    "aget_secret",
    "aget_secrets_by_name",
    "clear_caches",
    "get_app_config",
    "get_parameter",
    "get_parameters",
    "get_parameters_by_name",
    "get_secret",
    "get_secrets_by_name",
    "prefetch",
    "set_parameter",
    "set_secret",
]
