"""What the events of all triggers have."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper


class CallerContext(DictWrapper):
    """The application that the user signs in to."""

    aws_sdk_version = required("awsSdkVersion", str)
    client_id = required("clientId", str)


class BaseTriggerEvent(DictWrapper):
    """What the events of all triggers have."""

    version = required("version", str)
    region = required("region", str)
    user_pool_id = required("userPoolId", str)
    trigger_source = required("triggerSource", str, doc="Which trigger, and which of the events that cause it.")
    user_name = required("userName", str)
    caller_context = wrapped("callerContext", CallerContext)
