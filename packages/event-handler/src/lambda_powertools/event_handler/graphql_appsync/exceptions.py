"""What can go wrong between a GraphQL field and its function."""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import EventHandlerError


class ResolverNotFoundError(EventHandlerError, ValueError):
    """No function is registered for the type and field of an event."""


class InvalidBatchResponse(EventHandlerError):  # noqa: N818  # the name it is known by
    """A function for a whole batch returned something other than a list."""
