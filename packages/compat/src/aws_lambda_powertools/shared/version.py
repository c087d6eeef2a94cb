"""The version of this distribution, under the name that the original library has for its own."""

from aws_lambda_powertools.__about__ import __version__

VERSION = __version__

__all__ = ["VERSION", "__version__"]
