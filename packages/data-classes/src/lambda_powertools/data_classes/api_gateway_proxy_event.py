"""API Gateway REST APIs (payload version 1.0) and HTTP APIs (2.0).

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict
from lambda_powertools.data_classes._fields import cached, computed, default, empty_wrapped, optional, required, wrapped
from lambda_powertools.data_classes._multi_value import MultiValueProxyEvent
from lambda_powertools.data_classes._proxy import BaseProxyEvent
from lambda_powertools.data_classes._request_context import BaseRequestContext, BaseRequestContextV2
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.headers_serializer import (
    BaseHeadersSerializer,
    HttpApiHeadersSerializer,
    MultiValueHeadersSerializer,
)
from lambda_powertools.data_classes.shared_functions import parse_cookies, split_headers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class APIGatewayEventAuthorizer(DictWrapper):
    """What the authorizer of a REST API found out."""

    claims = default("claims", dict[str, Any])
    scopes = default("scopes", list[str])
    principal_id = default("principalId", str)
    integration_latency = optional("integrationLatency", int)

    def get_context(self) -> dict[str, Any]:
        """Return all that the authorizer gave, its own keys included."""
        return self._data


class APIGatewayEventRequestContext(BaseRequestContext):
    """The request context of a REST API; the connection's fields are those of WebSocket APIs."""

    connected_at = optional("connectedAt", int)
    connection_id = optional("connectionId", str)
    event_type = optional("eventType", str)
    message_direction = optional("messageDirection", str)
    message_id = optional("messageId", str)
    operation_name = optional("operationName", str)
    route_key = optional("routeKey", str)
    authorizer = empty_wrapped("authorizer", APIGatewayEventAuthorizer)


class APIGatewayProxyEvent(MultiValueProxyEvent):
    """A request through a REST API, payload version 1.0.

    Example:
        >>> from lambda_powertools.data_classes import APIGatewayProxyEvent
        >>> event = APIGatewayProxyEvent({"httpMethod": "GET", "pathParameters": {"id": "7"}, "headers": None})
        >>> event.http_method, event.path_parameters["id"], event.headers
        ('GET', '7', {})
    """

    version = required("version", str)
    resource = required("resource", str)
    path_parameters = default("pathParameters", dict[str, str])
    stage_variables = default("stageVariables", dict[str, str])
    request_context = wrapped("requestContext", APIGatewayEventRequestContext)

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what writes headers with all their values."""
        return MultiValueHeadersSerializer()


class RequestContextV2AuthorizerIam(DictWrapper):
    """The caller of an HTTP API with IAM authorization."""

    access_key = default("accessKey", str)
    account_id = default("accountId", str)
    caller_id = default("callerId", str)
    principal_org_id = default("principalOrgId", str)
    user_arn = default("userArn", str)
    user_id = default("userId", str)
    cognito_amr = default(("cognitoIdentity", "amr"), list[str])
    cognito_identity_id = default(("cognitoIdentity", "identityId"), str)
    cognito_identity_pool_id = default(("cognitoIdentity", "identityPoolId"), str)


class RequestContextV2Authorizer(DictWrapper):
    """What the authorizer of an HTTP API found out."""

    jwt_claim = default(("jwt", "claims"), dict[str, Any])
    jwt_scopes = default(("jwt", "scopes"), list[str])
    get_lambda = default("lambda", dict[str, Any], doc="`lambda` of the event: what a Lambda authorizer gave.")
    iam = empty_wrapped("iam", RequestContextV2AuthorizerIam)

    def get_context(self) -> dict[str, Any]:
        """Return what a Lambda authorizer gave: the same as `get_lambda`."""
        return self.get_lambda


class RequestContextV2(BaseRequestContextV2):
    """The request context of an HTTP API or a Function URL."""

    authorizer = empty_wrapped("authorizer", RequestContextV2Authorizer)


class APIGatewayProxyEventV2(BaseProxyEvent):
    """A request through an HTTP API, payload version 2.0.

    Example:
        >>> from lambda_powertools.data_classes import APIGatewayProxyEventV2
        >>> event = APIGatewayProxyEventV2(
        ...     {"rawPath": "/test/orders", "requestContext": {"stage": "test", "http": {"method": "GET"}}}
        ... )
        >>> event.http_method, event.path
        ('GET', '/orders')
    """

    version = required("version", str)
    route_key = required("routeKey", str)
    raw_path = required("rawPath", str)
    raw_query_string = required("rawQueryString", str)
    cookies = default("cookies", list[str])
    path_parameters = default("pathParameters", dict[str, str])
    stage_variables = default("stageVariables", dict[str, str])
    http_method = required(("requestContext", "http", "method"), str)
    request_context = wrapped("requestContext", RequestContextV2)

    @computed
    def path(self) -> str:
        """The path without the stage, which precedes it unless there is a custom domain."""
        path: str = self._data["rawPath"]
        stage: str = self._data["requestContext"]["stage"]
        prefix = f"/{stage}"
        if stage != "$default" and (path == prefix or path.startswith(prefix + "/")):
            path = path[len(prefix) :]
        return path or "/"

    @cached
    def resolved_headers_field(self) -> dict[str, Any]:
        """The headers; a value with commas is a list of its parts."""
        return CaseInsensitiveDict(split_headers(self.headers))

    @computed
    def resolved_cookies_field(self) -> dict[str, str]:
        """The cookies by name; of a name that comes twice the last."""
        return parse_cookies(";".join(self.cookies))

    def header_serializer(self) -> BaseHeadersSerializer:
        """Return what joins the values of a header and keeps cookies apart."""
        return HttpApiHeadersSerializer()
