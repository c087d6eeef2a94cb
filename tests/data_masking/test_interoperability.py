"""Messages are those of the AWS Encryption SDK: a stock script reads ours, and we read its."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lambda_powertools.data_masking import DataMasking
from lambda_powertools.data_masking.provider.kms import AWSEncryptionSDKProvider

SCRIPT = Path(__file__).parent / "stock_sdk.py"
DATA = {"card": "4711", "owner": "Grüße 🔐", "limits": [1, 2.5, None, True]}


def stock(action, key, context, text):
    command = [sys.executable, "-X", "utf8", str(SCRIPT), action, key, json.dumps(context), text]
    return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()


@pytest.mark.parametrize("context", [{}, {"tenant": "acme"}], ids=["no context", "context"])
def test_stock_sdk_reads_our_message(key, context):
    """A script with the plain SDK decrypts what is encrypted here, and sees the context."""
    encrypted = DataMasking(AWSEncryptionSDKProvider([key])).encrypt(DATA, **context)

    assert json.loads(stock("decrypt", key, context, encrypted)) == DATA


@pytest.mark.parametrize("context", [{}, {"tenant": "acme"}], ids=["no context", "context"])
def test_message_of_the_stock_sdk_is_read(key, context):
    """What a script with the plain SDK encrypts is decrypted here."""
    encrypted = stock("encrypt", key, context, json.dumps(DATA))

    assert DataMasking(AWSEncryptionSDKProvider([key])).decrypt(encrypted, **context) == DATA
