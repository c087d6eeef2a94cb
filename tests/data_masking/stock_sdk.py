"""A script that knows the AWS Encryption SDK and nothing of this project.

Its arguments: `encrypt` or `decrypt`, the key, the context as JSON, and the text.
"""

from __future__ import annotations

import base64
import json
import sys

import aws_encryption_sdk

action, key, context, text = sys.argv[1:]
client = aws_encryption_sdk.EncryptionSDKClient()
keys = aws_encryption_sdk.StrictAwsKmsMasterKeyProvider(key_ids=[key])
if action == "encrypt":
    message, _ = client.encrypt(source=text.encode(), key_provider=keys, encryption_context=json.loads(context))
    print(base64.b64encode(message).decode())
else:
    plaintext, header = client.decrypt(source=base64.b64decode(text), key_provider=keys)
    assert json.loads(context).items() <= header.encryption_context.items()
    print(plaintext.decode())
