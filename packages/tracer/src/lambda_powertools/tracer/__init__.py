"""AWS X-Ray tracing for AWS Lambda functions."""

from lambda_powertools.tracer.__about__ import __version__

__all__ = ["__version__"]
