"""CloudWatch metrics from AWS Lambda functions without API calls."""

from lambda_powertools.metrics.__about__ import __version__

__all__ = ["__version__"]
