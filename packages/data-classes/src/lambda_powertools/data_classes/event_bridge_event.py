"""Events of EventBridge.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import optional, required
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class EventBridgeEvent(DictWrapper):
    """An event from a bus.

    Example:
        >>> event = EventBridgeEvent({"source": "aws.ec2", "detail-type": "State change", "detail": {"state": "on"}})
        >>> event.source, event.detail_type, event.detail
        ('aws.ec2', 'State change', {'state': 'on'})
    """

    get_id = required("id", str)
    version = required("version", str)
    account = required("account", str)
    time = required("time", str)
    region = required("region", str)
    resources = required("resources", list[str])
    source = required("source", str)
    detail_type = required("detail-type", str)
    detail = required("detail", dict[str, Any])
    replay_name = optional("replay-name", str, doc="The replay of an archive that sent the event again.")
