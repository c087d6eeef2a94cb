"""pytest fixtures, contexts and events for testing AWS Lambda functions."""

from lambda_powertools.testing.__about__ import __version__

__all__ = ["__version__"]
