"""Envelope encryption with the AWS Encryption SDK and AWS KMS.

The messages have the SDK's own format, so every implementation of it reads them:
https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking.constants import (
    CACHE_CAPACITY,
    ENCRYPTED_DATA_KEY_CTX_KEY,
    MAX_BYTES_ENCRYPTED,
    MAX_CACHE_AGE_SECONDS,
    MAX_MESSAGES_ENCRYPTED,
)
from lambda_powertools.data_masking.exceptions import (
    DataMaskingContextMismatchError,
    DataMaskingDecryptKeyError,
    DataMaskingDecryptValueError,
    DataMaskingEncryptKeyError,
    DataMaskingError,
    DataMaskingUnsupportedTypeError,
)
from lambda_powertools.data_masking.provider.base import BaseProvider, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lambda_powertools.data_masking.provider.kms._machinery import Machinery

_KEY_ADVICE = "give the ARN of a symmetric KMS key, not a key id or an alias, that the function may use"
_VALUE_ADVICE = "the data has to be something that was encrypted before, unchanged"


class AWSEncryptionSDKProvider(BaseProvider):
    """Encrypts with AWS KMS. Data keys are cached, so that not every message costs a call of KMS.

    Making one imports no AWS library, looks for no credentials and calls nothing; the first `encrypt` or `decrypt`
    does. Make one for the execution environment, outside of the handler.

    Example:
        >>> from lambda_powertools.data_masking import DataMasking
        >>> masking = DataMasking(AWSEncryptionSDKProvider(keys=["arn:aws:kms:eu-west-1:123456789012:key/1234"]))
        >>> masking.erase({"card": 4711}, fields=["card"])
        {'card': '*****'}
    """

    def __init__(
        self,
        keys: list[str],
        key_provider: Any = None,
        local_cache_capacity: int = CACHE_CAPACITY,
        max_cache_age_seconds: float = MAX_CACHE_AGE_SECONDS,
        max_messages_encrypted: int = MAX_MESSAGES_ENCRYPTED,
        max_bytes_encrypted: int = MAX_BYTES_ENCRYPTED,
        json_serializer: Callable[..., str] = dumps,
        json_deserializer: Callable[[str], Any] = loads,
    ) -> None:
        """Choose the keys and how long a data key is used.

        Args:
            keys: ARNs of symmetric KMS keys. The data key is encrypted under each, and any one decrypts.
            key_provider: does the encryption instead of KMS: has `encrypt(data=, provider_options=, **context)` and
                `decrypt(…)`.
            local_cache_capacity: how many data keys are cached; each encryption context has one of its own.
            max_cache_age_seconds: how long a data key is used.
            max_messages_encrypted: for how many messages a data key is used.
            max_bytes_encrypted: for how many bytes a data key is used.
            json_serializer: returns the JSON text of data.
            json_deserializer: returns the data of a JSON text.
        """
        super().__init__(json_serializer, json_deserializer)
        self._key_provider = key_provider or KMSKeyProvider(
            keys=keys,
            json_serializer=json_serializer,
            json_deserializer=json_deserializer,
            local_cache_capacity=local_cache_capacity,
            max_cache_age_seconds=max_cache_age_seconds,
            max_messages_encrypted=max_messages_encrypted,
            max_bytes_encrypted=max_bytes_encrypted,
        )

    def encrypt(self, data: Any, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> str:
        """Return the data encrypted, as base64 text; see `DataMasking.encrypt`."""
        encrypted: str = self._key_provider.encrypt(data=data, provider_options=provider_options, **encryption_context)
        return encrypted

    def decrypt(self, data: str, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> Any:
        """Return what was encrypted; see `DataMasking.decrypt`."""
        return self._key_provider.decrypt(data=data, provider_options=provider_options, **encryption_context)


class KMSKeyProvider:
    """The part of the provider that knows KMS.

    Attributes:
        keys: ARNs of the KMS keys.
    """

    def __init__(
        self,
        keys: list[str],
        json_serializer: Callable[..., str],
        json_deserializer: Callable[[str], Any],
        local_cache_capacity: int = CACHE_CAPACITY,
        max_cache_age_seconds: float = MAX_CACHE_AGE_SECONDS,
        max_messages_encrypted: int = MAX_MESSAGES_ENCRYPTED,
        max_bytes_encrypted: int = MAX_BYTES_ENCRYPTED,
    ) -> None:
        """Note what is to be used; see `AWSEncryptionSDKProvider` for the arguments."""
        self.keys = keys
        self.json_serializer = json_serializer
        self.json_deserializer = json_deserializer
        self._limits = (local_cache_capacity, max_cache_age_seconds, max_messages_encrypted, max_bytes_encrypted)
        self._machinery: Machinery | None = None
        self._lock = threading.Lock()

    @property
    def client(self) -> Any:
        """The SDK's `EncryptionSDKClient`."""
        return self._machine().client

    @property
    def cache(self) -> Any:
        """The SDK's cache of data keys."""
        return self._machine().cache

    @property
    def key_provider(self) -> Any:
        """The SDK's provider of master keys, strict: of `keys` and no others."""
        return self._machine().key_provider

    @property
    def cache_cmm(self) -> Any:
        """The SDK's materials manager that uses the cache."""
        return self._machine().cache_cmm

    def encrypt(self, data: Any, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> str:
        """Return the data encrypted, as base64 text.

        Raises:
            DataMaskingUnsupportedTypeError: a value of the context is no text.
            DataMaskingEncryptKeyError: no key could be used.
            DataMaskingError: the data's JSON cannot be written as UTF-8.
        """
        self._validate_encryption_context(encryption_context)
        source = _utf8(self.json_serializer(data))
        import base64

        from lambda_powertools.data_masking.provider.kms._machinery import ENCRYPT_KEY_ERRORS

        try:
            ciphertext, _ = self.client.encrypt(
                source=source,
                materials_manager=self.cache_cmm,
                encryption_context=encryption_context,
                **(provider_options or {}),
            )
        except ENCRYPT_KEY_ERRORS as error:
            raise DataMaskingEncryptKeyError(f"the data cannot be encrypted: {_KEY_ADVICE}") from error
        return base64.b64encode(ciphertext).decode()

    def decrypt(self, data: str, provider_options: dict[str, Any] | None = None, **encryption_context: str) -> Any:
        """Return what was encrypted, if the context is the same.

        Raises:
            DataMaskingUnsupportedTypeError: a value of the context is no text.
            DataMaskingDecryptKeyError: no key could be used.
            DataMaskingDecryptValueError: the data is no intact encrypted message.
            DataMaskingContextMismatchError: the context is another one.
        """
        self._validate_encryption_context(encryption_context)
        import base64

        from lambda_powertools.data_masking.provider.kms._machinery import DECRYPT_KEY_ERRORS, MESSAGE_ERRORS

        try:
            plaintext, header = self._decrypted(
                source=base64.b64decode(data), key_provider=self.key_provider, **(provider_options or {})
            )
        except DECRYPT_KEY_ERRORS as error:
            raise DataMaskingDecryptKeyError(f"the data cannot be decrypted: {_KEY_ADVICE}") from error
        except MESSAGE_ERRORS as error:
            raise DataMaskingDecryptValueError(f"the data cannot be decrypted: {_VALUE_ADVICE}") from error
        self._compare_encryption_context(header.encryption_context, encryption_context)
        return self._read(plaintext)

    def _decrypted(self, **options: Any) -> tuple[bytes, Any]:
        """Do as the client's `decrypt`, and leave no stream whose finalizer complains of a message that was refused."""
        stream = self.client.stream(mode="decrypt", **options)
        try:
            return stream.read(), stream.header
        except BaseException:
            stream.footer = None  # closing fails without one, which Python 3.13 prints where nobody can catch it
            raise
        finally:
            stream.close()

    def _read(self, plaintext: bytes) -> Any:
        try:
            return self.json_deserializer(plaintext.decode("utf-8"))
        except ValueError:
            pass  # raised below, without this error: it holds the plaintext
        raise DataMaskingDecryptValueError(
            "what was decrypted is no JSON in UTF-8: it was encrypted by something else, or needs a json_deserializer"
        )

    def _machine(self) -> Machinery:
        machinery = self._machinery
        if machinery is None:
            from lambda_powertools.data_masking.provider.kms._machinery import Machinery

            with self._lock:
                machinery = self._machinery
                if machinery is None:
                    machinery = self._machinery = Machinery(self.keys, *self._limits)
        return machinery

    @staticmethod
    def _validate_encryption_context(context: Mapping[str, Any]) -> None:
        """Raise for a value that is no text: KMS takes no other."""
        for key, value in context.items():
            if not isinstance(value, str):
                raise DataMaskingUnsupportedTypeError(
                    f"values of the encryption context have to be texts: {key} is {value!r}, "
                    f"of type {type(value).__name__}"
                )

    @staticmethod
    def _compare_encryption_context(actual: Mapping[str, str], expected: Mapping[str, str]) -> None:
        """Raise unless both say the same; the public key that the SDK adds does not count."""
        given = {key: value for key, value in actual.items() if key != ENCRYPTED_DATA_KEY_CTX_KEY}
        if given != dict(expected):
            raise DataMaskingContextMismatchError(
                "the encryption context is not the one that the data was encrypted with"
            )


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        pass  # raised below, without this error: it holds the data
    raise DataMaskingError("the data cannot be encrypted: a text in it has half of a surrogate pair, which UTF-8 lacks")
