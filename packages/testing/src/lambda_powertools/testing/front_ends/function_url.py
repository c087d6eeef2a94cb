"""Lambda function URL.

https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.front_ends.front_end import EVENT_LIMIT
from lambda_powertools.testing.front_ends.payload_v2 import PayloadV2
from lambda_powertools.testing.front_ends.reply import Reply, json_reply

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request

URL_ID = "abcdefghijklmnopqrstuvwxyz012345"


class FunctionUrl(PayloadV2):
    """A function URL without authorisation. Its `rawPath` is the path as sent, percent-encoded."""

    title = "Lambda function URL"

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request."""
        return self.base_event(request, request.raw_path, {"accountId": "anonymous", "apiId": URL_ID})

    def function_failed(self) -> Reply:
        """Return the response for an error of the function, its timeout, or a response that is malformed."""
        return Reply(502, (("content-type", "application/json"),), b"Internal Server Error")

    def request_too_large(self) -> Reply:
        """Return the response for a request over a limit."""
        return json_reply(413, {"Message": f"Request must be smaller than {EVENT_LIMIT} bytes"})
