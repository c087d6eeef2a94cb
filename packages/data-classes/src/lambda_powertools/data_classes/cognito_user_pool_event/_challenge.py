"""Triggers of the custom authentication flow.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._fields import default, flag, optional, required, wrapped, wrapped_list, writable
from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.cognito_user_pool_event._base import BaseTriggerEvent


class ChallengeResult(DictWrapper):
    """A challenge that the user has met, or failed."""

    challenge_name = required("challengeName", str)
    challenge_result = flag("challengeResult")
    challenge_metadata = optional("challengeMetadata", str)


class DefineAuthChallengeTriggerEventRequest(DictWrapper):
    """Who wants to sign in, and how far it went."""

    user_attributes = required("userAttributes", dict[str, str])
    user_not_found = optional("userNotFound", bool)
    session = wrapped_list("session", ChallengeResult)
    client_metadata = default("clientMetadata", dict[str, str])


class DefineAuthChallengeTriggerEventResponse(DictWrapper):
    """The next challenge, or the end of it."""

    challenge_name = writable(required("challengeName", str))
    fail_authentication = writable(flag("failAuthentication"))
    issue_tokens = writable(flag("issueTokens"))


class DefineAuthChallengeTriggerEvent(BaseTriggerEvent):
    """The function is to say what comes next.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html

    Example:
        >>> event = DefineAuthChallengeTriggerEvent({"request": {"session": []}, "response": {"issueTokens": None}})
        >>> event.response.issue_tokens
        False
        >>> if not event.request.session:
        ...     event.response.challenge_name = "CUSTOM_CHALLENGE"
        >>> event.raw_event["response"]
        {'issueTokens': None, 'challengeName': 'CUSTOM_CHALLENGE'}
    """

    request = wrapped("request", DefineAuthChallengeTriggerEventRequest)
    response = wrapped("response", DefineAuthChallengeTriggerEventResponse)


class CreateAuthChallengeTriggerEventRequest(DictWrapper):
    """Who is to be challenged, and how."""

    user_attributes = required("userAttributes", dict[str, str])
    user_not_found = optional("userNotFound", bool)
    challenge_name = required("challengeName", str)
    session = wrapped_list("session", ChallengeResult)
    client_metadata = default("clientMetadata", dict[str, str])


class CreateAuthChallengeTriggerEventResponse(DictWrapper):
    """The challenge."""

    public_challenge_parameters = writable(required("publicChallengeParameters", dict[str, str]))
    private_challenge_parameters = writable(required("privateChallengeParameters", dict[str, str]))
    challenge_metadata = writable(required("challengeMetadata", str))


class CreateAuthChallengeTriggerEvent(BaseTriggerEvent):
    """The function is to make up a challenge.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-create-auth-challenge.html
    """

    request = wrapped("request", CreateAuthChallengeTriggerEventRequest)
    response = wrapped("response", CreateAuthChallengeTriggerEventResponse)


class VerifyAuthChallengeResponseTriggerEventRequest(DictWrapper):
    """What the user answered, and what is right."""

    user_attributes = required("userAttributes", dict[str, str])
    private_challenge_parameters = required("privateChallengeParameters", dict[str, str])
    challenge_answer = required("challengeAnswer")
    client_metadata = default("clientMetadata", dict[str, str])
    user_not_found = optional("userNotFound", bool)


class VerifyAuthChallengeResponseTriggerEventResponse(DictWrapper):
    """The verdict."""

    answer_correct = writable(flag("answerCorrect"))


class VerifyAuthChallengeResponseTriggerEvent(BaseTriggerEvent):
    """The function is to judge an answer.

    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-verify-auth-challenge-response.html
    """

    request = wrapped("request", VerifyAuthChallengeResponseTriggerEventRequest)
    response = wrapped("response", VerifyAuthChallengeResponseTriggerEventResponse)
