"""AppSync Events: the app for what is published to channels and who subscribes to them."""

from __future__ import annotations

from lambda_powertools.event_handler.events_appsync.appsync_events import AppSyncEventsResolver

__all__ = ["AppSyncEventsResolver"]
