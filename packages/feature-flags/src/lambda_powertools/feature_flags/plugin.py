"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class FeatureFlagsPlugin(Plugin[None]):
    """Feature flags for AWS Lambda functions: rules in a document, decided per call."""

    name = "feature_flags"
