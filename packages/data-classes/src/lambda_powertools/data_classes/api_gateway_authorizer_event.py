"""Lambda authorizers of API Gateway: their events, and their answers.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._authorizer_policy import (
    DENY_ALL_RESPONSE,
    APIGatewayAuthorizerResponse,
    APIGatewayAuthorizerResponseV2,
    APIGatewayAuthorizerResponseWebSocket,
    HttpVerb,
)
from lambda_powertools.data_classes._fields import case_insensitive, default, nullable, required, wrapped
from lambda_powertools.data_classes._header_lookup import HeaderLookup
from lambda_powertools.data_classes._request_context import BaseRequestContext, BaseRequestContextV2
from lambda_powertools.data_classes._route_arn import APIGatewayRouteArn, parse_api_gateway_arn
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

__all__ = [
    "DENY_ALL_RESPONSE",
    "APIGatewayAuthorizerEventV2",
    "APIGatewayAuthorizerRequestEvent",
    "APIGatewayAuthorizerResponse",
    "APIGatewayAuthorizerResponseV2",
    "APIGatewayAuthorizerResponseWebSocket",
    "APIGatewayAuthorizerTokenEvent",
    "APIGatewayRouteArn",
    "HttpVerb",
    "parse_api_gateway_arn",
]


class APIGatewayAuthorizerTokenEvent(DictWrapper):
    """The question to an authorizer of type `TOKEN`.

    Example:
        >>> from lambda_powertools.data_classes.api_gateway_authorizer_event import APIGatewayAuthorizerTokenEvent
        >>> event = APIGatewayAuthorizerTokenEvent(
        ...     {"methodArn": "arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/GET/orders/7"}
        ... )
        >>> event.parsed_arn.http_method, event.parsed_arn.resource
        ('GET', 'orders/7')
    """

    _sensitive_properties: ClassVar[list[str]] = ["authorization_token"]

    get_type = required("type", str)
    authorization_token = required("authorizationToken", str)
    method_arn = required("methodArn", str)

    @property
    def parsed_arn(self) -> APIGatewayRouteArn:
        """The parts of `method_arn`."""
        return parse_api_gateway_arn(self.method_arn)


class _RequestEvent(HeaderLookup):
    """What both payload versions have of a request."""

    version = required("version", str)
    get_type = required("type", str)
    headers = case_insensitive("headers")


class APIGatewayAuthorizerRequestEvent(_RequestEvent):
    """The question to an authorizer of type `REQUEST`, payload version 1.0."""

    _sensitive_properties: ClassVar[list[str]] = ["authorization_token"]

    method_arn = required("methodArn", str)
    identity_source = required("identitySource", str)
    authorization_token = required("authorizationToken", str)
    resource = required("resource", str)
    path = required("path", str)
    http_method = required("httpMethod", str)
    query_string_parameters = nullable("queryStringParameters", dict[str, str])
    path_parameters = nullable("pathParameters", dict[str, str])
    stage_variables = nullable("stageVariables", dict[str, str])
    request_context = wrapped("requestContext", BaseRequestContext)

    @property
    def parsed_arn(self) -> APIGatewayRouteArn:
        """The parts of `method_arn`."""
        return parse_api_gateway_arn(self.method_arn)


class APIGatewayAuthorizerEventV2(_RequestEvent):
    """The question to an authorizer of an HTTP API, payload version 2.0."""

    route_arn = required("routeArn", str)
    identity_source = default("identitySource", list[str])
    route_key = required("routeKey", str)
    raw_path = required("rawPath", str)
    raw_query_string = required("rawQueryString", str)
    cookies = required("cookies", list[str])
    query_string_parameters = required("queryStringParameters", dict[str, str])
    request_context = wrapped("requestContext", BaseRequestContextV2)
    path_parameters = default("pathParameters", dict[str, str])
    stage_variables = default("stageVariables", dict[str, str])

    @property
    def parsed_arn(self) -> APIGatewayRouteArn:
        """The parts of `route_arn`."""
        return parse_api_gateway_arn(self.route_arn)
