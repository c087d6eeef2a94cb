"""What DynamoDB and Kinesis streams add to an event when the function aggregates over tumbling windows."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, optional, required
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class StreamWindow(DictWrapper):
    """The time that a window spans, as ISO 8601 text."""

    start = required("start", str)
    end = required("end", str)


class TumblingWindowEvent(DictWrapper):
    """A batch of stream records, perhaps one of several that make up a window.

    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
    """

    state = default("state", dict[str, Any], doc="What the function returned for the batch before, of this window.")
    shard_id = optional("shardId", str)
    event_source_arn = optional("eventSourceARN", str)
    is_final_invoke_for_window = optional("isFinalInvokeForWindow", bool)
    is_window_terminated_early = optional("isWindowTerminatedEarly", bool)
