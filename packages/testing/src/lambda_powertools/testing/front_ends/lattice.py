"""Amazon VPC Lattice with a Lambda function as target, event structures 1 and 2.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.front_ends.front_end import ACCOUNT_ID, FrontEnd
from lambda_powertools.testing.front_ends.load_balancer import check_description, is_text
from lambda_powertools.testing.front_ends.reply import Reply, read_body, read_headers, read_status, require_mapping
from lambda_powertools.testing.front_ends.request import grouped, joined, last

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.request import Request


class LatticeV1(FrontEnd):
    """VPC Lattice with the first event structure; its path includes the query string."""

    title = "VPC Lattice, event structure 1"

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request."""
        body, encoded = request.text_or_base64(text=is_text(request))
        return {
            "raw_path": _target(request),
            "method": request.method,
            "headers": joined(grouped(request.forwarded_headers())),
            "query_string_parameters": last(request.query()),
            "body": body,
            "is_base64_encoded": encoded,
        }

    def reply(self, result: Any, request: Request) -> Reply:  # noqa: ARG002  # other front ends look at it
        """Return the HTTP response."""
        result = require_mapping(result)
        status = read_status(result)
        check_description(result)
        return Reply(status, tuple(read_headers(result)), read_body(result))


class LatticeV2(LatticeV1):
    """VPC Lattice with the second event structure: lists of values, and a request context."""

    title = "VPC Lattice, event structure 2"

    def __init__(self, region: str = "us-east-1") -> None:
        self._region = region

    def event(self, request: Request) -> dict[str, Any]:
        """Return the event for a request."""
        body, encoded = request.text_or_base64(text=is_text(request))
        arn = f"arn:aws:vpc-lattice:{self._region}:{ACCOUNT_ID}"
        return {
            "version": "2.0",
            "path": _target(request),
            "method": request.method,
            "headers": grouped(request.forwarded_headers()),
            "queryStringParameters": request.query(),
            "body": body,
            "isBase64Encoded": encoded,
            "requestContext": {
                "serviceNetworkArn": f"{arn}:servicenetwork/sn-00000000000000000",
                "serviceArn": f"{arn}:service/svc-00000000000000000",
                "targetGroupArn": f"{arn}:targetgroup/tg-00000000000000000",
                "identity": {"sourceVpcArn": f"arn:aws:ec2:{self._region}:{ACCOUNT_ID}:vpc/vpc-00000000000000000"},
                "region": self._region,
                "timeEpoch": str(int(request.seconds * 1_000_000)),
            },
        }


def _target(request: Request) -> str:
    return f"{request.raw_path}?{request.raw_query}" if request.raw_query else request.raw_path
