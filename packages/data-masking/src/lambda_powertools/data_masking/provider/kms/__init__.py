"""Providers that encrypt with AWS KMS."""

from lambda_powertools.data_masking.provider.kms.aws_encryption_sdk import AWSEncryptionSDKProvider

__all__ = ["AWSEncryptionSDKProvider"]
