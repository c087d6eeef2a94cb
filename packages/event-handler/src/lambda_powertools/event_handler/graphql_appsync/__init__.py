"""Routers and exceptions of `AppSyncResolver`."""
