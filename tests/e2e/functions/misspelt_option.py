"""A function whose author mistyped the name of a plugin."""

from lambda_powertools.core import powertools


@powertools(loger={"log_event": True})
def handler(event, context):
    """Echo the event."""
    return event
