"""A notary encrypts with KMS, and decrypts what was encrypted."""

import os

from aws_lambda_powertools.utilities.data_masking import DataMasking
from aws_lambda_powertools.utilities.data_masking.exceptions import DataMaskingContextMismatchError
from aws_lambda_powertools.utilities.data_masking.provider.kms.aws_encryption_sdk import AWSEncryptionSDKProvider

EVENTS = [{"deed": {"owner": "Ann", "plots": [1, 2]}}]


def prepare(aws):
    os.environ["KEY"] = aws("kms").create_key()["KeyMetadata"]["Arn"]


def handler(event, context):
    masking = DataMasking(provider=AWSEncryptionSDKProvider(keys=[os.environ["KEY"]]))
    encrypted = masking.encrypt(event["deed"], office="north")
    try:
        masking.decrypt(encrypted, office="south")
    except DataMaskingContextMismatchError as error:
        refused = type(error).__name__
    return {"kind": type(encrypted).__name__, "deed": masking.decrypt(encrypted, office="north"), "refused": refused}
