"""AppSync GraphQL: routers and exceptions of `AppSyncResolver`."""
