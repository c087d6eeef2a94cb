"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from lambda_powertools.core import Plugin


class EventHandlerPlugin(Plugin[None]):
    """HTTP event handlers for AWS Lambda: routing, middleware, dependency injection and responses."""

    name = "event_handler"
