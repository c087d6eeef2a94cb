"""Triggers around the sign-in of a user."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, optional, required, wrapped, writable
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

    from lambda_powertools.data_classes._fields import WritableField


class UserMigrationTriggerEventRequest(DictWrapper):
    """Who wants to sign in, or has forgotten the password. The password is kept out of `str` and `repr`."""

    _sensitive_properties: ClassVar[list[str]] = ["password"]

    password = required("password", str)
    validation_data = default("validationData", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class UserMigrationTriggerEventResponse(DictWrapper):
    """The user as found in the old directory."""

    user_attributes = writable(required("userAttributes", dict[str, str]))
    final_user_status: WritableField[Literal["CONFIRMED", "RESET_REQUIRED"] | None] = writable(
        optional("finalUserStatus")
    )
    message_action: WritableField[Literal["RESEND", "SUPPRESS"] | None] = writable(optional("messageAction"))
    desired_delivery_mediums = writable(default("desiredDeliveryMediums", list[str]))
    force_alias_creation = writable(optional("forceAliasCreation", bool))
    enable_sms_mfa = writable(optional("enableSMSMFA", bool))


class UserMigrationTriggerEvent(BaseTriggerEvent):
    """A user who is not in the pool wants to sign in, or has forgotten the password.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html
    """

    request = wrapped("request", UserMigrationTriggerEventRequest)
    response = wrapped("response", UserMigrationTriggerEventResponse)


class PreAuthenticationTriggerEventRequest(DictWrapper):
    """Who wants to sign in."""

    user_not_found = optional("userNotFound", bool)
    user_attributes = required("userAttributes", dict[str, str])
    validation_data = default("validationData", dict[str, str])


class PreAuthenticationTriggerEvent(BaseTriggerEvent):
    """A user wants to sign in; an exception of the handler denies it.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-authentication.html
    """

    request = wrapped("request", PreAuthenticationTriggerEventRequest)


class PostAuthenticationTriggerEventRequest(DictWrapper):
    """Who has signed in."""

    new_device_used = required("newDeviceUsed", bool)
    user_attributes = required("userAttributes", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class PostAuthenticationTriggerEvent(BaseTriggerEvent):
    """A user has signed in.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-authentication.html
    """

    request = wrapped("request", PostAuthenticationTriggerEventRequest)
