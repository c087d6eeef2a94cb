"""Every exception of the package. No message of theirs holds a value of the data.

PowertoolsError
└── DataMaskingError                       a bad pattern or path, a failure while masking
    ├── DataMaskingUnsupportedTypeError    fields of data that has none, a context value that is no text
    ├── DataMaskingFieldNotFoundError      a path that matches nothing
    ├── DataMaskingEncryptKeyError         the KMS key cannot be used to encrypt
    ├── DataMaskingDecryptKeyError         the KMS key cannot be used to decrypt
    ├── DataMaskingDecryptValueError       what is to be decrypted is no intact encrypted message
    └── DataMaskingContextMismatchError    another encryption context than at encryption
"""

from __future__ import annotations

from lambda_powertools.core.exceptions import PowertoolsError


class DataMaskingError(PowertoolsError):
    """Base of the package's exceptions: a bad pattern or path, or a failure while masking."""


class DataMaskingUnsupportedTypeError(DataMaskingError):
    """Fields were asked for in data that has none, or a value of the encryption context is no text."""


class DataMaskingFieldNotFoundError(DataMaskingError):
    """A field, or a path of a rule, matches nothing in the data."""


class DataMaskingEncryptKeyError(DataMaskingError):
    """None of the KMS keys could be used to encrypt."""


class DataMaskingDecryptKeyError(DataMaskingError):
    """None of the KMS keys could be used to decrypt."""


class DataMaskingDecryptValueError(DataMaskingError):
    """What is to be decrypted is not an intact message that was encrypted before."""


class DataMaskingContextMismatchError(DataMaskingError):
    """The encryption context is not the one that the data was encrypted with."""
