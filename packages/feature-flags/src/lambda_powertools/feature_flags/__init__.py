"""Feature flags for AWS Lambda functions: rules in a document, decided per call.

Everything is loaded when it is first used; boto3 when a store that needs it is first read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags.__about__ import __version__

if TYPE_CHECKING:
    from lambda_powertools.feature_flags._explanation import (
        ConditionExplanation,
        Explanation,
        RuleExplanation,
    )
    from lambda_powertools.feature_flags.appconfig import AppConfigExtensionStore, AppConfigStore
    from lambda_powertools.feature_flags.base import StoreProvider
    from lambda_powertools.feature_flags.constants import RuleAction
    from lambda_powertools.feature_flags.exceptions import (
        ConfigurationStoreError,
        FeatureDisabledError,
        FeatureFlagsDependencyError,
        FeatureFlagsError,
        SchemaValidationError,
        StoreClientError,
    )
    from lambda_powertools.feature_flags.feature_flags import FeatureFlags
    from lambda_powertools.feature_flags.schema import SchemaValidator
    from lambda_powertools.feature_flags.stores import (
        DynamoDBStore,
        FileStore,
        HTTPStore,
        InMemoryStore,
        S3Store,
        SSMStore,
    )

_MODULES = {
    "_explanation": ("ConditionExplanation", "Explanation", "RuleExplanation"),
    "appconfig": ("AppConfigExtensionStore", "AppConfigStore"),
    "base": ("StoreProvider",),
    "comparators": (),
    "constants": ("RuleAction",),
    "exceptions": (
        "ConfigurationStoreError",
        "FeatureDisabledError",
        "FeatureFlagsDependencyError",
        "FeatureFlagsError",
        "SchemaValidationError",
        "StoreClientError",
    ),
    "feature_flags": ("FeatureFlags",),
    "schema": ("SchemaValidator",),
    "stores": ("DynamoDBStore", "FileStore", "HTTPStore", "InMemoryStore", "S3Store", "SSMStore"),
    "types": (),
}
"""The modules and what is taken from them; the modules are attributes as well."""

_OWNERS = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _OWNERS:
        value = getattr(import_module(f"{__name__}.{_OWNERS[name]}"), name)
    elif name in _MODULES and not name.startswith("_"):
        value = import_module(f"{__name__}.{name}")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


__all__ = [
    "AppConfigExtensionStore",
    "AppConfigStore",
    "ConditionExplanation",
    "ConfigurationStoreError",
    "DynamoDBStore",
    "Explanation",
    "FeatureDisabledError",
    "FeatureFlags",
    "FeatureFlagsDependencyError",
    "FeatureFlagsError",
    "FileStore",
    "HTTPStore",
    "InMemoryStore",
    "RuleAction",
    "RuleExplanation",
    "S3Store",
    "SSMStore",
    "SchemaValidationError",
    "SchemaValidator",
    "StoreClientError",
    "StoreProvider",
    "__version__",
]
