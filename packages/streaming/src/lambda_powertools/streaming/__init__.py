"""S3 objects larger than memory, read as seekable streams."""

from lambda_powertools.streaming.__about__ import __version__
from lambda_powertools.streaming.s3_object import S3Object

__all__ = ["S3Object", "__version__"]
