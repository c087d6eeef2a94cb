"""What masks, encrypts and decrypts: the base class, to be replaced by your own."""

from lambda_powertools.data_masking.provider.base import BaseProvider

__all__ = ["BaseProvider"]
