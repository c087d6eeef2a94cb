# ruff: noqa: N815  # the names are the keys of the event
"""Events of an Application Load Balancer.

The format: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from pydantic import BaseModel

from lambda_powertools.parser._model import EventModel


class AlbRequestContextData(EventModel):
    """The target group of a request."""

    targetGroupArn: str


class AlbRequestContext(EventModel):
    """What the load balancer adds to a request."""

    elb: AlbRequestContextData


class AlbModel(EventModel):
    """An HTTP request through a load balancer."""

    httpMethod: str
    path: str
    body: str | type[BaseModel]
    isBase64Encoded: bool
    headers: dict[str, str]
    queryStringParameters: dict[str, str]
    requestContext: AlbRequestContext
