"""Payload format 2.0, which HTTP APIs and function URLs share.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.front_ends.front_end import FrontEnd
from lambda_powertools.testing.front_ends.reply import Reply, read_body, read_cookies, read_headers, read_status
from lambda_powertools.testing.front_ends.request import grouped, joined

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request


class PayloadV2(FrontEnd):
    """A front end whose events and responses are of format 2.0."""

    default_content_type = "application/json"

    def base_event(self, request: Request, path: str, context: dict[str, Any]) -> dict[str, Any]:
        """Return the event of a request; keys without a value are left out, as AWS does.

        Args:
            request: the request.
            path: its path in the encoding of the front end.
            context: what the request context holds besides the request itself.
        """
        headers = joined(grouped(tuple(item for item in request.forwarded_headers() if item[0] != "cookie")))
        event: dict[str, Any] = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": request.raw_query,
            "cookies": request.cookies(),
            "headers": headers,
            "queryStringParameters": joined(request.query()),
            "requestContext": {
                **context,
                "domainName": request.host,
                "domainPrefix": request.host.partition(".")[0],
                "http": {
                    "method": request.method,
                    "path": path,
                    "protocol": request.protocol,
                    "sourceIp": request.source_ip,
                    "userAgent": request.header("user-agent") or "",
                },
                "requestId": request.id,
                "routeKey": "$default",
                "stage": self.stage or "$default",
                "time": request.time,
                "timeEpoch": request.milliseconds,
            },
            "body": None,
            "isBase64Encoded": False,
        }
        if request.body:
            event["body"], event["isBase64Encoded"] = request.text_or_base64(text=request.has_text_body())
        return {key: value for key, value in event.items() if value not in (None, [], {})}

    def reply(self, result: Any, request: Request) -> Reply:  # noqa: ARG002  # other front ends look at it
        """Return the HTTP response; what has no `statusCode` is a body of type JSON."""
        if not isinstance(result, dict) or "statusCode" not in result:
            text = result if isinstance(result, str) else json.dumps(result, separators=(",", ":"))
            return Reply(200, (("content-type", "application/json"),), text.encode(errors="surrogatepass"))
        status = read_status(result)
        reply = Reply(status, (*read_headers(result), *read_cookies(result)), read_body(result))
        return reply.with_default_header("content-type", self.default_content_type) if reply.body else reply
