"""Lambda Function URLs, which send what HTTP APIs send.

https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
"""

from __future__ import annotations

from lambda_powertools.data_classes.api_gateway_proxy_event import APIGatewayProxyEventV2


class LambdaFunctionUrlEvent(APIGatewayProxyEventV2):
    """A request through a Function URL."""
