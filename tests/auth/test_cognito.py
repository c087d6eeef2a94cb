"""Access tokens of Amazon Cognito user pools."""

from __future__ import annotations

import pytest
from signed_tokens import AUDIENCE, ISSUER, Key

from lambda_powertools.auth import AuthError, JWTVerifier
from lambda_powertools.auth.jwt.exceptions import JWKSFetchError

POOL, CLIENT = "eu-west-1_AbC123", "client-1"
POOL_ISSUER = f"https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"


@pytest.fixture(scope="module")
def pool_key():
    """The key of the pool."""
    return Key("pool", "RS256")


def user_pool(key, **options):
    return JWTVerifier.cognito(
        **{
            "user_pool_id": POOL,
            "client_id": CLIENT,
            "audience": AUDIENCE,
            "jwks": {"keys": [key.jwk()]},
            **options,
        }
    )


def pool_token(key, **changes):
    usual = {"iss": POOL_ISSUER, "token_use": "access", "client_id": CLIENT}
    return key.token(**{**usual, **changes})


def test_access_token(pool_key):
    """AUTH-22: of the pool and the client."""
    assert user_pool(pool_key).verify(pool_token(pool_key))["client_id"] == CLIENT


@pytest.mark.parametrize(
    "changes",
    [
        {"token_use": "id"},
        {"token_use": None},
        {"client_id": "other"},
        {"client_id": None},
        {"aud": None},
        {"iss": ISSUER},
    ],
    ids=str,
)
def test_other_tokens(pool_key, changes):
    """AUTH-23: ID tokens, those of other clients, and those without an audience never pass."""
    with pytest.raises(AuthError) as error:
        user_pool(pool_key).verify(pool_token(pool_key, **changes))
    assert error.value.reason == "invalid_claims"


def test_expectations_of_the_caller_do_not_replace_ours(pool_key):
    """AUTH-23: whoever expects ID tokens gets none."""
    verifier = user_pool(pool_key, expected_claims={"token_use": "id"})
    for use in ("id", "access"):
        with pytest.raises(AuthError):
            verifier.verify(pool_token(pool_key, token_use=use))


def test_china(pool_key):
    """AUTH-22: pools in China are of another domain."""
    verifier = user_pool(pool_key, user_pool_id="cn-north-1_AbC123")
    issuer = "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC123"

    assert verifier.verify(pool_token(pool_key, iss=issuer))


def test_keys_of_the_pool_are_at_its_address(monkeypatch, pool_key):
    """AUTH-22: no discovery is needed."""
    asked = []
    from lambda_powertools.auth import _http  # what is replaced here

    def fetch(method, url, deadline, **_):
        asked.append(url)
        raise _http.FetchFailedError(retryable=True)

    monkeypatch.setattr(_http, "fetch_json", fetch)
    with pytest.raises(JWKSFetchError):
        user_pool(pool_key, jwks=None).verify(pool_token(pool_key))
    assert asked == [f"{POOL_ISSUER}/.well-known/jwks.json"]
