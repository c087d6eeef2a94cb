"""The exceptions that evaluating feature flags may raise."""

from __future__ import annotations

from lambda_powertools.feature_flags._errors import (
    ConfigurationStoreError,
    FeatureDisabledError,
    FeatureFlagsDependencyError,
    FeatureFlagsError,
    StoreClientError,
)
from lambda_powertools.feature_flags._errors import FeatureFlagsSchemaError as SchemaValidationError

__all__ = [
    "ConfigurationStoreError",
    "FeatureDisabledError",
    "FeatureFlagsDependencyError",
    "FeatureFlagsError",
    "SchemaValidationError",
    "StoreClientError",
]
