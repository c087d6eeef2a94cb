"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class TracerPlugin(Plugin[None]):
    """AWS X-Ray tracing for AWS Lambda functions."""

    name = "tracer"
