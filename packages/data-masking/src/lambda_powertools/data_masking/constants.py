"""Fixed values of the package."""

from __future__ import annotations

DATA_MASKING_STRING = "*****"
"""What stands for an erased value when no mask is asked for."""

CACHE_CAPACITY = 100
"""How many data keys are cached, one for each encryption context in use."""

MAX_CACHE_AGE_SECONDS = 300.0
"""How long a data key is used."""

MAX_MESSAGES_ENCRYPTED = 4294967296
"""How many messages a data key encrypts; the most that the AWS Encryption SDK allows."""

MAX_BYTES_ENCRYPTED = 9223372036854775807
"""How many bytes a data key encrypts; the most that the AWS Encryption SDK allows."""

ENCRYPTED_DATA_KEY_CTX_KEY = "aws-crypto-public-key"
"""Name under which the AWS Encryption SDK puts the public key of a signature into the encryption context."""
