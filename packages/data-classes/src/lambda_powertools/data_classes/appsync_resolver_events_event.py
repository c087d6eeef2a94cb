"""AppSync Events: handlers of channel namespaces.

https://docs.aws.amazon.com/appsync/latest/eventapi/runtime-context-reference-events.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.appsync_resolver_event import AppSyncEventBase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class AppSyncResolverEventsInfo(DictWrapper):
    """The channel and what is done with it."""

    channel = required("channel", dict[str, Any])
    channel_path = required(("channel", "path"), str)
    channel_segments = required(("channel", "segments"), list[str])
    channel_namespace = required("channelNamespace", dict[str, Any])
    operation = required("operation", str, doc="`operation` of the event: `PUBLISH` or `SUBSCRIBE`.")


class AppSyncResolverEventsEvent(AppSyncEventBase):
    """Messages published to a channel, or a subscription of one.

    Example:
        >>> from lambda_powertools.data_classes import AppSyncResolverEventsEvent
        >>> event = AppSyncResolverEventsEvent(
        ...     {"info": {"channel": {"path": "/orders/new"}}, "events": [{"id": "1", "payload": {"order": 7}}]}
        ... )
        >>> event.info.channel_path, event.events[0]["payload"]
        ('/orders/new', {'order': 7})
    """

    out_errors = default("outErrors", list[str])
    info = wrapped("info", AppSyncResolverEventsInfo)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The messages; a list of one empty message when there are none."""
        return self._data.get("events") or [{}]
