"""Every exception of this package.

FeatureFlagsError
├── ConfigurationStoreError                     the configuration cannot be read at present
├── StoreClientError                            the configuration may not be read: permissions
├── FeatureFlagsSchemaError (SchemaValidationError)   the configuration breaks a rule of the schema
├── FeatureDisabledError                        a handler needs a feature that is off
└── FeatureFlagsDependencyError (also ImportError)    a library that a store needs is not installed
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class FeatureFlagsError(PowertoolsError):
    """Base of every exception of this package."""


class ConfigurationStoreError(FeatureFlagsError):
    """The configuration cannot be read or decoded at present; `FeatureFlags` falls back on what it knows."""


class StoreClientError(FeatureFlagsError):
    """The store refuses access: a permission is missing. Never falls back on anything."""


class FeatureFlagsSchemaError(FeatureFlagsError):
    """The configuration breaks a rule of the schema; exported as `SchemaValidationError`.

    The message names where: feature, rule and condition, as far as they are known.

    Attributes:
        feature: name of the feature.
        rule: name of the rule.
        condition: place of the condition in the rule's list, from 0 on.
    """

    def __init__(
        self, message: str, *, feature: object = None, rule: object = None, condition: int | None = None
    ) -> None:
        super().__init__(message)
        self.feature = feature
        self.rule = rule
        self.condition = condition

    def __str__(self) -> str:
        where = [] if self.feature is None else [f"feature={self.feature}"]
        if self.rule is not None:
            where.append(f"rule={self.rule}")
        if self.condition is not None:
            where.append(f"conditions[{self.condition}]")
        message = super().__str__()
        return f"{message}, {', '.join(where)}" if where else message


class FeatureDisabledError(FeatureFlagsError):
    """A handler was called that needs a feature which is off; the message names it."""


class FeatureFlagsDependencyError(FeatureFlagsError, ImportError):
    """A library that a store needs is not installed; the message says what to install."""
