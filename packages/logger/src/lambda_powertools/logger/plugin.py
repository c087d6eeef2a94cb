"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class LoggerPlugin(Plugin[None]):
    """Structured JSON logging for AWS Lambda functions."""

    name = "logger"
