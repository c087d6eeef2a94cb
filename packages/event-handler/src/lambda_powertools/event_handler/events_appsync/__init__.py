"""The app for channels of AppSync Events."""

from lambda_powertools.event_handler.events_appsync.appsync_events import AppSyncEventsResolver

__all__ = ["AppSyncEventsResolver"]
