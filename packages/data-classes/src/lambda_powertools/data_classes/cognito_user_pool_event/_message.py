"""Triggers that write messages, or send them."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, required, wrapped, writable
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class CustomMessageTriggerEventRequest(DictWrapper):
    """Placeholders for the message, and who it is for."""

    code_parameter = required("codeParameter", str)
    link_parameter = required("linkParameter", str)
    username_parameter = required("usernameParameter", str)
    user_attributes = required("userAttributes", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class CustomMessageTriggerEventResponse(DictWrapper):
    """The message."""

    sms_message = writable(required("smsMessage", str))
    email_message = writable(required("emailMessage", str))
    email_subject = writable(required("emailSubject", str))


class CustomMessageTriggerEvent(BaseTriggerEvent):
    """Cognito is about to send a message, whose text the function may write.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
    """

    request = wrapped("request", CustomMessageTriggerEventRequest)
    response = wrapped("response", CustomMessageTriggerEventResponse)


class _SenderRequest(DictWrapper):
    """What to send. The code is kept out of `str` and `repr`."""

    _sensitive_properties: ClassVar[list[str]] = ["code"]

    type = required("type", str)
    code = required("code", str, doc="Encrypted with the key of the trigger; None for some messages.")
    client_metadata = default("clientMetadata", dict[str, str])


class CustomEmailSenderTriggerEventRequest(_SenderRequest):
    """What to send, and to whom. The code is kept out of `str` and `repr`."""

    user_attributes = required("userAttributes", dict[str, str])


class CustomEmailSenderTriggerEvent(BaseTriggerEvent):
    """The function is to send a mail.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html
    """

    request = wrapped("request", CustomEmailSenderTriggerEventRequest)


class CustomSMSSenderTriggerEventRequest(_SenderRequest):
    """What to send, and to whom. The code is kept out of `str` and `repr`."""

    user_attributes = default("userAttributes", dict[str, str])


class CustomSMSSenderTriggerEvent(BaseTriggerEvent):
    """The function is to send a text message.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html
    """

    request = wrapped("request", CustomSMSSenderTriggerEventRequest)
