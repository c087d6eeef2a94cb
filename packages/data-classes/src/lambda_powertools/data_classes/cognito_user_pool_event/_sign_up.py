"""Triggers around the sign-up of a user."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, flag, required, wrapped, writable
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent


class PreSignUpTriggerEventRequest(DictWrapper):
    """Who wants to sign up."""

    user_attributes = required("userAttributes", dict[str, str])
    validation_data = default("validationData", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class PreSignUpTriggerEventResponse(DictWrapper):
    """Whether the user is confirmed without more ado."""

    auto_confirm_user = writable(flag("autoConfirmUser"))
    auto_verify_email = writable(flag("autoVerifyEmail"))
    auto_verify_phone = writable(flag("autoVerifyPhone"))


class PreSignUpTriggerEvent(BaseTriggerEvent):
    """A user wants to sign up.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html

    Example:
        >>> event = PreSignUpTriggerEvent({"request": {}, "response": {"autoConfirmUser": False}})
        >>> event.response.auto_confirm_user = True
        >>> event.raw_event["response"]
        {'autoConfirmUser': True}
    """

    request = wrapped("request", PreSignUpTriggerEventRequest)
    response = wrapped("response", PreSignUpTriggerEventResponse)


class PostConfirmationTriggerEventRequest(DictWrapper):
    """Who is confirmed."""

    user_attributes = required("userAttributes", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class PostConfirmationTriggerEvent(BaseTriggerEvent):
    """A user is confirmed, or has a new password.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
    """

    request = wrapped("request", PostConfirmationTriggerEventRequest)
