import logging

import pytest

from lambda_powertools.data_classes import CodePipelineJobEvent, TransferFamilyAuthorizer
from lambda_powertools.data_classes.cognito_user_pool_event import (
    CustomEmailSenderTriggerEvent,
    CustomSMSSenderTriggerEvent,
    UserMigrationTriggerEvent,
)

SECRET = "tell-no-one"

EVENTS = [
    (TransferFamilyAuthorizer, {"username": "ada", "password": SECRET}, lambda event: event.password, "password"),
    (
        UserMigrationTriggerEvent,
        {"request": {"password": SECRET}},
        lambda event: event.request.password,
        "password",
    ),
    (CustomEmailSenderTriggerEvent, {"request": {"code": SECRET}}, lambda event: event.request.code, "code"),
    (CustomSMSSenderTriggerEvent, {"request": {"code": SECRET}}, lambda event: event.request.code, "code"),
    (
        CodePipelineJobEvent,
        {"CodePipeline.job": {"data": {"artifactCredentials": {"accessKeyId": "a", "secretAccessKey": SECRET}}}},
        lambda event: event.data.artifact_credentials.secret_access_key,
        "secret_access_key",
    ),
    (
        CodePipelineJobEvent,
        {"CodePipeline.job": {"data": {"artifactCredentials": {"accessKeyId": "a", "sessionToken": SECRET}}}},
        lambda event: event.data.artifact_credentials.session_token,
        "session_token",
    ),
]


@pytest.mark.parametrize(("kind", "data", "read", "name"), EVENTS)
def test_secrets_are_kept_out_of_the_text(kind, data, read, name, caplog):
    """DC-5, T-11: a secret can be read, and is not in the text, the repr or the log of its event."""
    event = kind(data)

    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("event %s %r", event, event)

    assert read(event) == SECRET
    assert f"'{name}': '[SENSITIVE]'" in str(event)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("data", [{}, {"password": None}])
def test_login_with_a_key_has_no_password(data):
    """Section 2.3: a password that is missing or null is None."""
    assert TransferFamilyAuthorizer(data).password is None
