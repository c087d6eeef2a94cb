# ruff: noqa: N815  # the names are the keys of the event
"""Events of the triggers of Cognito user pools.

The format: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from typing import Any, Literal

from pydantic import Field

from lambda_powertools.parser._model import EventModel


class CognitoCallerContextModel(EventModel):
    """Which client and SDK made the request."""

    awsSdkVersion: str
    clientId: str


class CognitoTriggerBaseSchema(EventModel):
    """What all triggers have in common."""

    version: str
    region: str
    userPoolId: str
    userName: str | None = None
    callerContext: CognitoCallerContextModel


class CognitoPreSignupRequestModel(EventModel):
    """Who wants to sign up."""

    userAttributes: dict[str, Any]
    validationData: dict[str, Any] | None = None
    clientMetadata: dict[str, Any] | None = None
    userNotFound: bool | None = None


class CognitoPreSignupResponseModel(EventModel):
    """What the function decides about a sign-up."""

    autoConfirmUser: bool | None = False
    autoVerifyPhone: bool | None = False
    autoVerifyEmail: bool | None = False


class CognitoPreSignupTriggerModel(CognitoTriggerBaseSchema):
    """A user is about to sign up."""

    triggerSource: Literal["PreSignUp_SignUp"]
    request: CognitoPreSignupRequestModel
    response: CognitoPreSignupResponseModel


class CognitoPostConfirmationRequestModel(EventModel):
    """Who was confirmed."""

    userAttributes: dict[str, Any]
    clientMetadata: dict[str, Any] | None = None


class CognitoPostConfirmationTriggerModel(CognitoTriggerBaseSchema):
    """A user was confirmed."""

    triggerSource: Literal["PostConfirmation_ConfirmSignUp"]
    request: CognitoPostConfirmationRequestModel
    response: dict[str, Any] = Field(default_factory=dict)


class CognitoPreAuthenticationRequestModel(EventModel):
    """Who wants to sign in."""

    userAttributes: dict[str, Any]
    validationData: dict[str, Any] | None = None
    userNotFound: bool | None = None


class CognitoPreAuthenticationTriggerModel(CognitoTriggerBaseSchema):
    """A user is about to sign in."""

    triggerSource: Literal["PreAuthentication_Authentication"]
    request: CognitoPreAuthenticationRequestModel
    response: dict[str, Any] = Field(default_factory=dict)


class CognitoPostAuthenticationRequestModel(EventModel):
    """Who signed in."""

    userAttributes: dict[str, Any]
    newDeviceUsed: bool | None = None
    clientMetadata: dict[str, Any] | None = None


class CognitoPostAuthenticationTriggerModel(CognitoTriggerBaseSchema):
    """A user signed in."""

    triggerSource: Literal["PostAuthentication_Authentication"]
    request: CognitoPostAuthenticationRequestModel
    response: dict[str, Any] = Field(default_factory=dict)


class CognitoGroupConfigurationModel(EventModel):
    """The groups and roles of a user."""

    groupsToOverride: list[str]
    iamRolesToOverride: list[str]
    preferredRole: str | None = None


class CognitoPreTokenGenerationRequestModel(EventModel):
    """For whom a token is made."""

    userAttributes: dict[str, Any]
    groupConfiguration: CognitoGroupConfigurationModel
    clientMetadata: dict[str, Any] | None = None


class CognitoPreTokenGenerationTriggerModelV1(CognitoTriggerBaseSchema):
    """A token is about to be made, trigger version 1."""

    triggerSource: str
    request: CognitoPreTokenGenerationRequestModel
    response: dict[str, Any] = Field(default_factory=dict)


class CognitoPreTokenGenerationRequestModelV2AndV3(CognitoPreTokenGenerationRequestModel):
    """For whom a token is made, and for which scopes."""

    scopes: dict[str, Any] | list[str] | None = None


class CognitoPreTokenGenerationTriggerModelV2AndV3(CognitoTriggerBaseSchema):
    """A token is about to be made, trigger versions 2 and 3."""

    request: CognitoPreTokenGenerationRequestModelV2AndV3
    response: dict[str, Any] = Field(default_factory=dict)


class CognitoMigrateUserRequestModel(EventModel):
    """The password and data of the user to migrate."""

    password: str
    validationData: dict[str, Any] | None = None
    clientMetadata: dict[str, Any] | None = None


class CognitoMigrateUserResponseModel(EventModel):
    """What the function found in the old directory."""

    userAttributes: dict[str, Any] | None = None
    finalUserStatus: str | None = None
    messageAction: str | None = None
    desiredDeliveryMediums: list[str] | None = None
    forceAliasCreation: bool | None = None
    enableSMSMFA: bool | None = None


class CognitoMigrateUserTriggerModel(CognitoTriggerBaseSchema):
    """An unknown user signs in or forgot the password."""

    userName: str
    triggerSource: str
    request: CognitoMigrateUserRequestModel
    response: CognitoMigrateUserResponseModel


class CognitoCustomMessageRequestModel(EventModel):
    """What a message is made of."""

    userAttributes: dict[str, Any]
    codeParameter: str
    linkParameter: str | None = None
    usernameParameter: str | None = None
    clientMetadata: dict[str, Any] | None = None


class CognitoCustomMessageResponseModel(EventModel):
    """The message that the function wrote."""

    smsMessage: str | None = None
    emailMessage: str | None = None
    emailSubject: str | None = None


class CognitoCustomMessageTriggerModel(CognitoTriggerBaseSchema):
    """A message is about to be sent."""

    triggerSource: str
    request: CognitoCustomMessageRequestModel
    response: CognitoCustomMessageResponseModel


class CognitoCustomEmailSMSSenderRequestModel(EventModel):
    """The encrypted code to send."""

    type: str
    code: str
    clientMetadata: dict[str, Any] | None = None
    userAttributes: dict[str, Any]


class CognitoCustomEmailSenderTriggerModel(CognitoTriggerBaseSchema):
    """A code is to be sent by mail."""

    triggerSource: Literal["CustomEmailSender_SignUp"]
    request: CognitoCustomEmailSMSSenderRequestModel


class CognitoCustomSMSSenderTriggerModel(CognitoTriggerBaseSchema):
    """A code is to be sent by SMS."""

    triggerSource: Literal["CustomSMSSender_SignUp"]
    request: CognitoCustomEmailSMSSenderRequestModel


class CognitoChallengeResultModel(EventModel):
    """How a user met one challenge."""

    challengeName: Literal[
        "SRP_A",
        "PASSWORD_VERIFIER",
        "SMS_MFA",
        "EMAIL_OTP",
        "SOFTWARE_TOKEN_MFA",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "ADMIN_NO_SRP_AUTH",
    ]
    challengeResult: bool
    challengeMetadata: str | None = None


class CognitoAuthChallengeRequestModel(EventModel):
    """The challenges of a sign-in so far."""

    userAttributes: dict[str, Any]
    session: list[CognitoChallengeResultModel]
    clientMetadata: dict[str, Any] | None = None
    userNotFound: bool | None = None


class CognitoDefineAuthChallengeResponseModel(EventModel):
    """What the function decides about the next challenge."""

    challengeName: str | None = None
    issueTokens: bool | None = None
    failAuthentication: bool | None = None


class CognitoDefineAuthChallengeTriggerModel(CognitoTriggerBaseSchema):
    """The next challenge is to be chosen."""

    triggerSource: Literal["DefineAuthChallenge_Authentication"]
    request: CognitoAuthChallengeRequestModel
    response: CognitoDefineAuthChallengeResponseModel


class CognitoCreateAuthChallengeResponseModel(EventModel):
    """The challenge that the function made."""

    publicChallengeParameters: dict[str, Any] | None = None
    privateChallengeParameters: dict[str, Any] | None = None
    challengeMetadata: str | None = None


class CognitoCreateAuthChallengeTriggerModel(CognitoTriggerBaseSchema):
    """A challenge is to be made."""

    triggerSource: Literal["CreateAuthChallenge_Authentication"]
    request: CognitoAuthChallengeRequestModel
    response: CognitoCreateAuthChallengeResponseModel


class CognitoVerifyAuthChallengeRequestModel(EventModel):
    """The answer to a challenge, and what it should be."""

    userAttributes: dict[str, Any]
    privateChallengeParameters: dict[str, Any]
    challengeAnswer: str
    clientMetadata: dict[str, Any] | None = None
    userNotFound: bool | None = None


class CognitoVerifyAuthChallengeResponseModel(EventModel):
    """Whether the answer is right."""

    answerCorrect: bool


class CognitoVerifyAuthChallengeTriggerModel(CognitoTriggerBaseSchema):
    """An answer to a challenge is to be judged."""

    triggerSource: Literal["VerifyAuthChallengeResponse_Authentication"]
    request: CognitoVerifyAuthChallengeRequestModel
    response: CognitoVerifyAuthChallengeResponseModel
