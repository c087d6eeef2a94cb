"""What of the AWS Encryption SDK a provider uses, imported and made at the first use.

https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/data-key-caching.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aws_encryption_sdk  # type: ignore[import-untyped]  # it ships no types
import botocore.session
from aws_encryption_sdk import exceptions as sdk
from cryptography.exceptions import InvalidSignature, InvalidTag

from lambda_powertools.core.aws import mark_user_agent
from lambda_powertools.data_masking.__about__ import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

USER_AGENT = f"lambda-powertools-data-masking/{__version__}"

_CONFIGURATION_ERRORS = (sdk.ConfigMismatchError, sdk.InvalidKeyIdError, sdk.UnknownRegionError)

ENCRYPT_KEY_ERRORS = (
    sdk.GenerateKeyError,
    sdk.EncryptKeyError,
    sdk.MasterKeyProviderError,
    *_CONFIGURATION_ERRORS,
)
"""What the SDK raises when a KMS key cannot be used to encrypt."""

DECRYPT_KEY_ERRORS = (sdk.DecryptKeyError, sdk.IncorrectMasterKeyError, *_CONFIGURATION_ERRORS)
"""What the SDK raises when no KMS key can be used to decrypt."""

# Whatever a header that has been tampered with leads the SDK's parser to.
MESSAGE_ERRORS = (
    sdk.AWSEncryptionSDKClientError,
    InvalidSignature,
    InvalidTag,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What the SDK raises for something that is no intact encrypted message."""


class Machinery:
    """The client of the SDK, the provider of the keys, the cache of data keys, and the manager that uses it."""

    def __init__(self, keys: Sequence[str], capacity: int, max_age: float, max_messages: int, max_bytes: int) -> None:
        session = mark_user_agent(botocore.session.Session(), USER_AGENT)
        self.client = aws_encryption_sdk.EncryptionSDKClient()
        self.key_provider = aws_encryption_sdk.StrictAwsKmsMasterKeyProvider(
            key_ids=list(keys), botocore_session=session
        )
        self.cache = aws_encryption_sdk.LocalCryptoMaterialsCache(capacity)
        self.cache_cmm = aws_encryption_sdk.CachingCryptoMaterialsManager(
            master_key_provider=self.key_provider,
            cache=self.cache,
            max_age=float(max_age),
            max_messages_encrypted=max_messages,
            max_bytes_encrypted=max_bytes,
        )
