"""Which arguments are refused, without a word of their values."""

from __future__ import annotations

import pickle

import pytest
from signed_tokens import make_verifier

from lambda_powertools.auth import AuthConfigError, JWTVerifier, OAuth2Client, SigV4Signer
from lambda_powertools.auth.exceptions import AuthFailureReason
from lambda_powertools.auth.jwt import exceptions as jwt_exceptions
from lambda_powertools.auth.oauth2 import exceptions as oauth2_exceptions

SECRET = "s3cr3t"  # looked for in messages
BAD_URLS = [
    f"http://{SECRET}.example.com/",
    f"https://user:{SECRET}@example.com/",
    f"https://example.com/#{SECRET}",
    "https://example.com/#",
    f"https://exa mple.com/{SECRET}",
    f"https://example.com/{SECRET}\n",
    f"https://example.com:99999/{SECRET}",
    f"https://example.com:{SECRET}/",
    f"https://[{SECRET}/",
    f"https:///{SECRET}",
    f"https://example.com\\@{SECRET}/",
    SECRET,
    "",
    None,
    7,
]


def refused(make, word):
    """Return the message with which arguments are refused; it names the argument and nothing secret."""
    with pytest.raises(ValueError, match=word) as error:
        make()
    assert isinstance(error.value, AuthConfigError)
    assert error.value.__cause__ is None
    assert error.value.__context__ is None
    assert SECRET not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("url", [*BAD_URLS, f"https://example.com/?{SECRET}", "https://example.com/?"])
def test_issuer_is_an_https_url_without_query(key, url):
    """AUTH-1: an issuer is an HTTPS URL with a host and no more than a path."""
    refused(lambda: make_verifier(key, issuer=url), "issuer")


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_urls_are_https_urls(key, url):
    """AUTH-1: so are the addresses of key sets, tokens and requests, which may have a query."""
    if url is not None:
        refused(lambda: make_verifier(key, jwks=None, jwks_uri=url), "jwks_uri")
    refused(lambda: client(token_url=url), "token_url")
    refused(lambda: client().request("GET", url), "url")


def test_urls_that_are_accepted(key):
    """AUTH-1: ports, paths and, where there may be one, queries."""
    assert make_verifier(key, issuer="https://id.example.com:8443/realms/a").issuer.endswith("/a")
    assert make_verifier(key, jwks=None, jwks_uri="https://id.example.com/keys?tenant=a")
    assert client(token_url="https://[::1]:8443/token?x=y")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("audience", ""),
        ("audience", " "),
        ("audience", []),
        ("audience", ["a", ""]),
        ("audience", None),
        ("audience", {"a"}),
        ("algorithms", []),
        ("algorithms", None),
        ("algorithms", "RS256"),
        ("algorithms", ["HS256"]),
        ("algorithms", ["none"]),
        ("algorithms", ["RS256", "HS512"]),
        ("algorithms", [["RS256"]]),
        ("jwks", {}),
        ("jwks", {"keys": {}}),
        ("jwks", {"keys": [SECRET]}),
        ("jwks", [SECRET]),
        ("clock_skew_seconds", -1),
        ("clock_skew_seconds", True),
        ("clock_skew_seconds", "60"),
        ("timeout_seconds", 0),
        ("timeout_seconds", float("nan")),
        ("timeout_seconds", float("inf")),
        ("timeout_seconds", 10**400),
        ("jwks_max_age_seconds", 0),
        ("unknown_kid_cooldown_seconds", -0.1),
        ("required_claims", "sub"),
        ("required_claims", [""]),
        ("expected_claims", ["a"]),
        ("expected_claims", {"a": ""}),
        ("expected_claims", {"": "a"}),
        ("expected_headers", {"typ": 1}),
    ],
)
def test_options_of_verifiers(key, name, value):
    """AUTH-2 to AUTH-6: audiences, algorithms, keys, durations and expectations are checked at once."""
    refused(lambda: make_verifier(key, **{name: value}), name)


def test_keys_are_given_or_fetched(key):
    """AUTH-4: both is a contradiction."""
    refused(lambda: make_verifier(key, jwks_uri="https://id.example.com/keys"), "exclude")


def test_given_keys_are_copied(key):
    """AUTH-4: changing the document later changes nothing."""
    document = {"keys": [key.jwk()]}
    verifier = make_verifier(key, jwks=document)
    document["keys"][0]["x"] = "AAAA"
    document["keys"].clear()

    assert verifier.verify(key.token())


@pytest.mark.parametrize("scopes", ["orders:read", [""], ["a b"], ['a"b'], ["a\\b"], ["é"], ["a\n"], [1], {"a"}])
def test_scopes(key, scopes):
    """AUTH-7: scopes are a list of tokens of printable ASCII, wherever they are given."""
    verifier = make_verifier(key)
    event = {"type": "TOKEN", "methodArn": "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/"}

    refused(lambda: verifier.require(scopes=scopes), "scopes")
    refused(lambda: client(scopes=scopes), "scopes")
    refused(lambda: verifier.authorize(event, scopes=scopes), "scopes")


