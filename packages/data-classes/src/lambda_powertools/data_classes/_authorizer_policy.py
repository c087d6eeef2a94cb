"""The answers of Lambda authorizers: IAM policies of routes, and yes or no.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
"""

from __future__ import annotations

from enum import Enum

from lambda_powertools.data_classes._builder import Builder
from lambda_powertools.data_classes._route_arn import APIGatewayRouteArn, parse_api_gateway_arn
from lambda_powertools.data_classes.exceptions import InvalidPolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

    from typing_extensions import Self

    Effect = Literal["Allow", "Deny"]
    Conditions = list[dict[str, Any]] | None

_ACTION = "execute-api:Invoke"


class HttpVerb(Enum):
    """The verbs that a policy may name."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    HEAD = "HEAD"
    DELETE = "DELETE"
    OPTIONS = "OPTIONS"
    ALL = "*"


DENY_ALL_RESPONSE: dict[str, Any] = {
    "principalId": "deny-all-user",
    "policyDocument": {
        "Version": "2012-10-17",
        "Statement": [{"Action": _ACTION, "Effect": "Deny", "Resource": ["*"]}],
    },
}
"""The answer that denies everything to everybody. It is shared: return it, do not change it."""


class APIGatewayAuthorizerResponseV2(Builder):
    """The simple answer of an HTTP API's authorizer.

    Args:
        authorize: whether the request may pass.
        context: what the integration finds in `requestContext.authorizer.lambda`.

    Example:
        >>> APIGatewayAuthorizerResponseV2(authorize=True, context={"tenant": "a"}).asdict()
        {'isAuthorized': True, 'context': {'tenant': 'a'}}
    """

    def __init__(self, authorize: bool = False, context: dict[str, Any] | None = None) -> None:
        self.authorize = authorize
        self.context = context

    def asdict(self) -> dict[str, Any]:
        """Return the answer as API Gateway expects it."""
        response: dict[str, Any] = {"isAuthorized": self.authorize}
        if self.context:
            response["context"] = self.context
        return response


def _verb(http_method: str | HttpVerb) -> str:
    """Return what stands for a verb in an ARN, given its name or value."""
    for verb in HttpVerb:
        if http_method in (verb.name, verb.value, verb):
            return verb.value
    allowed = [verb.value for verb in HttpVerb]
    raise InvalidPolicyError(f"Invalid HTTP verb: '{http_method}'. Use one of {allowed}, or 'ALL' for '*'")


class _Policy(Builder):
    """A policy of the routes of one stage."""

    _is_websocket: ClassVar[bool] = False

    def __init__(  # the parts of the answer and of the stage's ARN
        self,
        principal_id: str,
        region: str,
        aws_account_id: str,
        api_id: str,
        stage: str,
        context: dict[str, Any] | None = None,
        usage_identifier_key: str | None = None,
        partition: str = "aws",
    ) -> None:
        self.principal_id = principal_id
        self.region = region
        self.aws_account_id = aws_account_id
        self.api_id = api_id
        self.stage = stage
        self.context = context
        self.usage_identifier_key = usage_identifier_key
        self.partition = partition
        self._routes: list[tuple[Effect, str, Conditions]] = []

    @classmethod
    def from_route_arn(
        cls, arn: str, principal_id: str, context: dict[str, Any] | None = None, usage_identifier_key: str | None = None
    ) -> Self:
        """Return an answer for the API and stage of the ARN that the event has.

        Raises:
            InvalidRouteArnError: it is no ARN of a route.
        """
        route = parse_api_gateway_arn(arn, cls._is_websocket)
        return cls(
            principal_id,
            route.region,
            route.aws_account_id,
            route.api_id,
            route.stage,
            context,
            usage_identifier_key,
            route.partition,
        )

    def asdict(self) -> dict[str, Any]:
        """Return the answer as API Gateway expects it.

        Raises:
            InvalidPolicyError: no route has been allowed or denied.
        """
        if not self._routes:
            raise InvalidPolicyError("No statements defined for the policy: allow or deny at least one route")
        response: dict[str, Any] = {
            "principalId": self.principal_id,
            "policyDocument": {
                "Version": "2012-10-17",
                "Statement": [*self._statements("Allow"), *self._statements("Deny")],
            },
        }
        if self.usage_identifier_key:
            response["usageIdentifierKey"] = self.usage_identifier_key
        if self.context:
            response["context"] = self.context
        return response

    def _statements(self, effect: Effect) -> list[dict[str, Any]]:
        routes = [(arn, conditions) for of, arn, conditions in self._routes if of == effect]
        statements: list[dict[str, Any]] = [
            {"Action": _ACTION, "Effect": effect, "Resource": [arn], "Condition": conditions}
            for arn, conditions in routes
            if conditions
        ]
        unconditional = [arn for arn, conditions in routes if not conditions]
        if unconditional:
            statements.append({"Action": _ACTION, "Effect": effect, "Resource": unconditional})
        return statements

    def _add(self, effect: Effect, http_method: str | None, resource: str, conditions: Conditions) -> None:
        route = APIGatewayRouteArn(
            self.region,
            self.aws_account_id,
            self.api_id,
            self.stage,
            http_method,
            resource,
            self.partition,
            self._is_websocket,
        )
        self._routes.append((effect, route.arn, conditions))


class APIGatewayAuthorizerResponse(_Policy):
    """The answer of an authorizer of a REST API, or of an HTTP API with IAM policies.

    Args:
        principal_id: who asks.
        region: region of the API, or `*`.
        aws_account_id: the account that owns the API.
        api_id: id of the API, or `*`.
        stage: name of the stage, or `*`.
        context: what the integration finds in `requestContext.authorizer`; its values are texts, numbers or booleans.
        usage_identifier_key: API key of the usage plan.
        partition: partition of the region.

    Example:
        >>> policy = APIGatewayAuthorizerResponse("jane", "eu-west-1", "123456789012", "abcdef", "prod")
        >>> policy.allow_route("GET", "/orders/*")
        >>> policy.asdict()["policyDocument"]["Statement"][0]["Resource"]
        ['arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/GET/orders/*']
    """

    path_regex: ClassVar[str] = r"^[/.a-zA-Z0-9\-_\*\{\}\+]+$"
    """What the path of a route must match."""

    def allow_all_routes(self, http_method: str | HttpVerb = HttpVerb.ALL) -> None:
        """Allow every route with this verb, with every verb by default."""
        self._add("Allow", _verb(http_method), "*", None)

    def deny_all_routes(self, http_method: str | HttpVerb = HttpVerb.ALL) -> None:
        """Deny every route with this verb, with every verb by default."""
        self._add("Deny", _verb(http_method), "*", None)

    def allow_route(self, http_method: str | HttpVerb, resource: str, conditions: Conditions = None) -> None:
        """Allow a route.

        Args:
            http_method: an `HttpVerb`, or its name or value.
            resource: its path, which may have `*` in it.
            conditions: under which the statement holds; none by default.

        Raises:
            InvalidPolicyError: the verb or the path is none.
        """
        self._add("Allow", _verb(http_method), self._path(resource), conditions)

    def deny_route(self, http_method: str | HttpVerb, resource: str, conditions: Conditions = None) -> None:
        """Deny a route; what it takes and raises is what `allow_route` does."""
        self._add("Deny", _verb(http_method), self._path(resource), conditions)

    def _path(self, resource: str) -> str:
        import re

        if re.fullmatch(self.path_regex, resource) is None:
            raise InvalidPolicyError(f"Invalid resource path: {resource}. Path should match {self.path_regex}")
        return resource


class APIGatewayAuthorizerResponseWebSocket(_Policy):
    """The answer of an authorizer of a WebSocket API, whose routes have no verb.

    Args:
        principal_id: who asks.
        region: region of the API, or `*`.
        aws_account_id: the account that owns the API.
        api_id: id of the API, or `*`.
        stage: name of the stage, or `*`.
        context: what the integration finds in `requestContext.authorizer`; its values are texts, numbers or booleans.
        usage_identifier_key: API key of the usage plan.
        partition: partition of the region.

    Example:
        >>> policy = APIGatewayAuthorizerResponseWebSocket("jane", "eu-west-1", "123456789012", "abcdef", "prod")
        >>> policy.allow_route("$connect")
        >>> policy.asdict()["policyDocument"]["Statement"][0]["Resource"]
        ['arn:aws:execute-api:eu-west-1:123456789012:abcdef/prod/$connect']
    """

    _is_websocket = True

    def allow_all_routes(self, http_method: str | HttpVerb = HttpVerb.ALL) -> None:
        """Allow every route; a verb has no effect."""
        del http_method
        self._add("Allow", None, "*", None)

    def deny_all_routes(self, http_method: str | HttpVerb = HttpVerb.ALL) -> None:
        """Deny every route; a verb has no effect."""
        del http_method
        self._add("Deny", None, "*", None)

    def allow_route(self, resource: str, conditions: Conditions = None) -> None:
        """Allow a route, under conditions if there are any."""
        self._add("Allow", None, resource, conditions)

    def deny_route(self, resource: str, conditions: Conditions = None) -> None:
        """Deny a route, under conditions if there are any."""
        self._add("Deny", None, resource, conditions)
