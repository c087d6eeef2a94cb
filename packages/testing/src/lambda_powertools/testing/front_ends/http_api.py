"""API Gateway, HTTP API.

Events and responses: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
Limits: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
Failures: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.front_ends.front_end import ACCOUNT_ID, MEBIBYTE
from lambda_powertools.testing.front_ends.payload_v2 import PayloadV2
from lambda_powertools.testing.front_ends.reply import Reply, json_reply
from lambda_powertools.testing.front_ends.request import short_id

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request

API_ID = "httpapi123"


class HttpApi(PayloadV2):
    """An HTTP API with payload format 2.0 and the route `$default`, called by its own domain name.

    Its `rawPath` is percent-decoded, in spite of its name, and begins with the stage unless that is `$default`.
    """

    title = "API Gateway HTTP API"
    body_limit = 10 * MEBIBYTE
    default_content_type = "text/plain;charset=UTF-8"

    def __init__(self, stage: str | None = None, integration_timeout: float | None = None) -> None:
        self.stage = stage
        self.integration_timeout = 30 if integration_timeout is None else integration_timeout

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request."""
        return self.base_event(request, request.path, {"accountId": ACCOUNT_ID, "apiId": API_ID})

    def new_id(self) -> str:
        """Return an id for a request."""
        return short_id()

    def function_failed(self) -> Reply:
        """Return the response for an error of the function, its timeout, or a response that is malformed."""
        return json_reply(500, {"message": "Internal Server Error"})

    def integration_timed_out(self) -> Reply:
        """Return the response for a function that is still running when the API's own time is up."""
        return json_reply(503, {"message": "Service Unavailable"})

    def reply_headers(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Return the header that names the request."""
        return (("apigw-requestid", request.id),)
