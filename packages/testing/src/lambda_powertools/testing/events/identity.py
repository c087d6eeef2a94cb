"""Who calls: authorizers, Cognito's triggers, Transfer Family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.testing.events._values import REGION, arn, uid
from lambda_powertools.testing.events.http import SOURCE_IP, api_gateway_rest, http_api

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def api_gateway_authorizer_token(
    token: str = "Bearer allow-me",  # noqa: S107  # made up
    *,
    method: str = "GET",
    path: str = "/orders/7",
    stage: str = "prod",
) -> dict[str, Any]:
    """Return the event of a TOKEN authorizer of a REST API.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html

    Args:
        token: the token that was sent.
        method: method of the request.
        path: its path.
        stage: stage of the API.

    Example:
        >>> api_gateway_authorizer_token()["methodArn"]
        'arn:aws:execute-api:us-east-1:123456789012:restapi123/prod/GET/orders/7'
    """
    return {"type": "TOKEN", "methodArn": _method_arn(stage, method, path), "authorizationToken": token}


def api_gateway_authorizer_request(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    resource: str | None = None,
    stage: str = "prod",
    stage_variables: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the event of a REQUEST authorizer of a REST API.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html

    Args:
        method: method of the request.
        path: its path below the stage.
        headers: its headers.
        query: its query parameters.
        resource: the resource it matches, such as `/orders/{id}`.
        stage: stage of the API.
        stage_variables: variables of the stage.

    Example:
        >>> api_gateway_authorizer_request(headers={"Authorization": "Bearer allow-me"})["type"]
        'REQUEST'
    """
    event = api_gateway_rest(
        method,
        path,
        headers={"authorization": "Bearer allow-me", **(headers or {})},
        query=query,
        resource=resource,
        stage=stage,
        stage_variables=stage_variables,
    )
    for key in ("queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables"):
        event[key] = event[key] or {}
    del event["body"], event["isBase64Encoded"]
    return {"type": "REQUEST", "methodArn": _method_arn(stage, method, path), **event}


def http_api_authorizer(
    method: str = "GET",
    path: str = "/orders/7",
    *,
    headers: Mapping[str, str | Sequence[str]] | None = None,
    query: Mapping[str, str | Sequence[str]] | str | None = None,
    cookies: Mapping[str, str] | None = None,
    route: str | None = None,
    token: str = "Bearer allow-me",  # noqa: S107  # made up
) -> dict[str, Any]:
    """Return the event of a Lambda authorizer of an HTTP API, format 2.0.

    Format: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html

    Args:
        method: method of the request.
        path: its path.
        headers: its headers.
        query: its query parameters.
        cookies: its cookies.
        route: path of the route it matches, such as `/orders/{id}`.
        token: the token that was sent as `authorization`, which is the identity source.

    Example:
        >>> http_api_authorizer()["identitySource"]
        ['Bearer allow-me']
    """
    sent = {"authorization": token, **(headers or {})}
    event = http_api(method, path, headers=sent, query=query, cookies=cookies, route=route)
    del event["isBase64Encoded"]
    place = event["routeKey"].replace(" ", "")
    return {
        "version": "2.0",
        "type": "REQUEST",
        "routeArn": arn("execute-api", f"{event['requestContext']['apiId']}/$default/{place}"),
        "identitySource": [token],
        **event,
    }


def _method_arn(stage: str, method: str, path: str) -> str:
    from lambda_powertools.testing.front_ends.rest_api import API_ID

    return arn("execute-api", f"{API_ID}/{stage}/{method.upper()}/{path.lstrip('/')}")


