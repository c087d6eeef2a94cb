from __future__ import annotations

import io
import json

import pytest

from lambda_powertools import parameters
from lambda_powertools.core.secrets import has_secrets, redact_secrets
from lambda_powertools.logger import Logger

PASSWORD = "correct horse battery"


@pytest.fixture
def log():
    """Log a text with the real logger and return the line."""

    def write(text, **keys):
        stream = io.StringIO()
        logger = Logger(service=f"masking-{id(stream)}", stream=stream)
        logger.info(text, extra=keys)
        return stream.getvalue()

    return write


def test_a_secret_is_masked_wherever_the_logger_writes(secrets, path, log):
    """A fetched secret does not appear in messages, nor inside longer texts and keys."""
    parameters.set_secret(f"{path}/s", PASSWORD)
    parameters.get_secret(f"{path}/s")

    line = log(f"connecting as root:{PASSWORD}@db", options={"dsn": [f"pw={PASSWORD};"]})

    assert PASSWORD not in line
    assert json.loads(line)["message"] == "connecting as root:*****@db"


@pytest.mark.parametrize("how", ["get", "path", "by name", "mixed", "set"])
def test_a_decrypted_parameter_is_masked(clients, ssm, path, how):
    """A SecureString that was decrypted, in whichever way, is registered as a secret."""
    put = clients("ssm").put_parameter
    put(Name=f"{path}/key", Value=PASSWORD, Type="SecureString")
    put(Name=f"{path}/public", Value="https://shop.example", Type="String")

    if how == "get":
        parameters.get_parameter(f"{path}/key", decrypt=True)
    elif how == "path":
        parameters.get_parameters(path, decrypt=True)
    elif how == "by name":
        parameters.get_parameters_by_name({f"{path}/key": None, f"{path}/public": None}, decrypt=True)
    elif how == "mixed":
        parameters.get_parameters_by_name({f"{path}/key": {"decrypt": True}, f"{path}/public": None})
    else:
        parameters.set_parameter(f"{path}/other", PASSWORD, parameter_type="SecureString")

    assert redact_secrets(f"{PASSWORD} https://shop.example") == "***** https://shop.example"


def test_what_is_no_secret_is_not_masked(ssm, path):
    """Plain parameters and ciphertext are not registered."""
    parameters.set_parameter(f"{path}/a", "https://shop.example")
    parameters.get_parameter(f"{path}/a", decrypt=True)
    parameters.get_parameters(path)

    assert not has_secrets()


def test_the_parts_of_a_document_are_masked(secrets, path, log):
    """Of a JSON secret each text is masked, except what every database secret tells openly."""
    document = {
        "username": "admin-user",
        "engine": "mysql",
        "password": PASSWORD,
        "extra": {"tokens": ["abcd-token", 7, None]},
    }
    parameters.set_secret(f"{path}/s", document)

    secret = parameters.get_secret(f"{path}/s", transform="json")

    assert secret == document
    line = log(
        f"{secret['password']} abcd-token {secret['username']} mysql {json.dumps(document, separators=(',', ':'))}"
    )
    assert json.loads(line)["message"] == "***** ***** admin-user mysql *****"


@pytest.mark.parametrize("batch", [True, False])
def test_bytes_that_are_text_are_masked(secrets, path, batch):
    """A binary secret is masked as the text that it is; one that is no text cannot appear as such."""
    secrets.client.create_secret(Name=f"{path}/text", SecretBinary=PASSWORD.encode())
    secrets.client.create_secret(Name=f"{path}/bytes", SecretBinary=b"\xff\xfe\xfd\xfc")

    if batch:
        parameters.get_secrets_by_name([f"{path}/text", f"{path}/bytes"])
    else:
        parameters.get_secret(f"{path}/text")
        parameters.get_secret(f"{path}/bytes")

    assert redact_secrets(f"[{PASSWORD}]") == "[*****]"


@pytest.mark.parametrize("text", ["[" * 100_000, "{not json", json.dumps([f"leaf-{n}" for n in range(1000)])])
def test_any_text_can_be_a_secret(text):
    """A secret that looks like JSON and is none, or is enormous, is masked as a whole."""

    class Client:
        def get_secret_value(self, SecretId):  # noqa: N803  # the SDK's own name
            return {"SecretString": text}

    assert parameters.SecretsProvider(boto3_client=Client()).get("s") == text
    assert redact_secrets(f"<{text}>") == "<*****>"
