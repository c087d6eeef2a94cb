"""The S3 client: made when first needed and marked with this package's name."""

from __future__ import annotations

from typing import Any

from lambda_powertools.streaming.__about__ import __version__

USER_AGENT = f"lambda-powertools-streaming/{__version__}"


def make_client() -> Any:
    """Return a new S3 client of the default session.

    Raises:
        ImportError: boto3 is not installed.
    """
    try:
        import boto3
    except ImportError as error:
        message = 'boto3 is needed to read from S3: pip install "lambda-powertools-streaming[aws-sdk]"'
        raise ImportError(message, name="boto3") from error
    return boto3.client("s3")
