"""Application Load Balancer with a Lambda function as target.

Events, responses, limits: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
Failures: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.exceptions import MalformedResponseError
from lambda_powertools.testing.front_ends.front_end import ACCOUNT_ID, MEBIBYTE, FrontEnd
from lambda_powertools.testing.front_ends.reply import (
    Reply,
    read_body,
    read_headers,
    read_multi_value_headers,
    read_status,
    require_mapping,
)
from lambda_powertools.testing.front_ends.request import grouped, last

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request


def check_description(result: dict[str, Any]) -> None:
    """Check `statusDescription`; it is not sent, as ASGI leaves the reason phrase to the server.

    Raises:
        MalformedResponseError: it is no text.
    """
    if not isinstance(result.get("statusDescription", ""), (str, type(None))):
        raise MalformedResponseError("its statusDescription is no text")


def is_text(request: Request) -> bool:
    """Whether the body goes into the event as it is: it is not compressed, and of a type that the guide lists."""
    return request.header("content-encoding") is None and request.has_text_body()


class LoadBalancer(FrontEnd):
    """A load balancer. Path and query string are as sent, percent-encoded."""

    title = "Application Load Balancer"
    body_limit = MEBIBYTE
    response_limit = MEBIBYTE

    def __init__(self, *, multi_value: bool = False, region: str = "us-east-1") -> None:
        """Begin.

        Args:
            multi_value: whether multi-value headers are enabled for the target group.
            region: region of the target group.
        """
        self._multi_value = multi_value
        group = f"targetgroup/local/{'0' * 16}"
        self._target_group = f"arn:aws:elasticloadbalancing:{region}:{ACCOUNT_ID}:{group}"

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request; of a repeated header or parameter the last counts, unless multi-value."""
        headers, query = grouped(request.forwarded_headers()), request.query(decode=False)
        body, encoded = request.text_or_base64(text=is_text(request))
        event: dict[str, Any] = {
            "requestContext": {"elb": {"targetGroupArn": self._target_group}},
            "httpMethod": request.method,
            "path": request.raw_path,
        }
        if self._multi_value:
            event |= {"multiValueQueryStringParameters": query, "multiValueHeaders": headers}
        else:
            event |= {"queryStringParameters": last(query), "headers": last(headers)}
        return {**event, "body": body, "isBase64Encoded": encoded}

    def reply(self, result: Any, request: Request) -> Reply:  # noqa: ARG002  # other front ends look at it
        """Return the HTTP response; null is no body to the load balancer."""
        result = require_mapping(result)
        status = read_status(result)
        check_description(result)
        ignored, field = ("headers", "multiValueHeaders") if self._multi_value else ("multiValueHeaders", "headers")
        headers = read_multi_value_headers(result) if self._multi_value else read_headers(result)
        note = ""
        if result.get(ignored) and not result.get(field):
            state = "on" if self._multi_value else "off"
            note = f"{ignored} is ignored: with multi-value headers {state} the load balancer reads {field}"
        reply = Reply(status, tuple(headers), read_body(result, null_allowed=False), note)
        return reply.with_default_header("content-type", "application/octet-stream") if reply.body else reply

    def function_failed(self) -> Reply:
        """Return the response for an error of the function, its timeout, or a response that is malformed."""
        return _page(502, "Bad Gateway")

    def request_too_large(self) -> Reply:
        """Return the response for a request over a limit."""
        return _page(413, "Request Entity Too Large")

    def reply_headers(self, request: Request) -> tuple[tuple[str, str], ...]:  # noqa: ARG002  # it adds none
        """Return no headers."""
        return ()


def _page(status: int, phrase: str) -> Reply:
    title = f"{status} {phrase}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body>\n</html>\n"
    return Reply(status, (("content-type", "text/html"),), page.encode())
