"""AppSync GraphQL resolvers: direct Lambda resolvers and Amplify functions.

https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import case_insensitive, default, optional, required
from lambda_powertools.data_classes._header_lookup import HeaderLookup
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class AppSyncIdentityIAM(DictWrapper):
    """A caller with IAM authorization; with a Lambda authorizer only `resolverContext` is in it."""

    source_ip = required("sourceIp", list[str])
    username = required("username", str)
    account_id = required("accountId", str)
    cognito_identity_pool_id = required("cognitoIdentityPoolId", str)
    cognito_identity_id = required("cognitoIdentityId", str)
    user_arn = required("userArn", str)
    cognito_identity_auth_type = required("cognitoIdentityAuthType", str)
    cognito_identity_auth_provider = required("cognitoIdentityAuthProvider", str)


class AppSyncIdentityCognito(DictWrapper):
    """A caller with a token of a Cognito user pool or another OpenID Connect provider."""

    source_ip = required("sourceIp", list[str])
    username = required("username", str)
    sub = required("sub", str)
    claims = required("claims", dict[str, Any])
    default_auth_strategy = required("defaultAuthStrategy", str)
    groups = required("groups", list[str], doc="`groups` of the event; null for a user in no group.")
    issuer = required("issuer", str)


def get_identity_object(
    identity: Any, json_deserializer: Callable[[str], Any] | None = None
) -> AppSyncIdentityIAM | AppSyncIdentityCognito | None:
    """Return the caller in the class that fits; None without one, which is so with an API key.

    Example:
        >>> identity = get_identity_object({"sub": "192879fc", "username": "jane"})
        >>> type(identity).__name__, identity.username
        ('AppSyncIdentityCognito', 'jane')
    """
    if identity is None:
        return None
    if isinstance(identity, dict) and "sub" in identity:
        return AppSyncIdentityCognito(identity, json_deserializer)
    return AppSyncIdentityIAM(identity, json_deserializer)


class AppSyncResolverEventInfo(DictWrapper):
    """Which field is resolved."""

    field_name = required("fieldName", str)
    parent_type_name = required("parentTypeName", str)
    variables = default("variables", dict[str, Any])
    selection_set_list = default("selectionSetList", list[str])
    selection_set_graphql = optional("selectionSetGraphQL", str)


class AppSyncEventBase(DictWrapper):
    """What the events of GraphQL and of AppSync Events have in common."""

    request_headers = case_insensitive(("request", "headers"))
    domain_name = optional(("request", "domainName"), str)
    prev_result = optional(("prev", "result"), dict[str, Any])
    stash = default("stash", dict[str, Any])

    @property
    def identity(self) -> AppSyncIdentityIAM | AppSyncIdentityCognito | None:
        """The caller; None with an API key."""
        return get_identity_object(self._data.get("identity"), self._json_deserializer)


class AppSyncResolverEvent(AppSyncEventBase, HeaderLookup):
    """A field that is to be resolved.

    Example:
        >>> from lambda_powertools.data_classes import AppSyncResolverEvent
        >>> event = AppSyncResolverEvent(
        ...     {"info": {"fieldName": "order", "parentTypeName": "Query"}, "arguments": {"id": 7}, "source": None}
        ... )
        >>> event.type_name, event.field_name, event.arguments, event.source
        ('Query', 'order', {'id': 7}, {})
    """

    _headers_property = "request_headers"

    arguments = required("arguments", dict[str, Any])
    source = default("source", dict[str, Any])

    @property
    def info(self) -> AppSyncResolverEventInfo:
        """Which field is resolved; of an Amplify function's event, put together from what that has."""
        data = self._data
        info = data.get("info") or {
            "fieldName": data.get("fieldName"),
            "parentTypeName": data.get("parentTypeName") or data.get("typeName"),
        }
        return AppSyncResolverEventInfo(info, self._json_deserializer)

    @property
    def type_name(self) -> str:
        """The type that the field belongs to."""
        return self.info.parent_type_name

    @property
    def field_name(self) -> str:
        """The field that is resolved."""
        return self.info.field_name
