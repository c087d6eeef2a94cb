"""HTTP event handlers for AWS Lambda: routing, middleware, dependency injection and responses."""

from lambda_powertools.event_handler.__about__ import __version__

__all__ = ["__version__"]