def client(**options):
    given = {"token_url": "https://id.example.com/token", "client_id": "a", "client_secret": SECRET}
    return OAuth2Client(**{**given, **options})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", ""),
        ("client_id", " "),
        ("client_id", None),
        ("client_id", "\ud800"),
        ("client_secret", ""),
        ("client_secret", None),
        ("client_secret", "\ud800"),
        ("auth_method", "private_key_jwt"),
        ("audience", ""),
        ("resource", "/relative"),
        ("resource", "https://api.example.com/#part"),
        ("resource", "https://api.example.com/%2"),
        ("resource", "https://api.example.com/a b"),
        ("resource", "1http://api"),
        ("timeout_seconds", 0),
    ],
)
def test_options_of_clients(name, value):
    """AUTH-70: who asks, the secret, the way and the target are checked at once."""
    refused(lambda: client(**{name: value}), name)


def test_target_is_an_audience_or_a_resource():
    """AUTH-70: not both; a URN will do."""
    refused(lambda: client(audience="a", resource="urn:orders"), "exclude")

    assert client(resource="urn:orders:eu")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"method": "GE T"}, "method"),
        ({"method": "GÉT"}, "method"),
        ({"method": ""}, "method"),
        ({"method": None}, "method"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": True}, "timeout"),
        ({"headers": {"authorization": SECRET}}, "Authorization"),
        ({"headers": {"a b": "c"}}, "name"),
        ({"headers": {"a": f"c\r\n{SECRET}"}}, "value"),
        ({"headers": {"a": 5}}, "value"),
        ({"headers": {"a": "\u20ac"}}, "value"),
        ({"headers": SECRET}, "headers"),
        ({"retries": 3}, "options"),
        ({"redirect": True}, "options"),
        ({"body": b"a", "json": {}}, "exclude"),
        ({"json": {SECRET}}, "json"),
        ({"json": SECRET + "\ud800"}, "json"),
    ],
    ids=str,
)
def test_requests_are_checked_before_there_is_a_token(options, word):
    """AUTH-78: a wrong argument is an error before anything is sent; the token endpoint here does not exist."""
    refused(lambda: client().request(**{"method": "GET", "url": "https://api.example.com/", **options}), word)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"user_pool_id": f"{SECRET}"}, "user_pool_id"),
        ({"user_pool_id": "eu-west-1_"}, "user_pool_id"),
        ({"user_pool_id": "eu-west-1_a/b"}, "user_pool_id"),
        ({"user_pool_id": None}, "user_pool_id"),
        ({"client_id": ""}, "client_id"),
        ({"issuer": "https://a"}, "issuer"),
        ({"algorithms": ["ES256"]}, "algorithms"),
        ({"jwks_uri": "https://a"}, "jwks_uri"),
    ],
    ids=str,
)
def test_options_of_user_pools(options, word):
    """AUTH-22: pool and client are checked, and what follows from the pool cannot be given."""
    given = {"user_pool_id": "eu-west-1_a", "client_id": "a", "audience": "a"}

    refused(lambda: JWTVerifier.cognito(**{**given, **options}), word)


def test_groups(key):
    """AUTH-25: a group has verifiers, only verifiers, and each of another issuer."""
    verifier = make_verifier(key)

    refused(JWTVerifier.any_of, "at least one")
    refused(lambda: JWTVerifier.any_of(verifier, SECRET), "JWTVerifier")
    refused(lambda: JWTVerifier.any_of(verifier, make_verifier(key)), "different")


def test_repr_is_constant(key):
    """AUTH-18: nothing of the configuration is in it."""
    group = JWTVerifier.any_of(make_verifier(key))

    assert [repr(make_verifier(key)), repr(group)] == ["<JWTVerifier>", "<JWTVerifier issuer group>"]
    assert [repr(client()), repr(SigV4Signer("es"))] == ["<OAuth2Client>", "<SigV4Signer>"]


@pytest.mark.parametrize(
    ("kind", "message", "reason", "retryable"),
    [
        (jwt_exceptions.AuthError, "Authentication failed", "invalid_token", False),
        (jwt_exceptions.InvalidTokenError, "Invalid access token", "invalid_token", False),
        (jwt_exceptions.InvalidClaimsError, "Invalid access token claims", "invalid_claims", False),
        (jwt_exceptions.TokenExpiredError, "Access token expired", "token_expired", False),
        (jwt_exceptions.InvalidSignatureError, "Invalid access token signature", "invalid_signature", False),
        (jwt_exceptions.JWKSFetchError, "Unable to retrieve verification keys", "jwks_unavailable", True),
        (oauth2_exceptions.TokenExchangeError, "Unable to acquire an access token", "token_exchange_failed", False),
        (oauth2_exceptions.DownstreamRequestError, "Authenticated request failed", "downstream_request_failed", False),
    ],
)
def test_exceptions_have_fixed_texts(kind, message, reason, retryable):
    """Each exception has one text, one reason, says whether to try again, and can be pickled."""
    error = kind()

    assert (str(error), kind.message, error.reason, error.retryable) == (message, message, reason, retryable)
    assert isinstance(error, jwt_exceptions.AuthError)
    assert str(pickle.loads(pickle.dumps(error))) == message  # noqa: S301  # our own
    assert f"{AuthFailureReason(reason)}" == reason
