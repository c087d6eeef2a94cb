"""The verifier as a Lambda authorizer of API Gateway."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import samcli
from identity_server import Answer
from signed_tokens import Key

from lambda_powertools.auth.jwt.exceptions import InvalidClaimsError, JWKSFetchError
from lambda_powertools.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerEventV2,
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerTokenEvent,
)

ARN = "arn:aws:execute-api:eu-west-1:123456789012:abc123/prod/GET/orders/7"


def token_event(token, arn=ARN):
    return {"type": "TOKEN", "authorizationToken": token and f"Bearer {token}", "methodArn": arn}


def request_event(token, arn=ARN):
    return {"type": "REQUEST", "methodArn": arn, "headers": {"Authorization": f"Bearer {token}"}}


def http_event(token, arn=ARN):
    return {"version": "2.0", "type": "REQUEST", "routeArn": arn, "headers": {"authorization": f"Bearer {token}"}}


def policy(effect, principal, arn=ARN, **more):
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": [arn]}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"principalId": principal, "policyDocument": document, **more}


EVENTS = pytest.mark.parametrize("make", [token_event, request_event, http_event])


@EVENTS
def test_policy_for_a_valid_token(key, verifier, make):
    """AUTH-60 to AUTH-63: the one method that is asked for is allowed to the subject of the token."""
    assert verifier.authorize(make(key.token()), scopes=["a:b"]) == policy("Allow", "ada")


@EVENTS
@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (lambda key: "a.b.c", "invalid_token"),
        (lambda key: Key().token(), "invalid_signature"),
        (lambda key: key.token(exp=1), "token_expired"),
        (lambda key: key.token(aud="x"), "invalid_claims"),
        (lambda key: key.token(scope="x"), "insufficient_scope"),
        (lambda key: key.token(sub=None), "invalid_claims"),
        (lambda key: key.token(sub=" "), "invalid_claims"),
        (lambda key: key.token(sub=5), "invalid_claims"),
    ],
)
def test_policy_for_other_tokens(key, verifier, make, token, reason):
    """AUTH-63, AUTH-66, AUTH-67: is a refusal without context, and somebody is told the reason."""
    told = []
    options = {"scopes": ["a:b"], "context_claims": ["aud"], "on_error": told.append}
    answer = verifier.authorize(make(token(key)), **options)

    assert answer == policy("Deny", "unauthorized")
    assert [error.reason for error in told] == [reason]
    assert told[0].__cause__ is told[0].__context__ is None


def test_missing_token_is_refused(verifier):
    """AUTH-61, AUTH-66: no token, no access."""
    told = []

    assert verifier.authorize(token_event(None), on_error=told.append) == policy("Deny", "unauthorized")
    assert [error.reason for error in told] == ["missing_token"]


def test_simple_response(key, verifier):
    """AUTH-64: yes or no; a subject is not needed, as no policy names it."""
    simple = {"response_format": "simple"}

    assert verifier.authorize(http_event(key.token(sub=None)), **simple) == {"isAuthorized": True}
    assert verifier.authorize(http_event("a.b.c"), **simple) == {"isAuthorized": False}
    assert verifier.authorize(http_event(key.token()), context_claims=["sub"], **simple) == {
        "isAuthorized": True,
        "context": {"sub": "ada"},
    }


def test_simple_response_needs_no_arn(key, verifier):
    """AUTH-64: what it does not contain is not looked at."""
    event = http_event(key.token(), arn=None)

    assert verifier.authorize(event, response_format="simple") == {"isAuthorized": True}


def test_context_has_plain_claims_only(key, verifier):
    """AUTH-65: texts, numbers and booleans are copied; what API Gateway would refuse is left out."""
    token = key.token(a="x", b=True, c=7, d=1.5, e=float("inf"), f=["x"], g={"h": 1})
    names = ["a", "b", "c", "d", "e", "f", "g", "missing", "sub"]

    assert verifier.authorize(token_event(token), context_claims=names)["context"] == {
        "a": "x",
        "b": True,
        "c": 7,
        "d": 1.5,
        "sub": "ada",
    }


@pytest.mark.parametrize("names", [["claims"], "sub", [""], [5], {"sub"}])
def test_names_of_context_are_checked(key, verifier, names):
    """AUTH-65: a list of names, without the one that API Gateway reserves."""
    with pytest.raises(ValueError, match="context_claims"):
        verifier.authorize(token_event(key.token()), context_claims=names)


@pytest.mark.parametrize(
    "event",
    [None, 5, [], {}, {"type": "X"}, {"type": ["TOKEN"]}, {"headers": {}}, {"version": "2.0", "routeArn": ARN}],
    ids=str,
)
def test_other_events(verifier, event):
    """AUTH-60: what is no request of an authorizer is a mistake of the caller."""
    with pytest.raises(ValueError, match="event must be"):
        verifier.authorize(event)


@pytest.mark.parametrize(
    ("event", "response_format"),
    [(token_event("x"), "simple"), (request_event("x"), "simple"), (token_event("x"), "xml"), (http_event("x"), None)],
)
def test_formats_are_checked(verifier, event, response_format):
    """AUTH-60: only HTTP APIs take simple responses, and there is no third format."""
    with pytest.raises(ValueError, match="response_format"):
        verifier.authorize(event, response_format=response_format)


@EVENTS
@pytest.mark.parametrize(
    "arn",
    [
        None,
        "",
        "*",
        ARN.replace("orders", "*"),
        ARN.replace("orders", "a?b"),
        ARN.replace("123456789012", "1234"),
        ARN.replace("execute-api", "lambda"),
        ARN.replace("GET", "*"),
        ARN.replace("GET", "get"),
        ARN.replace("/GET/orders/7", ""),
        ARN + "\n",
        ARN + "\r\n" + ARN,
        ARN + "x" * 512,
        "x" + ARN,
        [ARN],
    ],
    ids=lambda value: str(value)[:60],
)
def test_arns_that_are_not_of_one_method(key, verifier, make, arn):
    """AUTH-62: a policy for anything but one method of one API is never made."""
    with pytest.raises(ValueError, match="ARN"):
        verifier.authorize(make(key.token(), arn))


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:abc123/prod/POST/",
        "arn:aws-cn:execute-api:cn-north-1:123456789012:abc123/$default/DELETE/a/b%20c",
        ARN,
    ],
)
def test_arns_are_used_as_they_are(key, verifier, arn):
    """AUTH-62: of any partition."""
    assert verifier.authorize(token_event(key.token(), arn)) == policy("Allow", "ada", arn)


@EVENTS
def test_unavailable_keys_are_no_refusal(server, remote, key, make):
    """AUTH-66: API Gateway would cache a refusal; an exception it answers with 500."""
    server.on("/jwks", Answer(status=500))
    told = []
    with pytest.raises(JWKSFetchError) as error:
        remote().authorize(make(key.token()), on_error=told.append)

    assert told == [error.value]
    assert error.value.__cause__ is error.value.__context__ is None


def test_exceptions_of_on_error_are_not_ours(verifier):
    """AUTH-67: a mistake in the function is seen as what it is."""

    def on_error(error):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        verifier.authorize(token_event("x"), on_error=on_error)


def test_data_classes_are_taken(key, verifier):
    """AUTH-60: as well as dictionaries."""
    token = key.token()
    events = [
        APIGatewayAuthorizerTokenEvent(token_event(token)),
        APIGatewayAuthorizerRequestEvent(request_event(token)),
        APIGatewayAuthorizerEventV2(http_event(token)),
    ]

    assert [verifier.authorize(event) for event in events] == [policy("Allow", "ada")] * 3


@pytest.mark.parametrize("name", ["ApiGatewayAuthorizer", "ApiGatewayRestRequestAuthorizer"])
def test_sample_events_of_aws(key, verifier, name):
    """AUTH-60: the samples that AWS wrote, of an API of ours and with our token in them."""
    folder = Path(samcli.__file__).parent / "lib" / "generated_sample_events" / "events" / "apigateway"
    text = (folder / f"{name}.json").read_text(encoding="utf-8")
    values = {"partition": "aws", "region": "eu-west-1", "account_id": "123456789012", "restApiId": "abc123"}
    for field, value in {**values, "stage": "prod", "method": "GET", "resource": "orders/7"}.items():
        text = text.replace(f"{{{{{{{field}}}}}}}", value)
    event = json.loads(text)
    assert verifier.authorize(event) == policy("Deny", "unauthorized")

    event.setdefault("headers", {})["Authorization"] = event["authorizationToken"] = f"Bearer {key.token()}"
    assert verifier.authorize(event) == policy("Allow", "ada")


def test_errors_are_the_package_s(verifier, key):
    """AUTH-67: what is told is the exception that verifying raises."""
    told = []
    verifier.authorize(token_event(key.token(aud="x")), on_error=told.append)

    assert [type(error) for error in told] == [InvalidClaimsError]
