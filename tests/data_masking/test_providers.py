"""Providers of one's own."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.exceptions import DataMaskingUnsupportedTypeError
from lambda_powertools.data_masking.provider import BaseProvider
from lambda_powertools.data_masking.provider.kms import AWSEncryptionSDKProvider


@pytest.mark.parametrize("operation", ["encrypt", "decrypt"])
def test_base_provider_cannot_encrypt(operation):
    """MASK-40: without a provider that encrypts there is a clear error."""
    with pytest.raises(NotImplementedError, match=operation):
        getattr(DataMasking(), operation)("secret")


def test_provider_is_given_data_options_and_context():
    """MASK-60: a provider's own methods get the plain data, the provider's options and the context."""

    class Noting(BaseProvider):
        def encrypt(self, data, provider_options=None, **encryption_context):
            return ("encrypt", data, provider_options, encryption_context)

        def decrypt(self, data, provider_options=None, **encryption_context):
            return ("decrypt", data, provider_options, encryption_context)

        def erase(self, data, **options):
            return ("erase", data, options)

    masking = DataMasking(provider=Noting())

    assert masking.encrypt({"a": 1}, {"x": 2}, tenant="t") == ("encrypt", {"a": 1}, {"x": 2}, {"tenant": "t"})
    assert masking.decrypt("abc", tenant="t") == ("decrypt", "abc", None, {"tenant": "t"})
    assert masking.erase([1], custom_mask="X") == ("erase", [1], {"custom_mask": "X"})
    assert masking.erase({"a": 1}, fields=["a"]) == {"a": ("erase", 1, {})}
    assert masking.erase({"a": 1}, masking_rules={"a": {"dynamic_mask": True}}) == {
        "a": ("erase", "1", {"dynamic_mask": True})
    }


def test_older_signatures_of_erase_work():
    """MASK-61: only the options that were given are passed on, so a shorter signature does."""

    class Short(BaseProvider):
        def erase(self, data):
            return "gone"

    masking = DataMasking(provider=Short())

    assert masking.erase("x") == "gone"
    assert masking.erase({"a": 1}, fields=["a"], dynamic_mask=False) == {"a": "gone"}
    assert masking.erase({"a": 1}, masking_rules={"a": {}}) == {"a": "gone"}


def test_mocked_erase_works():
    """MASK-61: what `erase` is called does not matter."""
    provider = BaseProvider()
    provider.erase = Mock(return_value="gone")

    assert DataMasking(provider=provider).erase({"a": 1}, fields=["a"]) == {"a": "gone"}
    provider.erase.assert_called_once_with(1)


class Rotating:
    def encrypt(self, *, data, provider_options, **context):
        return f"{data}{sorted(context)}"[::-1]

    def decrypt(self, *, data, provider_options, **context):
        return data[::-1]


def test_key_provider_takes_the_place_of_kms(monkeypatch):
    """MASK-54: with a key provider of one's own there is no KMS, and no client of it is made."""
    monkeypatch.setattr("socket.socket", None)
    masking = DataMasking(AWSEncryptionSDKProvider(keys=[], key_provider=Rotating()))

    assert masking.encrypt("abc", tenant="t") == "]'tnanet'[cba"
    assert masking.decrypt("cba") == "abc"


@pytest.mark.parametrize("operation", ["encrypt", "decrypt"])
def test_context_values_are_texts(operation):
    """MASK-42: a value that is no text is an error that names its key, before KMS is asked."""
    masking = DataMasking(AWSEncryptionSDKProvider(keys=["arn:aws:kms:eu-west-1:123456789012:key/none"]))

    with pytest.raises(DataMaskingUnsupportedTypeError, match="tenant is 7, of type int"):
        getattr(masking, operation)("abc", tenant=7, other="text")
