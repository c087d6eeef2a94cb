"""A worker that reads a token out of its message and says why it does not like it."""

import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.auth_alpha import JWTVerifier
from aws_lambda_powertools.utilities.auth_alpha.exceptions import AuthError, AuthFailureReason
from aws_lambda_powertools.utilities.auth_alpha.jwt.exceptions import InvalidTokenError, TokenExpiredError

logger = Logger(service="worker")
private = ec.generate_private_key(ec.SECP384R1())
public = {**ECAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "a", "use": "sig", "alg": "ES384"}


def token(headers=None, **claims):
    standard = {"iss": "https://id.example.com/", "aud": ["jobs", "mail"], "exp": int(time.time()) + 600}
    values = {name: value for name, value in {**standard, **claims}.items() if value is not None}
    return jwt.encode(values, private, "ES384", headers={"kid": "a", **(headers or {})})


EVENTS = [
    {"token": token(tenant="blue", sub="job-1")},
    {"token": token(tenant="red")},
    {"token": token()},
    {"token": token(tenant="blue", exp=5)},
    {"token": token(tenant="blue", exp=int(time.time()) - 30)},
    {"token": token(tenant="blue", nbf=int(time.time()) + 3600)},
    {"token": token(tenant="blue", exp=None)},
    {"token": token({"kid": "b"}, tenant="blue")},
    {"token": ""},
    {"token": "a.b"},
]

verifier = JWTVerifier(
    issuer="https://id.example.com/",
    audience="mail",
    algorithms=["ES384"],
    jwks={"keys": [public]},
    required_claims=["tenant"],
    expected_claims={"tenant": "blue"},
)


def handler(event, context):
    try:
        claims = verifier.verify(event["token"])
    except TokenExpiredError as error:
        return {"expired": True, "reason": error.reason.value}
    except InvalidTokenError as error:
        return {"invalid": True, "reason": error.reason.value}
    except AuthError as error:
        logger.warning("refused", reason=error.reason.value)
        return {"refused": type(error).__name__, "known": error.reason in AuthFailureReason}
    return {"tenant": claims["tenant"], "audience": claims["aud"]}
