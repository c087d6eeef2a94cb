import importlib
import json

import pytest

from lambda_powertools.data_classes.cognito_user_pool_event import (
    BaseTriggerEvent,
    ClaimsAndScopeOverrideDetails,
    ClaimsOverrideDetails,
    CreateAuthChallengeTriggerEvent,
    CustomMessageTriggerEvent,
    DefineAuthChallengeTriggerEvent,
    PreSignUpTriggerEvent,
    PreTokenGenerationTriggerEvent,
    PreTokenGenerationTriggerV2EventResponse,
    PreTokenGenerationV2TriggerEvent,
    UserMigrationTriggerEvent,
    VerifyAuthChallengeResponseTriggerEvent,
)


def event_of(kind, response):
    return kind({"request": {}, "response": response})


@pytest.mark.parametrize(
    ("kind", "response", "changes", "expected"),
    [
        (
            PreSignUpTriggerEvent,
            {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
            {"auto_confirm_user": True, "auto_verify_email": True},
            {"autoConfirmUser": True, "autoVerifyEmail": True, "autoVerifyPhone": False},
        ),
        (
            UserMigrationTriggerEvent,
            {"userAttributes": None},
            {
                "user_attributes": {"username": "ada"},
                "final_user_status": "CONFIRMED",
                "message_action": "SUPPRESS",
                "desired_delivery_mediums": ["EMAIL"],
                "force_alias_creation": False,
                "enable_sms_mfa": True,
            },
            {
                "userAttributes": {"username": "ada"},
                "finalUserStatus": "CONFIRMED",
                "messageAction": "SUPPRESS",
                "desiredDeliveryMediums": ["EMAIL"],
                "forceAliasCreation": False,
                "enableSMSMFA": True,
            },
        ),
        (
            CustomMessageTriggerEvent,
            {"smsMessage": None, "emailMessage": None, "emailSubject": None},
            {"sms_message": "####", "email_subject": "Hi"},
            {"smsMessage": "####", "emailMessage": None, "emailSubject": "Hi"},
        ),
        (
            DefineAuthChallengeTriggerEvent,
            {"challengeName": None, "failAuthentication": None, "issueTokens": None},
            {"challenge_name": "CUSTOM_CHALLENGE", "fail_authentication": False, "issue_tokens": True},
            {"challengeName": "CUSTOM_CHALLENGE", "failAuthentication": False, "issueTokens": True},
        ),
        (
            CreateAuthChallengeTriggerEvent,
            {},
            {
                "public_challenge_parameters": {"image": "cat.png"},
                "private_challenge_parameters": {"answer": "cat"},
                "challenge_metadata": "IMAGE",
            },
            {
                "publicChallengeParameters": {"image": "cat.png"},
                "privateChallengeParameters": {"answer": "cat"},
                "challengeMetadata": "IMAGE",
            },
        ),
        (VerifyAuthChallengeResponseTriggerEvent, {}, {"answer_correct": True}, {"answerCorrect": True}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_response_is_written_into_the_event(kind, response, changes, expected):
    """DC-7, DC-11: what a handler assigns is in the raw event, and every view of it sees it at once."""
    event = event_of(kind, response)

    for name, value in changes.items():
        setattr(event.response, name, value)

    assert event.raw_event["response"] == expected
    assert {name: getattr(event.response, name) for name in changes} == changes
    assert json.loads(json.dumps(event.raw_event))["response"] == expected


@pytest.mark.parametrize("response", [{}, {"claimsOverrideDetails": None}])
def test_claims_are_created_when_they_are_read(response):
    """Section 2.3: what a handler sets in the claims counts, also when the event came without them."""
    event = event_of(PreTokenGenerationTriggerEvent, response)

    details = event.response.claims_override_details

    assert type(details) is ClaimsOverrideDetails
    assert event.raw_event["response"] == {"claimsOverrideDetails": {}}
    assert (details.claims_to_add_or_override, details.claims_to_suppress) == ({}, [])
    assert details.group_configuration is None
    details.claims_to_add_or_override = {"tenant": "a"}
    details.claims_to_suppress = ["email"]
    details.set_group_configuration_groups_to_override(["admins"])
    assert event.raw_event["response"]["claimsOverrideDetails"] == {
        "claimsToAddOrOverride": {"tenant": "a"},
        "claimsToSuppress": ["email"],
        "groupOverrideDetails": {"groupsToOverride": ["admins"]},
    }


def test_existing_claims_are_kept():
    """Section 2.3: claims that the event came with are not replaced."""
    claims = {"claimsToSuppress": ["email"]}

    event = event_of(PreTokenGenerationTriggerEvent, {"claimsOverrideDetails": claims})

    assert event.response.claims_override_details.raw_event is claims


@pytest.mark.parametrize("absent", [{}, {"idTokenGeneration": None, "accessTokenGeneration": None}])
def test_tokens_of_version_2_are_created_when_they_are_read(absent):
    """Section 7.2: both tokens can be changed, also when the event came without them."""
    event = event_of(PreTokenGenerationV2TriggerEvent, {"claimsAndScopeOverrideDetails": absent})
    details = event.response.claims_scope_override_details
    assert type(details) is ClaimsAndScopeOverrideDetails

    details.id_token_generation.claims_to_add_or_override = {"tenant": "a"}
    details.access_token_generation.scopes_to_add = ["orders/read"]
    details.access_token_generation.scopes_to_suppress = ["openid"]
    details.group_configuration = {"preferredRole": "role"}

    assert details.group_configuration.preferred_role == "role"
    assert event.raw_event["response"]["claimsAndScopeOverrideDetails"] == {
        "idTokenGeneration": {"claimsToAddOrOverride": {"tenant": "a"}},
        "accessTokenGeneration": {"scopesToAdd": ["orders/read"], "scopesToSuppress": ["openid"]},
        "groupOverrideDetails": {"preferredRole": "role"},
    }


def test_tokens_are_assigned_as_dictionaries():
    """Section 2.3: a whole token is assigned as its raw data."""
    details = ClaimsAndScopeOverrideDetails({})

    details.id_token_generation = {"claimsToSuppress": ["email"]}
    details.access_token_generation = {"scopesToAdd": ["a"]}

    assert details.id_token_generation.claims_to_suppress == ["email"]
    assert details.access_token_generation.scopes_to_add == ["a"]


@pytest.mark.parametrize("data", [{}, {"groupOverrideDetails": None}])
@pytest.mark.parametrize(
    ("method", "value", "key"),
    [
        ("set_group_configuration_groups_to_override", ["admins"], "groupsToOverride"),
        ("set_group_configuration_iam_roles_to_override", ["arn"], "iamRolesToOverride"),
        ("set_group_configuration_preferred_role", "arn", "preferredRole"),
    ],
)
def test_group_configuration_is_created_when_it_is_set(data, method, value, key):
    """Section 2.3: each setter creates the groups if need be, and then sets one key."""
    details = ClaimsOverrideDetails(dict(data))

    getattr(details, method)(value)

    assert details.raw_event == {"groupOverrideDetails": {key: value}}


def test_group_setters_add_to_what_is_there():
    """Section 2.3: a setter leaves the other keys alone."""
    details = ClaimsOverrideDetails({"groupOverrideDetails": {"groupsToOverride": ["admins"]}})

    details.set_group_configuration_preferred_role("arn")

    assert details.group_configuration.groups_to_override == ["admins"]
    assert details.group_configuration.preferred_role == "arn"


def test_text_of_a_token_event_creates_nothing():
    """T-4: rendering an event shows the claims that could be set, and puts none of them into it."""
    event = event_of(PreTokenGenerationV2TriggerEvent, {"claimsAndScopeOverrideDetails": None})

    assert "'scopes_to_add': []" in str(event)
    assert event.raw_event["response"] == {"claimsAndScopeOverrideDetails": None}


def test_request_of_version_2_is_one_of_version_1_with_scopes():
    """Section 2.3: the request has groups of the user, and scopes."""
    event = PreTokenGenerationV2TriggerEvent(
        {"request": {"groupConfiguration": {"groupsToOverride": ["a"]}, "scopes": ["openid"]}}
    )

    assert event.request.group_configuration.groups_to_override == ["a"]
    assert (event.request.scopes, event.request.user_attributes) == (["openid"], {})


def test_session_of_a_custom_challenge():
    """Section 2.3: the challenges so far are wrapped one by one."""
    session = [
        {"challengeName": "SRP_A", "challengeResult": True},
        {"challengeName": "CUSTOM_CHALLENGE", "challengeResult": None, "challengeMetadata": "IMAGE"},
    ]

    first, second = DefineAuthChallengeTriggerEvent({"request": {"session": session}}).request.session

    assert (first.challenge_name, first.challenge_result, first.challenge_metadata) == ("SRP_A", True, None)
    assert (second.challenge_result, second.challenge_metadata) == (False, "IMAGE")


def test_what_every_trigger_has():
    """Section 2.3: the pool, the user and the application are in every event."""
    event = PreSignUpTriggerEvent(
        {
            "userPoolId": "pool",
            "userName": "ada",
            "triggerSource": "PreSignUp_SignUp",
            "callerContext": {"awsSdkVersion": "1", "clientId": "app"},
        }
    )

    assert isinstance(event, BaseTriggerEvent)
    assert (event.user_pool_id, event.user_name, event.trigger_source) == ("pool", "ada", "PreSignUp_SignUp")
    assert (event.caller_context.aws_sdk_version, event.caller_context.client_id) == ("1", "app")


def test_unknown_name_of_the_module():
    """A name that the module does not have is an AttributeError, as of any module."""
    module = importlib.import_module("lambda_powertools.data_classes.cognito_user_pool_event")

    assert module.PreTokenGenerationTriggerV2EventResponse is PreTokenGenerationTriggerV2EventResponse
    with pytest.raises(AttributeError, match="cognito_user_pool_event.*NoSuchTriggerEvent"):
        _ = module.NoSuchTriggerEvent
