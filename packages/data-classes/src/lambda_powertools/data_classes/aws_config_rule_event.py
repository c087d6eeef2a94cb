"""Events that AWS Config sends to the function behind a custom rule.

https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, optional, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class _ConfigurationItem(DictWrapper):
    """Which resource, of whom, and as of when."""

    configuration_item_version = required("configurationItemVersion", str)
    configuration_item_capture_time = required("configurationItemCaptureTime", str)
    configuration_state_id = required("configurationStateId", str)
    accountid = required("awsAccountId", str)
    configuration_item_status = required("configurationItemStatus", str)
    resource_type = required("resourceType", str)
    resource_id = required("resourceId", str)
    resource_name = required("resourceName", str)
    resource_arn = required("ARN", str)
    region = required("awsRegion", str)
    availability_zone = required("availabilityZone", str)
    configuration_state_md5_hash = required("configurationStateMd5Hash", str)
    resource_creation_time = required("resourceCreationTime", str)


class AWSConfigConfigurationItemChanged(_ConfigurationItem):
    """The resource as it is now."""

    related_events = required("relatedEvents", list[Any])
    relationships = required("relationships", list[Any])
    configuration = required("configuration", dict[str, Any])
    supplementary_configuration = required("supplementaryConfiguration", dict[str, Any])
    tags = required("tags", dict[str, str])


class AWSConfigConfigurationChanged(DictWrapper):
    """A resource changed, and here is what changed."""

    configuration_item_diff = required("configurationItemDiff", dict[str, Any])
    configuration_item = wrapped("configurationItem", AWSConfigConfigurationItemChanged)
    raw_configuration_item = required("configurationItem", dict[str, Any])
    record_version = required("recordVersion", str)
    message_type = required("messageType", str)
    notification_creation_time = required("notificationCreationTime", str)


class AWSConfigScheduledNotification(DictWrapper):
    """The period of the rule is over: it is time to evaluate."""

    accountid = required("awsAccountId", str)
    notification_creation_time = required("notificationCreationTime", str)
    record_version = required("recordVersion", str)
    message_type = required("messageType", str)


class AWSConfigOversizedConfigurationItemSummary(_ConfigurationItem):
    """Which resource changed, when its configuration is too large for an event."""

    change_type = required("changeType", str)


class AWSConfigOversizedConfiguration(DictWrapper):
    """A resource changed whose configuration is too large for an event; ask AWS Config for it."""

    configuration_item_summary = wrapped("configurationItemSummary", AWSConfigOversizedConfigurationItemSummary)
    raw_configuration_item_summary = required("configurationItemSummary", dict[str, Any])
    message_type = required("messageType", str)
    notification_creation_time = required("notificationCreationTime", str)
    record_version = required("recordVersion", str)


def get_invoke_event(
    invoking_event: dict[str, Any], json_deserializer: Callable[[str], Any] | None = None
) -> AWSConfigConfigurationChanged | AWSConfigScheduledNotification | AWSConfigOversizedConfiguration:
    """Return the class that fits the message type of an invoking event.

    Args:
        invoking_event: the parsed `invokingEvent` of a rule event.
        json_deserializer: handed to the class.
    """
    message_type = invoking_event.get("messageType")
    if message_type == "ScheduledNotification":
        return AWSConfigScheduledNotification(invoking_event, json_deserializer)
    if message_type == "OversizedConfigurationItemChangeNotification":
        return AWSConfigOversizedConfiguration(invoking_event, json_deserializer)
    return AWSConfigConfigurationChanged(invoking_event, json_deserializer)


class AWSConfigRuleEvent(DictWrapper):
    """An event of AWS Config for a custom rule.

    Example:
        >>> event = AWSConfigRuleEvent({"invokingEvent": '{"messageType": "ScheduledNotification"}'})
        >>> type(event.invoking_event).__name__
        'AWSConfigScheduledNotification'
    """

    version = required("version", str)
    raw_invoking_event = required("invokingEvent", str)
    result_token = required("resultToken", str)
    event_left_scope = required("eventLeftScope", bool)
    execution_role_arn = required("executionRoleArn", str)
    config_rule_arn = required("configRuleArn", str)
    config_rule_name = required("configRuleName", str)
    config_rule_id = required("configRuleId", str)
    accountid = required("accountId", str)
    evaluation_mode = optional("evaluationMode", str)
    evalution_mode = optional("evaluationMode", str, doc="The same as `evaluation_mode`, under its older spelling.")

    @cached
    def invoking_event(
        self,
    ) -> AWSConfigConfigurationChanged | AWSConfigScheduledNotification | AWSConfigOversizedConfiguration:
        """What happened, as the class that fits its message type."""
        return get_invoke_event(self._json_deserializer(self.raw_invoking_event), self._json_deserializer)

    @cached
    def rule_parameters(self) -> dict[str, Any]:
        """The parameters of the rule, parsed."""
        parameters: dict[str, Any] = self._json_deserializer(self._data["ruleParameters"])
        return parameters
