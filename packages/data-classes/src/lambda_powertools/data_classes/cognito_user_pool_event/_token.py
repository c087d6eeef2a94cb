"""Triggers that change the tokens that a user receives.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, optional, wrapped, writable
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


def _created(data: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the object of a key, which is put into the event if it is not there: what is set in it is to count."""
    found: dict[str, Any] | None = data.get(key)
    if found is None:
        found = data[key] = {}
    return found


class GroupOverrideDetails(DictWrapper):
    """Groups and roles of a user."""

    groups_to_override = default("groupsToOverride", list[str])
    iam_roles_to_override = default("iamRolesToOverride", list[str])
    preferred_role = optional("preferredRole", str)


class PreTokenGenerationTriggerEventRequest(DictWrapper):
    """Who is to receive tokens."""

    group_configuration = wrapped("groupConfiguration", GroupOverrideDetails)
    user_attributes = default("userAttributes", dict[str, str])
    client_metadata = default("clientMetadata", dict[str, str])


class PreTokenGenerationTriggerV2EventRequest(PreTokenGenerationTriggerEventRequest):
    """Who is to receive tokens, and for which scopes."""

    scopes = default("scopes", list[str])


class ClaimsOverrideBase(DictWrapper):
    """Which claims to change. An empty default is no part of the event: assign it to have it counted."""

    claims_to_add_or_override = writable(default("claimsToAddOrOverride", dict[str, Any]))
    claims_to_suppress = writable(default("claimsToSuppress", list[str]))


class GroupConfigurationBase(DictWrapper):
    """Which groups and roles to change."""

    @property
    def group_configuration(self) -> GroupOverrideDetails | None:
        """Groups and roles to put in the place of the user's own; a dictionary is assigned."""
        details = self._data.get("groupOverrideDetails")
        return None if details is None else GroupOverrideDetails(details, self._json_deserializer)

    @group_configuration.setter
    def group_configuration(self, value: dict[str, Any]) -> None:
        self._data["groupOverrideDetails"] = value

    def set_group_configuration_groups_to_override(self, value: list[str]) -> None:
        """Set the groups."""
        _created(self._data, "groupOverrideDetails")["groupsToOverride"] = value

    def set_group_configuration_iam_roles_to_override(self, value: list[str]) -> None:
        """Set the ARNs of the roles."""
        _created(self._data, "groupOverrideDetails")["iamRolesToOverride"] = value

    def set_group_configuration_preferred_role(self, value: str) -> None:
        """Set the ARN of the preferred role."""
        _created(self._data, "groupOverrideDetails")["preferredRole"] = value


class ClaimsOverrideDetails(ClaimsOverrideBase, GroupConfigurationBase):
    """What to change in the id token."""


class TokenClaimsAndScopeOverrideDetails(ClaimsOverrideBase):
    """What to change in one token."""

    scopes_to_add = writable(default("scopesToAdd", list[str]))
    scopes_to_suppress = writable(default("scopesToSuppress", list[str]))


class ClaimsAndScopeOverrideDetails(GroupConfigurationBase):
    """What to change in each of the tokens."""

    @property
    def id_token_generation(self) -> TokenClaimsAndScopeOverrideDetails:
        """What to change in the id token; created in the event if need be, and a dictionary is assigned."""
        return TokenClaimsAndScopeOverrideDetails(_created(self._data, "idTokenGeneration"), self._json_deserializer)

    @id_token_generation.setter
    def id_token_generation(self, value: dict[str, Any]) -> None:
        self._data["idTokenGeneration"] = value

    @property
    def access_token_generation(self) -> TokenClaimsAndScopeOverrideDetails:
        """What to change in the access token; created in the event if need be, and a dictionary is assigned."""
        return TokenClaimsAndScopeOverrideDetails(
            _created(self._data, "accessTokenGeneration"), self._json_deserializer
        )

    @access_token_generation.setter
    def access_token_generation(self, value: dict[str, Any]) -> None:
        self._data["accessTokenGeneration"] = value


class PreTokenGenerationTriggerEventResponse(DictWrapper):
    """What to change."""

    @property
    def claims_override_details(self) -> ClaimsOverrideDetails:
        """What to change in the id token; created in the event if need be."""
        return ClaimsOverrideDetails(_created(self._data, "claimsOverrideDetails"), self._json_deserializer)


class PreTokenGenerationTriggerV2EventResponse(DictWrapper):
    """What to change."""

    @property
    def claims_scope_override_details(self) -> ClaimsAndScopeOverrideDetails:
        """What to change in each of the tokens; created in the event if need be."""
        return ClaimsAndScopeOverrideDetails(
            _created(self._data, "claimsAndScopeOverrideDetails"), self._json_deserializer
        )


class PreTokenGenerationTriggerEvent(BaseTriggerEvent):
    """A user is about to receive tokens: version 1, the id token can be changed.

    Example:
        >>> event = PreTokenGenerationTriggerEvent({"request": {}, "response": {"claimsOverrideDetails": None}})
        >>> event.response.claims_override_details.claims_to_suppress = ["email"]
        >>> event.raw_event["response"]
        {'claimsOverrideDetails': {'claimsToSuppress': ['email']}}
    """

    request = wrapped("request", PreTokenGenerationTriggerEventRequest)
    response = wrapped("response", PreTokenGenerationTriggerEventResponse)


class PreTokenGenerationV2TriggerEvent(BaseTriggerEvent):
    """A user is about to receive tokens: version 2, the access token can be changed too.

    Example:
        >>> event = PreTokenGenerationV2TriggerEvent({"request": {}, "response": {}})
        >>> event.response.claims_scope_override_details.access_token_generation.scopes_to_add = ["orders/read"]
        >>> event.raw_event["response"]["claimsAndScopeOverrideDetails"]
        {'accessTokenGeneration': {'scopesToAdd': ['orders/read']}}
    """

    request = wrapped("request", PreTokenGenerationTriggerV2EventRequest)
    response = wrapped("response", PreTokenGenerationTriggerV2EventResponse)
