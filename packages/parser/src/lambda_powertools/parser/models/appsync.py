# ruff: noqa: N815  # the names are the keys of the event
"""Events of AppSync resolvers.

The format: https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
"""

from typing import Any

from lambda_powertools.parser._model import EventModel


class AppSyncIamIdentity(EventModel):
    """A caller that IAM authorized."""

    accountId: str
    cognitoIdentityPoolId: str | None = None
    cognitoIdentityId: str | None = None
    sourceIp: list[str]
    username: str
    userArn: str
    cognitoIdentityAuthType: str | None = None
    cognitoIdentityAuthProvider: str | None = None


class AppSyncCognitoIdentity(EventModel):
    """A caller that a Cognito user pool authorized."""

    sub: str
    issuer: str
    username: str
    claims: dict[str, Any]
    sourceIp: list[str]
    defaultAuthStrategy: str
    groups: list[str] | None = None


class AppSyncOidcIdentity(EventModel):
    """A caller that an OpenID Connect provider authorized."""

    claims: dict[str, Any]
    issuer: str
    sub: str


class AppSyncLambdaIdentity(EventModel):
    """A caller that a Lambda authorizer authorized."""

    resolverContext: dict[str, Any]


AppSyncIdentity = AppSyncIamIdentity | AppSyncCognitoIdentity | AppSyncOidcIdentity | AppSyncLambdaIdentity


class AppSyncRequestModel(EventModel):
    """The HTTP request behind a GraphQL request."""

    domainName: str | None = None
    headers: dict[str, str]


class AppSyncInfoModel(EventModel):
    """Which field is to be resolved."""

    selectionSetList: list[str]
    selectionSetGraphQL: str
    parentTypeName: str
    fieldName: str
    variables: dict[str, Any]


class AppSyncPrevModel(EventModel):
    """What the previous function of a pipeline resolver gave."""

    result: dict[str, Any]


class AppSyncResolverEventModel(EventModel):
    """A field to resolve."""

    arguments: dict[str, Any]
    identity: AppSyncIdentity | None = None
    source: dict[str, Any] | None = None
    request: AppSyncRequestModel
    info: AppSyncInfoModel
    prev: AppSyncPrevModel | None = None
    stash: dict[str, Any]


AppSyncBatchResolverEventModel = list[AppSyncResolverEventModel]
