# ruff: noqa: N815  # the names are the keys of the event
"""Events of an API Gateway REST API and of its Lambda authorizers.

The format: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, IPvAnyNetwork, field_validator, model_validator

from lambda_powertools.parser._decoding import source_ip
from lambda_powertools.parser._http import HttpMethod
from lambda_powertools.parser._model import EventModel


class ApiGatewayUserCertValidity(EventModel):
    """The time in which a client certificate is valid."""

    notBefore: str
    notAfter: str


class ApiGatewayUserCert(EventModel):
    """The client certificate of a mutual TLS request."""

    clientCertPem: str
    subjectDN: str
    issuerDN: str
    serialNumber: str
    validity: ApiGatewayUserCertValidity


class APIGatewayEventIdentity(EventModel):
    """Who sent a request."""

    accessKey: str | None = None
    accountId: str | None = None
    apiKey: str | None = None
    apiKeyId: str | None = None
    caller: str | None = None
    cognitoAuthenticationProvider: str | None = None
    cognitoAuthenticationType: str | None = None
    cognitoIdentityId: str | None = None
    cognitoIdentityPoolId: str | None = None
    principalOrgId: str | None = None
    sourceIp: IPvAnyNetwork | str
    user: str | None = None
    userAgent: str | None = None
    userArn: str | None = None
    clientCert: ApiGatewayUserCert | None = None

    @field_validator("sourceIp", mode="before")
    @classmethod
    def _check_source_ip(cls, value: Any) -> Any:
        return source_ip(value)


class APIGatewayEventAuthorizer(EventModel):
    """What a Cognito authorizer says of a request."""

    claims: dict[str, Any] | None = None
    scopes: list[str] | None = None


class APIGatewayEventRequestContext(EventModel):
    """What API Gateway adds to a request."""

    accountId: str
    apiId: str
    authorizer: APIGatewayEventAuthorizer | None = None
    stage: str
    protocol: str
    identity: APIGatewayEventIdentity
    requestId: str
    requestTime: str
    requestTimeEpoch: datetime
    resourceId: str | None = None
    resourcePath: str
    domainName: str | None = None
    domainPrefix: str | None = None
    extendedRequestId: str | None = None
    httpMethod: HttpMethod
    path: str
    connectedAt: datetime | None = None
    connectionId: str | None = None
    eventType: Literal["CONNECT", "MESSAGE", "DISCONNECT"] | None = None
    messageDirection: str | None = None
    messageId: str | None = None
    routeKey: str | None = None
    operationName: str | None = None

    @model_validator(mode="after")
    def _check_message_id(self) -> "APIGatewayEventRequestContext":
        if self.messageId and self.eventType != "MESSAGE":
            raise ValueError("messageId is available only when the `eventType` is `MESSAGE`")
        return self


class APIGatewayProxyEventModel(EventModel):
    """A request through a REST API's proxy integration."""

    version: str | None = None
    resource: str
    path: str
    httpMethod: HttpMethod
    headers: dict[str, str]
    multiValueHeaders: dict[str, list[str]]
    queryStringParameters: dict[str, str] | None = None
    multiValueQueryStringParameters: dict[str, list[str]] | None = None
    requestContext: APIGatewayEventRequestContext
    pathParameters: dict[str, str] | None = None
    stageVariables: dict[str, str] | None = None
    isBase64Encoded: bool | None = None
    body: str | type[BaseModel] | None = None


class ApiGatewayAuthorizerToken(EventModel):
    """A request to a token authorizer."""

    type: Literal["TOKEN"]
    methodArn: str
    authorizationToken: str


class ApiGatewayAuthorizerRequest(APIGatewayProxyEventModel):
    """A request to a request authorizer."""

    type: Literal["REQUEST"]
    methodArn: str
