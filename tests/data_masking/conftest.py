"""KMS of a moto server, as the AWS libraries see it by their environment variables."""

from __future__ import annotations

import pytest
from local_servers import CREDENTIALS, client


@pytest.fixture
def kms(moto_url, monkeypatch):
    """Give a client of moto's KMS, and point the AWS libraries at it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", CREDENTIALS["aws_access_key_id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", CREDENTIALS["aws_secret_access_key"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", CREDENTIALS["region_name"])
    return client("kms", moto_url)


@pytest.fixture
def key(kms):
    """Give the ARN of a new symmetric key."""
    return kms.create_key()["KeyMetadata"]["Arn"]
