# ruff: noqa: N815  # the names are the keys of the event
"""Events of AppSync Events channels.

The format: https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespace-handlers.html
"""

from typing import Any, Literal

from lambda_powertools.parser._model import EventModel
from lambda_powertools.parser.models.appsync import AppSyncIdentity, AppSyncRequestModel


class AppSyncEventsInfoChannelModel(EventModel):
    """The channel of an operation."""

    path: str
    segments: list[str]


class AppSyncEventsInfoChannelNamespaceModel(EventModel):
    """The namespace of a channel."""

    name: str


class AppSyncEventsInfoModel(EventModel):
    """Which operation came on which channel."""

    channel: AppSyncEventsInfoChannelModel
    channelNamespace: AppSyncEventsInfoChannelNamespaceModel
    operation: Literal["PUBLISH", "SUBSCRIBE"]


class AppSyncEventsEventModel(EventModel):
    """One published event."""

    id: str
    payload: dict[str, Any]


class AppSyncEventsModel(EventModel):
    """A publication or a subscription."""

    identity: AppSyncIdentity | None = None
    request: AppSyncRequestModel
    info: AppSyncEventsInfoModel
    prev: str | None = None
    outErrors: list[str] | None = None
    stash: dict[str, Any] | None = None
    events: list[AppSyncEventsEventModel] | None = None
