"""The ARN of a route of API Gateway.

https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
"""

from __future__ import annotations

from lambda_powertools.data_classes.exceptions import InvalidRouteArnError


class APIGatewayRouteArn:
    """The parts of a route's ARN.

    Args:
        region: code of the region.
        aws_account_id: the account that owns the API.
        api_id: id of the API.
        stage: name of the stage.
        http_method: the verb, `*` for all; None for a WebSocket API, which has none.
        resource: path of the route; slashes at its beginning are left out.
        partition: partition of the region.
        is_websocket_authorizer: whether it is of a WebSocket API: then the ARN has no verb.

    Example:
        >>> route = APIGatewayRouteArn("eu-west-1", "123456789012", "abcdef", "prod", "GET", "/orders")
        >>> route.arn
        'arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/GET/orders'
    """

    def __init__(  # the parts that such an ARN has
        self,
        region: str,
        aws_account_id: str,
        api_id: str,
        stage: str,
        http_method: str | None,
        resource: str,
        partition: str = "aws",
        is_websocket_authorizer: bool = False,
    ) -> None:
        self.region = region
        self.aws_account_id = aws_account_id
        self.api_id = api_id
        self.stage = stage
        self.http_method = http_method
        self.resource = resource.lstrip("/")
        self.partition = partition
        self.is_websocket_authorizer = is_websocket_authorizer

    @property
    def arn(self) -> str:
        """The ARN as text."""
        api = f"arn:{self.partition}:execute-api:{self.region}:{self.aws_account_id}:{self.api_id}/{self.stage}"
        return f"{api}/{self.resource}" if self.is_websocket_authorizer else f"{api}/{self.http_method}/{self.resource}"


def parse_api_gateway_arn(arn: str, is_websocket_authorizer: bool = False) -> APIGatewayRouteArn:
    """Return the parts of a route's ARN.

    Args:
        arn: `arn:<partition>:execute-api:<region>:<account>:<api>/<stage>/<verb>/<path>`.
        is_websocket_authorizer: whether it is of a WebSocket API, whose ARNs have no verb.

    Raises:
        InvalidRouteArnError: it is no such ARN.

    Example:
        >>> parse_api_gateway_arn("arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/GET/orders/7").resource
        'orders/7'
    """
    try:
        _, partition, _, region, account, route = arn.split(":", 5)
        api_id, stage, *rest = route.split("/")
        http_method = None if is_websocket_authorizer else rest.pop(0)
    except (ValueError, IndexError):
        shape = "<api>/<stage>/<resource>" if is_websocket_authorizer else "<api>/<stage>/<verb>/<resource>"
        raise InvalidRouteArnError(
            f"Invalid API Gateway ARN: {arn!r}. It should be arn:<partition>:execute-api:<region>:<account>:{shape}"
        ) from None
    return APIGatewayRouteArn(
        region, account, api_id, stage, http_method, "/".join(rest), partition, is_websocket_authorizer
    )
