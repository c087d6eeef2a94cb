"""API Gateway, REST API with Lambda proxy integration.

Events and responses: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
Binary: https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
Limits: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.front_ends.front_end import ACCOUNT_ID, MEBIBYTE, FrontEnd
from lambda_powertools.testing.front_ends.reply import (
    Reply,
    json_reply,
    read_body,
    read_headers,
    read_multi_value_headers,
    read_status,
    require_mapping,
)
from lambda_powertools.testing.front_ends.request import grouped, last, short_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lambda_powertools.testing.front_ends.request import Request

API_ID = "restapi123"

# What API Gateway itself writes comes in its spelling; the others as a client of HTTP/2 sends them.
_SPELLED = {
    "host": "Host",
    "user-agent": "User-Agent",
    "x-amzn-trace-id": "X-Amzn-Trace-Id",
    "x-forwarded-for": "X-Forwarded-For",
    "x-forwarded-port": "X-Forwarded-Port",
    "x-forwarded-proto": "X-Forwarded-Proto",
}
_WITHOUT_VALUE = (
    *("accessKey", "accountId", "apiKey", "caller", "cognitoAuthenticationProvider", "cognitoAuthenticationType"),
    *("cognitoIdentityId", "cognitoIdentityPoolId", "user", "userArn"),
)


class RestApi(FrontEnd):
    """A REST API whose resources `/` and `/{proxy+}` have the method ANY.

    Without a stage it is as behind a custom domain name, at the root; with one as at its own, under the stage's name.
    """

    title = "API Gateway REST API"
    body_limit = 10 * MEBIBYTE

    def __init__(
        self,
        stage: str | None = None,
        binary_media_types: Iterable[str] = (),
        integration_timeout: float | None = None,
    ) -> None:
        self.stage = stage
        self.integration_timeout = 29 if integration_timeout is None else integration_timeout
        self._binary = frozenset(media_type.lower() for media_type in binary_media_types)

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request; its `path` is as sent, percent-encoded."""
        path = request.raw_path.removeprefix(f"/{self.stage}") or "/" if self.stage else request.raw_path
        headers = grouped(tuple((_SPELLED.get(name, name), value) for name, value in request.forwarded_headers()))
        query = request.query()
        body: str | None = None
        encoded = False
        if request.body:
            encoded = self._is_binary(request.media_type)
            body = request.text_or_base64(text=False)[0] if encoded else request.body.decode(errors="replace")
        resource = "/" if path == "/" else "/{proxy+}"
        return {
            "resource": resource,
            "path": path,
            "httpMethod": request.method,
            "headers": last(headers),
            "multiValueHeaders": headers,
            "queryStringParameters": last(query) or None,
            "multiValueQueryStringParameters": query or None,
            "pathParameters": None if path == "/" else {"proxy": path[1:]},
            "stageVariables": None,
            "requestContext": self._context(request, resource),
            "body": body,
            "isBase64Encoded": encoded,
        }

    def reply(self, result: Any, request: Request) -> Reply:
        """Return the HTTP response."""
        result = require_mapping(result)
        status = read_status(result)
        several = read_multi_value_headers(result)
        # Of a pair that is in both, the one in multiValueHeaders counts.
        single = [header for header in read_headers(result) if header not in several]
        decode = self._is_binary((request.header("accept") or "").split(",")[0].partition(";")[0].strip().lower())
        note = ""
        if result.get("isBase64Encoded") is True and not decode:
            note = (
                "the body is sent as base64 text: no binary media type of the API matches the request's "
                "Accept header; --binary-media-type '*/*' makes all types binary"
            )
        reply = Reply(status, (*single, *several), read_body(result, decode=decode), note)
        return reply.with_default_header("content-type", "application/json")

    def function_failed(self) -> Reply:
        """Return the response for an error of the function, its timeout, or a response that is malformed."""
        return json_reply(502, {"message": "Internal server error"})

    def not_in_stage(self) -> Reply:
        """Return the response for a path that does not begin with the stage."""
        return json_reply(403, {"message": "Forbidden"})

    def _is_binary(self, media_type: str) -> bool:
        return "*/*" in self._binary or media_type in self._binary

    def _context(self, request: Request, resource: str) -> dict[str, Any]:
        return {
            "accountId": ACCOUNT_ID,
            "apiId": API_ID,
            "domainName": request.host,
            "domainPrefix": request.host.partition(".")[0],
            "extendedRequestId": short_id(),
            "httpMethod": request.method,
            "identity": {
                **dict.fromkeys(_WITHOUT_VALUE),
                "sourceIp": request.source_ip,
                "userAgent": request.header("user-agent"),
            },
            "path": request.raw_path,
            "protocol": request.protocol,
            "requestId": request.id,
            "requestTime": request.time,
            "requestTimeEpoch": request.milliseconds,
            "resourceId": "123456",
            "resourcePath": resource,
            "stage": self.stage or "prod",
        }
