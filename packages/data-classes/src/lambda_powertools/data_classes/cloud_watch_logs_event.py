"""Events of CloudWatch Logs subscriptions.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import cached, default, optional, required, wrapped_list
from lambda_powertools.data_classes._payload import from_base64, inflate
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from lambda_powertools.data_classes._fields import Field


class CloudWatchLogsLogEvent(DictWrapper):
    """One line of the log."""

    get_id = required("id", str)
    timestamp = required("timestamp", int, doc="Milliseconds of Unix time.")
    message = required("message", str)
    extracted_fields = default("extractedFields", dict[str, str], doc="What the filter pattern names, if it does.")


class CloudWatchLogsDecodedData(DictWrapper):
    """Lines of one log stream."""

    owner = required("owner", str, doc="The account that the log belongs to.")
    log_group = required("logGroup", str)
    log_stream = required("logStream", str)
    subscription_filters = required("subscriptionFilters", list[str])
    message_type: Field[Literal["DATA_MESSAGE", "CONTROL_MESSAGE"]] = required("messageType")
    policy_level = optional("policyLevel", str)
    log_events = wrapped_list("logEvents", CloudWatchLogsLogEvent)


class CloudWatchLogsEvent(DictWrapper):
    """Lines of a log that match a subscription filter.

    Example:
        >>> import base64, gzip
        >>> data = base64.b64encode(gzip.compress(b'{"logEvents": [{"message": "ready"}]}')).decode()
        >>> event = CloudWatchLogsEvent({"awslogs": {"data": data}})
        >>> [line.message for line in event.parse_logs_data().log_events]
        ['ready']
    """

    raw_logs_data = required(("awslogs", "data"), str, doc="The lines, compressed and in base64.")

    @cached
    def decompress_logs_data(self) -> bytes:
        """The JSON text of the lines."""
        return inflate(from_base64(self.raw_logs_data))

    @cached
    def _decoded_data(self) -> CloudWatchLogsDecodedData:
        content = self._json_deserializer(self.decompress_logs_data.decode("utf-8"))
        return CloudWatchLogsDecodedData(content, self._json_deserializer)

    def parse_logs_data(self) -> CloudWatchLogsDecodedData:
        """Return the lines, decompressed and parsed; the work is done once.

        Raises:
            binascii.Error: the data are not base64.
            zlib.error: the data are not compressed.
        """
        return self._decoded_data
