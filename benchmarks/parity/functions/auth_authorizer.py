"""An authorizer of API Gateway: both kinds of events, both kinds of answers."""

import time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from events import http_api
from jwt.algorithms import RSAAlgorithm

from aws_lambda_powertools.utilities.auth_alpha import JWTVerifier

ARN = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/GET/orders"

private = rsa.generate_private_key(65_537, 2048)
public = {**RSAAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "1", "use": "sig", "alg": "RS256"}


def bearer(**claims):
    standard = {"iss": "https://id.example.com/", "aud": "orders", "sub": "ada", "exp": int(time.time()) + 600}
    return "Bearer " + jwt.encode({**standard, **claims}, private, "RS256", headers={"kid": "1"})


def lambda_authorizer(value):
    return {"type": "TOKEN", "authorizationToken": value, "methodArn": ARN}


def request_authorizer(value):
    return {**http_api("GET", "/orders", headers={"authorization": value}), "type": "REQUEST", "routeArn": ARN}


EVENTS = [
    {"format": "iam", "event": lambda_authorizer(bearer(scope="orders:read"))},
    {"format": "iam", "event": lambda_authorizer(bearer(scope="orders:write"))},
    {"format": "iam", "event": lambda_authorizer("Bearer nonsense")},
    {"format": "simple", "event": request_authorizer(bearer(scope="orders:read"))},
    {"format": "simple", "event": request_authorizer(bearer(exp=1))},
]

verifier = JWTVerifier(
    issuer="https://id.example.com/", audience="orders", algorithms=["RS256"], jwks={"keys": [public]}
)


def handler(event, context):
    return verifier.authorize(
        event["event"], scopes=["orders:read"], response_format=event["format"], context_claims=["sub"]
    )
