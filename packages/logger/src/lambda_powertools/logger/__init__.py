"""Structured JSON logging for AWS Lambda functions."""

from lambda_powertools.logger.__about__ import __version__

__all__ = ["__version__"]
