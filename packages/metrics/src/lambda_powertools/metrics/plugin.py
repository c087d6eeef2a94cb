"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class MetricsPlugin(Plugin[None]):
    """CloudWatch metrics from AWS Lambda functions without API calls."""

    name = "metrics"
