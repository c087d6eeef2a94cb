"""A club welcomes its members: triggers of a user pool."""

from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    PostConfirmationTriggerEvent,
    PreSignUpTriggerEvent,
    PreTokenGenerationTriggerEvent,
)

COMMON = {
    "version": "1",
    "region": "eu-west-1",
    "userPoolId": "pool",
    "userName": "ann",
    "callerContext": {"awsSdkVersion": "3", "clientId": "c"},
}
EVENTS = [
    {
        **COMMON,
        "triggerSource": "PreSignUp_SignUp",
        "request": {
            "userAttributes": {"email": "ann@example.com"},
            "validationData": None,
            "clientMetadata": {"x": "y"},
        },
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    },
    {
        **COMMON,
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": {"email": "ann@example.com", "sub": "7"}},
        "response": {},
    },
    {
        **COMMON,
        "triggerSource": "TokenGeneration_Authentication",
        "request": {
            "userAttributes": {"sub": "7"},
            "groupConfiguration": {"groupsToOverride": ["a"], "iamRolesToOverride": [], "preferredRole": None},
        },
        "response": {"claimsOverrideDetails": None},
    },
]


def handler(event, context):
    if event["triggerSource"].startswith("PreSignUp"):
        sign_up = PreSignUpTriggerEvent(event)
        sign_up.response.auto_confirm_user = sign_up.request.user_attributes["email"].endswith("example.com")
        return sign_up.raw_event
    if event["triggerSource"].startswith("PostConfirmation"):
        confirmed = PostConfirmationTriggerEvent(event)
        return [confirmed.user_name, confirmed.caller_context.client_id, confirmed.request.user_attributes["sub"]]
    tokens = PreTokenGenerationTriggerEvent(event)
    tokens.response.claims_override_details.claims_to_add_or_override = {"club": "rowing"}
    return tokens.raw_event
