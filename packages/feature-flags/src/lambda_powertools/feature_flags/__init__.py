"""Feature flags for AWS Lambda functions: rules in a document, decided per call."""

from lambda_powertools.feature_flags.__about__ import __version__

__all__ = ["__version__"]
