# ruff: noqa: N815  # the names are the keys of the event
"""Events of S3 Object Lambda.

The format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
"""

from pydantic import BaseModel, HttpUrl

from lambda_powertools.parser._model import EventModel


class S3ObjectContext(EventModel):
    """Where to fetch the original object, and where the answer goes."""

    inputS3Url: HttpUrl
    outputRoute: str
    outputToken: str


class S3ObjectConfiguration(EventModel):
    """The access point that was asked."""

    accessPointArn: str
    supportingAccessPointArn: str
    payload: str | type[BaseModel]


class S3ObjectUserRequest(EventModel):
    """The request of the caller."""

    url: str
    headers: dict[str, str]


class S3ObjectSessionIssuer(EventModel):
    """Who issued the caller's session."""

    type: str
    userName: str | None = None
    principalId: str
    arn: str
    accountId: str


class S3ObjectSessionAttributes(EventModel):
    """When the session began, and how."""

    creationDate: str
    mfaAuthenticated: bool


class S3ObjectSessionContext(EventModel):
    """The caller's session."""

    sessionIssuer: S3ObjectSessionIssuer
    attributes: S3ObjectSessionAttributes


class S3ObjectUserIdentity(EventModel):
    """Who asks for the object."""

    type: str
    accountId: str
    accessKeyId: str
    userName: str | None = None
    principalId: str
    arn: str
    sessionContext: S3ObjectSessionContext | None = None


class S3ObjectLambdaEvent(EventModel):
    """An object to transform."""

    xAmzRequestId: str
    getObjectContext: S3ObjectContext
    configuration: S3ObjectConfiguration
    userRequest: S3ObjectUserRequest
    userIdentity: S3ObjectUserIdentity
    protocolVersion: str
