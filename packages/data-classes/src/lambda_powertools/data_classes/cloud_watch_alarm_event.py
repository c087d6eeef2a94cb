"""Events that a CloudWatch alarm sends when its state changes.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, default, optional, required, wrapped, wrapped_list
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from lambda_powertools.data_classes._fields import Field
else:
    from lambda_powertools.core.static import Any


class CloudWatchAlarmState(DictWrapper):
    """The state of an alarm and why it is so."""

    value: Field[Literal["OK", "ALARM", "INSUFFICIENT_DATA"]] = required("value")
    reason = required("reason", str)
    reason_data = required("reasonData", str)
    actions_suppressed_by: Field[Literal["Alarm", "ExtensionPeriod", "WaitPeriod"] | None] = optional(
        "actionsSuppressedBy"
    )
    actions_suppressed_reason = optional("actionsSuppressedReason", str)
    timestamp = required("timestamp", str)

    @cached
    def reason_data_decoded(self) -> Any:
        """The figures behind the reason, parsed; None when there are none."""
        reason_data = self.reason_data
        return self._json_deserializer(reason_data) if reason_data else None


class CloudWatchAlarmMetricStat(DictWrapper):
    """Which metric an alarm watches and how it is condensed."""

    period = optional("period", int, doc="In seconds.")
    stat = optional("stat", str)
    unit = optional("unit", str)
    metric = default("metric", dict[str, Any])


class CloudWatchAlarmMetric(DictWrapper):
    """One metric, or one expression over metrics, of an alarm."""

    metric_id = required("id", str)
    expression = optional("expression", str)
    label = optional("label", str)
    return_data = required("returnData", bool, doc="Whether this is the metric that the alarm compares.")
    metric_stat = wrapped("metricStat", CloudWatchAlarmMetricStat)


class CloudWatchAlarmConfiguration(DictWrapper):
    """How the alarm is set up."""

    description = optional("description", str)
    alarm_rule = optional("alarmRule", str, doc="The rule of a composite alarm.")
    alarm_actions_suppressor = optional("actionsSuppressor", str)
    alarm_actions_suppressor_wait_period = optional("actionsSuppressorWaitPeriod", int, doc="In seconds.")
    alarm_actions_suppressor_extension_period = optional("actionsSuppressorExtensionPeriod", int, doc="In seconds.")
    metrics = wrapped_list("metrics", CloudWatchAlarmMetric, or_empty=True)


class CloudWatchAlarmData(DictWrapper):
    """The alarm, its state and its state before."""

    alarm_name = required("alarmName", str)
    state = wrapped("state", CloudWatchAlarmState)
    previous_state = wrapped("previousState", CloudWatchAlarmState)
    configuration = wrapped("configuration", CloudWatchAlarmConfiguration)


class CloudWatchAlarmEvent(DictWrapper):
    """The state of an alarm changed.

    Example:
        >>> event = CloudWatchAlarmEvent({"alarmData": {"alarmName": "errors", "state": {"value": "ALARM"}}})
        >>> event.alarm_data.alarm_name, event.alarm_data.state.value
        ('errors', 'ALARM')
    """

    source = required("source", str)
    alarm_arn = required("alarmArn", str)
    region = required("region", str)
    source_account_id = required("accountId", str)
    timestamp = required("time", str)
    alarm_data = wrapped("alarmData", CloudWatchAlarmData)
