"""Lambda authorizers of AppSync.

https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
"""

from __future__ import annotations

from lambda_powertools.data_classes._builder import Builder
from lambda_powertools.data_classes._fields import optional, required, wrapped
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar
else:
    from lambda_powertools.core.static import Any


class AppSyncAuthorizerEventRequestContext(DictWrapper):
    """The request that is to be authorized."""

    api_id = required("apiId", str)
    account_id = required("accountId", str)
    request_id = required("requestId", str)
    query_string = required("queryString", str)
    operation_name = optional("operationName", str)
    variables = required("variables", dict[str, Any])


class AppSyncAuthorizerEvent(DictWrapper):
    """A question of AppSync whether a request may pass.

    Example:
        >>> from lambda_powertools.data_classes.appsync_authorizer_event import AppSyncAuthorizerEvent
        >>> event = AppSyncAuthorizerEvent({"authorizationToken": "secret", "requestContext": {"apiId": "orders"}})
        >>> event.authorization_token, event.request_context.api_id
        ('secret', 'orders')
    """

    _sensitive_properties: ClassVar[list[str]] = ["authorization_token"]

    authorization_token = required("authorizationToken", str)
    request_context = wrapped("requestContext", AppSyncAuthorizerEventRequestContext)


class AppSyncAuthorizerResponse(Builder):
    """The answer of an authorizer.

    Args:
        authorize: whether the request may pass.
        max_age: for how many seconds AppSync may keep the answer, 0 for not at all; by default what the API says.
        resolver_context: what resolvers find in `$ctx.identity.resolverContext`.
        deny_fields: fields that are null for this request: `Order.price`, or their ARNs.

    Example:
        >>> AppSyncAuthorizerResponse(authorize=True, max_age=0).asdict()
        {'isAuthorized': True, 'ttlOverride': 0}
    """

    def __init__(
        self,
        authorize: bool = False,
        max_age: int | None = None,
        resolver_context: dict[str, Any] | None = None,
        deny_fields: list[str] | None = None,
    ) -> None:
        self.authorize = authorize
        self.max_age = max_age
        self.resolver_context = resolver_context
        self.deny_fields = deny_fields

    def asdict(self) -> dict[str, Any]:
        """Return the answer as AppSync expects it."""
        response: dict[str, Any] = {"isAuthorized": self.authorize}
        if self.max_age is not None:
            response["ttlOverride"] = self.max_age
        if self.deny_fields:
            response["deniedFields"] = self.deny_fields
        if self.resolver_context:
            response["resolverContext"] = self.resolver_context
        return response
