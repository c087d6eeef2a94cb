# ruff: noqa: N815  # the names are the keys of the event
"""Events of an API Gateway HTTP API, payload format 2.0, and of its Lambda authorizers.

The format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field, IPvAnyNetwork, field_validator

from lambda_powertools.parser._decoding import source_ip
from lambda_powertools.parser._http import HttpMethod
from lambda_powertools.parser._model import EventModel


class RequestContextV2AuthorizerIamCognito(EventModel):
    """The Cognito identity behind an IAM authorization."""

    amr: list[str]
    identityId: str
    identityPoolId: str


class RequestContextV2AuthorizerIam(EventModel):
    """What IAM authorization says of a request."""

    accessKey: str | None = None
    accountId: str | None = None
    callerId: str | None = None
    principalOrgId: str | None = None
    userArn: str | None = None
    userId: str | None = None
    cognitoIdentity: RequestContextV2AuthorizerIamCognito | None = None


class RequestContextV2AuthorizerJwt(EventModel):
    """What a JWT authorizer says of a request."""

    claims: dict[str, Any]
    scopes: list[str] | None = None


class RequestContextV2Authorizer(EventModel):
    """What an authorizer says of a request: one of its fields is set."""

    jwt: RequestContextV2AuthorizerJwt | None = None
    iam: RequestContextV2AuthorizerIam | None = None
    lambda_value: dict[str, Any] | None = Field(default=None, alias="lambda")


class RequestContextV2Http(EventModel):
    """The request line and the client of a request."""

    method: HttpMethod
    path: str
    protocol: str
    sourceIp: IPvAnyNetwork | str
    userAgent: str

    @field_validator("sourceIp", mode="before")
    @classmethod
    def _check_source_ip(cls, value: Any) -> Any:
        return source_ip(value)


class RequestContextV2(EventModel):
    """What API Gateway adds to a request."""

    accountId: str
    apiId: str
    authorizer: RequestContextV2Authorizer | None = None
    domainName: str
    domainPrefix: str
    requestId: str
    routeKey: str
    stage: str
    time: str
    timeEpoch: datetime
    http: RequestContextV2Http


class APIGatewayProxyEventV2Model(EventModel):
    """A request through an HTTP API."""

    version: str
    routeKey: str
    rawPath: str
    rawQueryString: str
    cookies: list[str] | None = None
    headers: dict[str, str]
    queryStringParameters: dict[str, str] | None = None
    pathParameters: dict[str, str] | None = None
    stageVariables: dict[str, str] | None = None
    requestContext: RequestContextV2
    body: str | type[BaseModel] | None = None
    isBase64Encoded: bool | None = None


class ApiGatewayAuthorizerRequestV2(APIGatewayProxyEventV2Model):
    """A request to a Lambda authorizer of an HTTP API."""

    type: Literal["REQUEST"]
    routeArn: str
    identitySource: list[str] | None = None