def appsync_authorizer(
    token: str = "allow-me",  # noqa: S107  # made up
    *,
    query: str = "query Order($id: ID!) { order(id: $id) { id } }",
    operation: str | None = "Order",
    variables: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the event of a Lambda authorizer of AppSync.

    Format: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization

    Args:
        token: the token that was sent.
        query: the GraphQL document.
        operation: name of the operation.
        variables: its variables.

    Example:
        >>> appsync_authorizer()["authorizationToken"]
        'allow-me'
    """
    return {
        "authorizationToken": token,
        "requestContext": {
            "apiId": "giy7kumfmvcqvbedntjwjvagii",
            "accountId": "123456789012",
            "requestId": uid("appsync-authorizer"),
            "queryString": query,
            "operationName": operation,
            "variables": {"id": "7"} if variables is None else dict(variables),
        },
    }


def transfer_family(
    username: str = "ada",
    *,
    password: str | None = "secret",  # noqa: S107  # made up
    protocol: str = "SFTP",
    source_ip: str = SOURCE_IP,
) -> dict[str, Any]:
    """Return a login at a Transfer Family server with an identity provider of one's own.

    Format: https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html

    Args:
        username: name of the user.
        password: the password; None when a key is used.
        protocol: SFTP, FTP or FTPS.
        source_ip: address of the client.

    Example:
        >>> transfer_family("grace")["username"]
        'grace'
    """
    given = {} if password is None else {"password": password}
    return {
        "username": username,
        **given,
        "protocol": protocol,
        "serverId": "s-01234567890abcdef",
        "sourceIp": source_ip,
    }


COGNITO_TRIGGERS = {
    "pre_sign_up": "PreSignUp_SignUp",
    "post_confirmation": "PostConfirmation_ConfirmSignUp",
    "pre_authentication": "PreAuthentication_Authentication",
    "post_authentication": "PostAuthentication_Authentication",
    "pre_token_generation": "TokenGeneration_Authentication",
    "pre_token_generation_v2": "TokenGeneration_Authentication",
    "user_migration": "UserMigration_Authentication",
    "custom_message": "CustomMessage_SignUp",
    "custom_email_sender": "CustomEmailSender_SignUp",
    "custom_sms_sender": "CustomSMSSender_SignUp",
    "define_auth_challenge": "DefineAuthChallenge_Authentication",
    "create_auth_challenge": "CreateAuthChallenge_Authentication",
    "verify_auth_challenge": "VerifyAuthChallengeResponse_Authentication",
}
"""What Cognito calls the trigger, by the name it has here."""


def cognito(
    trigger: str = "pre_sign_up",
    *,
    username: str = "ada",
    user_attributes: Mapping[str, str] | None = None,
    client_metadata: Mapping[str, str] | None = None,
    trigger_source: str | None = None,
    user_pool_id: str = "us-east-1_AbCdEfGhI",
) -> dict[str, Any]:
    """Return a trigger of a Cognito user pool.

    Format: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html

    Args:
        trigger: one of `pre_sign_up`, `post_confirmation`, `pre_authentication`, `post_authentication`,
            `pre_token_generation`, `pre_token_generation_v2`, `user_migration`, `custom_message`,
            `custom_email_sender`, `custom_sms_sender`, `define_auth_challenge`, `create_auth_challenge` and
            `verify_auth_challenge`.
        username: name of the user.
        user_attributes: attributes of the user; by default `sub`, `email` and what belongs to them.
        client_metadata: what the client has passed on.
        trigger_source: what has set it off, where one trigger has several, such as `PreSignUp_ExternalProvider`.
        user_pool_id: id of the pool.

    Raises:
        ValueError: there is no such trigger; names those there are.

    Example:
        >>> cognito("post_confirmation")["triggerSource"]
        'PostConfirmation_ConfirmSignUp'
    """
    if trigger not in COGNITO_TRIGGERS:
        raise ValueError(f"trigger is {trigger!r}: one of {', '.join(COGNITO_TRIGGERS)} is expected")
    attributes = {
        "sub": uid("cognito", username),
        "email": f"{username}@example.com",
        "email_verified": "true",
        "cognito:user_status": "CONFIRMED",
    }
    request: dict[str, Any] = {"userAttributes": dict(user_attributes or attributes)}
    own, response = _cognito_details(trigger)
    if trigger == "user_migration":
        request = {}
    request |= own
    if client_metadata is not None:
        request["clientMetadata"] = dict(client_metadata)
    return {
        "version": "2" if trigger == "pre_token_generation_v2" else "1",
        "triggerSource": trigger_source or COGNITO_TRIGGERS[trigger],
        "region": REGION,
        "userPoolId": user_pool_id,
        "userName": username,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "1example23456789"},
        "request": request,
        "response": response,
    }


_GROUPS = {
    "groupsToOverride": ["customers"],
    "iamRolesToOverride": ["arn:aws:iam::123456789012:role/customers"],
    "preferredRole": "arn:aws:iam::123456789012:role/customers",
}
_SESSION = [{"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": None}]


def _cognito_details(trigger: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the request of a trigger has besides the user's attributes, and its response before the function."""
    code: dict[str, Any] = {"type": "customEmailSenderRequestV1", "code": "AYADeBl2Ub0Ct8Cy6kfnMSUkqMcAXwAB"}
    details: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "pre_sign_up": (
            {"validationData": None},
            {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
        ),
        "pre_authentication": ({"validationData": {}, "userNotFound": False}, {}),
        "post_authentication": ({"newDeviceUsed": False}, {}),
        "pre_token_generation": ({"groupConfiguration": dict(_GROUPS)}, {"claimsOverrideDetails": None}),
        "pre_token_generation_v2": (
            {"groupConfiguration": dict(_GROUPS), "scopes": ["aws.cognito.signin.user.admin", "openid"]},
            {"claimsAndScopeOverrideDetails": None},
        ),
        "user_migration": (
            {"password": "a-Password-7", "validationData": {}},
            {
                "userAttributes": None,
                "forceAliasCreation": None,
                "enableSMSMFA": None,
                "finalUserStatus": None,
                "messageAction": None,
                "desiredDeliveryMediums": None,
            },
        ),
        "custom_message": (
            {"codeParameter": "{####}", "linkParameter": "{##Click Here##}", "usernameParameter": None},
            {"smsMessage": None, "emailMessage": None, "emailSubject": None},
        ),
        "custom_email_sender": (code, {}),
        "custom_sms_sender": ({**code, "type": "customSMSSenderRequestV1"}, {}),
        "define_auth_challenge": (
            {"session": list(_SESSION), "userNotFound": False},
            {"challengeName": None, "issueTokens": None, "failAuthentication": None},
        ),
        "create_auth_challenge": (
            {"challengeName": "CUSTOM_CHALLENGE", "session": list(_SESSION), "userNotFound": False},
            {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None},
        ),
        "verify_auth_challenge": (
            {"privateChallengeParameters": {"answer": "42"}, "challengeAnswer": "42", "userNotFound": False},
            {"answerCorrect": False},
        ),
    }
    return details.get(trigger, ({}, {}))
