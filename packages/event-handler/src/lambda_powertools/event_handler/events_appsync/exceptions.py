"""What a function raises to have AppSync Events refuse a request."""

from __future__ import annotations

from lambda_powertools.event_handler.exceptions import EventHandlerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class UnauthorizedException(EventHandlerError):  # noqa: N818  # the name that AppSync looks for
    """The client may not subscribe to the channel, or publish to it: the invocation fails, and AppSync refuses.

    https://docs.aws.amazon.com/appsync/latest/eventapi/channel-namespace-handlers.html

    Args:
        message: why.
    """

    def __init__(self, message: str | None = None, *args: Any) -> None:
        super().__init__(*(() if message is None and not args else (message, *args)))
        self.name = "UnauthorizedException"
