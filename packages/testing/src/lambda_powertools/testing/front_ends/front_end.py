"""What all front ends have in common: limits, failures, and the two directions of translation."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from lambda_powertools.testing.front_ends.reply import Reply, json_reply

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request

ACCOUNT_ID = "123456789012"
MEBIBYTE = 1024 * 1024

EVENT_LIMIT = 6 * MEBIBYTE
"""Bytes of an event as JSON, in a synchronous invocation.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

RESPONSE_LIMIT = 6 * MEBIBYTE + 100
"""Bytes of a response as JSON; Lambda's error message names this number, the documentation rounds it to 6 MB."""


class FrontEnd(ABC):
    """One of AWS's services that invoke a function for an HTTP request.

    Attributes:
        title: what it is called.
        body_limit: most bytes of a request's body.
        response_limit: most bytes of what the handler returns, as JSON.
        integration_timeout: seconds after which it answers without the function; None if it waits for the function.
        stage: stage that paths begin with, None if they do not.
    """

    title: ClassVar[str]
    body_limit: ClassVar[int] = EVENT_LIMIT
    response_limit: ClassVar[int] = RESPONSE_LIMIT
    integration_timeout: float | None = None
    stage: str | None = None

    @abstractmethod
    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request."""

    @abstractmethod
    def reply(self, result: Any, request: Request) -> Reply:
        """Return the HTTP response for what a handler returned, which is JSON.

        Raises:
            MalformedResponseError: it is no response to this front end.
        """

    def function_failed(self) -> Reply:
        """Return the response for an error of the function, its timeout, or a response that is malformed."""
        return Reply(502, (("content-type", "text/plain"),), b"Internal Server Error")

    def integration_timed_out(self) -> Reply:
        """Return the response for a function that is still running when the front end's own time is up."""
        return json_reply(504, {"message": "Endpoint request timed out"})

    def request_too_large(self) -> Reply:
        """Return the response for a request over a limit."""
        return json_reply(413, {"message": "Request Too Long"})

    def not_in_stage(self) -> Reply:
        """Return the response for a path that does not begin with the stage."""
        return json_reply(404, {"message": "Not Found"})

    def new_id(self) -> str:
        """Return an id for a request."""
        return str(uuid.uuid4())

    def is_in_stage(self, request: Request) -> bool:
        """Whether the request is for the stage."""
        return self.stage is None or f"{request.raw_path}/".startswith(f"/{self.stage}/")

    def reply_headers(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Return the headers that the front end adds to every response."""
        return (("x-amzn-requestid", request.id),)
