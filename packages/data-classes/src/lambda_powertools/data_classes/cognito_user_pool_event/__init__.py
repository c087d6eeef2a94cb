"""Events of the triggers of Cognito user pools.

A handler changes the response of its event and returns `event.raw_event`.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent, CallerContext
    from lambda_powertools.data_classes.cognito_user_pool_event._challenge import (
        ChallengeResult,
        CreateAuthChallengeTriggerEvent,
        CreateAuthChallengeTriggerEventRequest,
        CreateAuthChallengeTriggerEventResponse,
        DefineAuthChallengeTriggerEvent,
        DefineAuthChallengeTriggerEventRequest,
        DefineAuthChallengeTriggerEventResponse,
        VerifyAuthChallengeResponseTriggerEvent,
        VerifyAuthChallengeResponseTriggerEventRequest,
        VerifyAuthChallengeResponseTriggerEventResponse,
    )
    from lambda_powertools.data_classes.cognito_user_pool_event._message import (
        CustomEmailSenderTriggerEvent,
        CustomEmailSenderTriggerEventRequest,
        CustomMessageTriggerEvent,
        CustomMessageTriggerEventRequest,
        CustomMessageTriggerEventResponse,
        CustomSMSSenderTriggerEvent,
        CustomSMSSenderTriggerEventRequest,
    )
    from lambda_powertools.data_classes.cognito_user_pool_event._sign_in import (
        PostAuthenticationTriggerEvent,
        PostAuthenticationTriggerEventRequest,
        PreAuthenticationTriggerEvent,
        PreAuthenticationTriggerEventRequest,
        UserMigrationTriggerEvent,
        UserMigrationTriggerEventRequest,
        UserMigrationTriggerEventResponse,
    )
    from lambda_powertools.data_classes.cognito_user_pool_event._sign_up import (
        PostConfirmationTriggerEvent,
        PostConfirmationTriggerEventRequest,
        PreSignUpTriggerEvent,
        PreSignUpTriggerEventRequest,
        PreSignUpTriggerEventResponse,
    )
    from lambda_powertools.data_classes.cognito_user_pool_event._token import (
        ClaimsAndScopeOverrideDetails,
        ClaimsOverrideBase,
        ClaimsOverrideDetails,
        GroupConfigurationBase,
        GroupOverrideDetails,
        PreTokenGenerationTriggerEvent,
        PreTokenGenerationTriggerEventRequest,
        PreTokenGenerationTriggerEventResponse,
        PreTokenGenerationTriggerV2EventRequest,
        PreTokenGenerationTriggerV2EventResponse,
        PreTokenGenerationV2TriggerEvent,
        TokenClaimsAndScopeOverrideDetails,
    )

_MODULES = {
    "_base": "BaseTriggerEvent CallerContext",
    "_challenge": (
        "ChallengeResult CreateAuthChallengeTriggerEvent CreateAuthChallengeTriggerEventRequest "
        "CreateAuthChallengeTriggerEventResponse DefineAuthChallengeTriggerEvent "
        "DefineAuthChallengeTriggerEventRequest DefineAuthChallengeTriggerEventResponse "
        "VerifyAuthChallengeResponseTriggerEvent VerifyAuthChallengeResponseTriggerEventRequest "
        "VerifyAuthChallengeResponseTriggerEventResponse"
    ),
    "_message": (
        "CustomEmailSenderTriggerEvent CustomEmailSenderTriggerEventRequest CustomMessageTriggerEvent "
        "CustomMessageTriggerEventRequest CustomMessageTriggerEventResponse CustomSMSSenderTriggerEvent "
        "CustomSMSSenderTriggerEventRequest"
    ),
    "_sign_in": (
        "PostAuthenticationTriggerEvent PostAuthenticationTriggerEventRequest PreAuthenticationTriggerEvent "
        "PreAuthenticationTriggerEventRequest UserMigrationTriggerEvent UserMigrationTriggerEventRequest "
        "UserMigrationTriggerEventResponse"
    ),
    "_sign_up": (
        "PostConfirmationTriggerEvent PostConfirmationTriggerEventRequest PreSignUpTriggerEvent "
        "PreSignUpTriggerEventRequest PreSignUpTriggerEventResponse"
    ),
    "_token": (
        "ClaimsAndScopeOverrideDetails ClaimsOverrideBase ClaimsOverrideDetails GroupConfigurationBase "
        "GroupOverrideDetails PreTokenGenerationTriggerEvent PreTokenGenerationTriggerEventRequest "
        "PreTokenGenerationTriggerEventResponse PreTokenGenerationTriggerV2EventRequest "
        "PreTokenGenerationTriggerV2EventResponse PreTokenGenerationV2TriggerEvent TokenClaimsAndScopeOverrideDetails"
    ),
}
"""Names by the module that has them: a function serves one trigger, seldom two."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
    return value


__all__ = [
    "BaseTriggerEvent",
    "CallerContext",
    "ChallengeResult",
    "ClaimsAndScopeOverrideDetails",
    "ClaimsOverrideBase",
    "ClaimsOverrideDetails",
    "CreateAuthChallengeTriggerEvent",
    "CreateAuthChallengeTriggerEventRequest",
    "CreateAuthChallengeTriggerEventResponse",
    "CustomEmailSenderTriggerEvent",
    "CustomEmailSenderTriggerEventRequest",
    "CustomMessageTriggerEvent",
    "CustomMessageTriggerEventRequest",
    "CustomMessageTriggerEventResponse",
    "CustomSMSSenderTriggerEvent",
    "CustomSMSSenderTriggerEventRequest",
    "DefineAuthChallengeTriggerEvent",
    "DefineAuthChallengeTriggerEventRequest",
    "DefineAuthChallengeTriggerEventResponse",
    "GroupConfigurationBase",
    "GroupOverrideDetails",
    "PostAuthenticationTriggerEvent",
    "PostAuthenticationTriggerEventRequest",
    "PostConfirmationTriggerEvent",
    "PostConfirmationTriggerEventRequest",
    "PreAuthenticationTriggerEvent",
    "PreAuthenticationTriggerEventRequest",
    "PreSignUpTriggerEvent",
    "PreSignUpTriggerEventRequest",
    "PreSignUpTriggerEventResponse",
    "PreTokenGenerationTriggerEvent",
    "PreTokenGenerationTriggerEventRequest",
    "PreTokenGenerationTriggerEventResponse",
    "PreTokenGenerationTriggerV2EventRequest",
    "PreTokenGenerationTriggerV2EventResponse",
    "PreTokenGenerationV2TriggerEvent",
    "TokenClaimsAndScopeOverrideDetails",
    "UserMigrationTriggerEvent",
    "UserMigrationTriggerEventRequest",
    "UserMigrationTriggerEventResponse",
    "VerifyAuthChallengeResponseTriggerEvent",
    "VerifyAuthChallengeResponseTriggerEventRequest",
    "VerifyAuthChallengeResponseTriggerEventResponse",
]
