"""Which tokens are accepted, and which exception the others get."""

from __future__ import annotations

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from signed_tokens import ISSUER, Key, assemble, claims_with, make_verifier, part

from lambda_powertools.auth.exceptions import AuthError
from lambda_powertools.auth.jwt.exceptions import (
    InvalidClaimsError,
    InvalidSignatureError,
    InvalidTokenError,
    TokenExpiredError,
)

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "ES256K", "EdDSA"),
)


def refusal(verifier, token):
    """Return the exact class of the exception that a token gets."""
    with pytest.raises(AuthError) as error:
        verifier.verify(token)
    assert error.value.__cause__ is None
    assert error.value.__context__ is None
    return type(error.value)


@pytest.fixture(scope="module")
def rsa_private():
    return rsa.generate_private_key(65537, 2048)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_algorithm_verifies(algorithm, rsa_private):
    """AUTH-3, AUTH-16: each algorithm that can be configured verifies a token, and returns its claims."""
    key = Key(algorithm=algorithm, private=rsa_private if algorithm[:2] in {"RS", "PS"} else None)

    claims = make_verifier(key).verify(key.token(tenant="acme"))

    assert (claims["sub"], claims["tenant"], claims["iss"]) == ("ada", "acme", ISSUER)


def test_claims_are_fresh_for_each_call(key, verifier):
    """AUTH-16: what a caller does to the claims is not seen by the next."""
    token = key.token(groups=["a"])
    verifier.verify(token)["groups"].append("b")

    assert verifier.verify(token)["groups"] == ["a"]


@pytest.mark.parametrize("token", ["", None, 7, b"a.b.c", "a", "a.b", "a.b.c.d", "..", "a..c", "é.é.é", " a.b.c"])
def test_no_token_at_all(verifier, token):
    """AUTH-10, AUTH-11: what is no string of three parts is an invalid token."""
    assert refusal(verifier, token) is InvalidTokenError


@pytest.mark.parametrize(
    "header",
    [
        b"no json",
        b"\xff",
        [],
        "text",
        None,
        b"[" * 100_000,
        {"kid": "key-1"},
        {"alg": "ES256"},
        {"alg": "ES256", "kid": ""},
        {"alg": "ES256", "kid": 1},
        {"alg": ["ES256"], "kid": "key-1"},
        {"alg": "ES384", "kid": "key-1"},
        {"alg": "HS256", "kid": "key-1"},
        {"alg": "none", "kid": "key-1"},
        {"alg": "None", "kid": "key-1"},
        {"alg": "ES256", "kid": "key-1", "crit": ["exp"]},
        {"alg": "ES256", "kid": "key-1", "crit": []},
        {"alg": "ES256", "kid": "key-1", "b64": False},
        {"alg": "ES256", "kid": "unknown"},
    ],
    ids=lambda value: str(value)[:40],
)
def test_headers_that_are_refused(verifier, header):
    """AUTH-11, AUTH-12: undecodable headers, other algorithms, no key id, and extensions are an invalid token."""
    assert refusal(verifier, assemble(header, claims_with())) is InvalidTokenError


@pytest.mark.parametrize("signature", ["", "eA"])
def test_unsigned_token_is_refused(verifier, signature):
    """AUTH-3: `none` is never an algorithm, with an empty signature or one."""
    token = f"{part({'alg': 'none', 'kid': 'key-1'})}.{part(claims_with())}.{signature}"

    assert refusal(verifier, token) is InvalidTokenError


def test_public_key_is_no_shared_secret(rsa_private):
    """AUTH-3: a token signed by HMAC with the public key of the issuer is refused, whatever its header says."""
    key = Key(algorithm="RS256", private=rsa_private)
    encoding = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    public = rsa_private.public_key().public_bytes(*encoding)
    hmac = jwt.get_algorithm_by_name("HS256")
    for algorithm, expected in [("HS256", InvalidTokenError), ("RS256", InvalidSignatureError)]:
        signed = f"{part({'alg': algorithm, 'kid': 'key-1'})}.{part(claims_with())}"
        forged = f"{signed}.{part(hmac.sign(signed.encode(), public))}"

        assert refusal(make_verifier(key), forged) is expected


def test_algorithm_of_the_header_must_be_that_of_the_key(rsa_private):
    """AUTH-12: a key for RS256 verifies no PS256, also when both may be used."""
    mine = Key(algorithm="RS256", private=rsa_private)
    other = Key(algorithm="PS256", private=rsa_private)
    verifier = make_verifier(mine, algorithms=["RS256", "PS256"])

    assert verifier.verify(mine.token())["sub"] == "ada"
    assert refusal(verifier, other.token()) is InvalidTokenError


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "RSA"},
        {"kty": None},
        {"kty": ["EC"]},
        {"alg": "ES384"},
        {"use": "enc"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"x": "AAAA"},
        {"x": None},
        {"x": 5},
        {"y": "é"},
    ],
    ids=lambda value: str(value)[:40],
)
def test_keys_that_cannot_be_used(key, changes):
    """AUTH-12: a key of another type, use, operation or curve, or none that can be read, is an invalid token."""
    verifier = make_verifier(key, jwks={"keys": [key.jwk(**changes)]})

    assert refusal(verifier, key.token()) is InvalidTokenError


@pytest.mark.parametrize("changes", [{"alg": None}, {"use": None}, {"key_ops": ["verify"]}, {"d": "c2VjcmV0"}], ids=str)
def test_keys_that_can_be_used(key, changes):
    """AUTH-12: a key need not say what it is for, and a private part in it is not looked at."""
    assert make_verifier(key, jwks={"keys": [key.jwk(**changes)]}).verify(key.token())


def test_two_keys_of_one_id_are_none(key):
    """AUTH-12: which of them was meant cannot be known."""
    verifier = make_verifier(key, jwks={"keys": [key.jwk(), Key().jwk()]})

    assert refusal(verifier, key.token()) is InvalidTokenError


def test_keys_for_other_things_do_not_stand_in_the_way(key):
    """AUTH-12: a key of the same id that is for encryption does not count."""
    assert make_verifier(key, jwks={"keys": [key.jwk(use="enc"), key.jwk()]}).verify(key.token())


def test_short_rsa_keys_are_not_used():
    """RFC 7518, section 3.3: an RSA key has 2048 bits or more."""
    key = Key(algorithm="RS256", private=rsa.generate_private_key(65537, 1024))  # noqa: S505  # that is the test

    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        token = key.token()
    assert refusal(make_verifier(key), token) is InvalidTokenError


def test_signature_of_another_key(verifier):
    """AUTH-13: somebody else's signature under the id of the key."""
    assert refusal(verifier, Key().token()) is InvalidSignatureError


@pytest.mark.parametrize("place", [1, 2])
def test_changed_token(key, verifier, place):
    """AUTH-13, AUTH-17: a payload or a signature that is changed is a wrong signature, also if it is no JSON then."""
    parts = key.token().split(".")
    parts[place] = ("B" if parts[place][5] == "A" else "A").join((parts[place][:5], parts[place][6:]))

    assert refusal(verifier, ".".join(parts)) is InvalidSignatureError


def test_characters_that_decoders_skip_are_refused(key, verifier):
    """RFC 7515, section 2: no padding, line breaks or other characters in a part."""
    token = key.token()
    for wrong in (token + "=", token + "\n", token[:-4] + "!" + token[-4:], token.replace(".", " .", 1)):
        assert refusal(verifier, wrong) is InvalidTokenError


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://id.example.com"},
        {"iss": "https://id.example.com//"},
        {"iss": ISSUER.upper()},
        {"iss": ISSUER + "x"},
        {"iss": [ISSUER]},
        {"iss": None},
        {"aud": "order"},
        {"aud": "orders2"},
        {"aud": ["x"]},
        {"aud": []},
        {"aud": ["orders", 5]},
        {"aud": {"orders": 1}},
        {"aud": None},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"exp": [1]},
        {"nbf": "0"},
        {"iat": "0"},
        {"iat": False},
        {"nbf": 10**11},
        {"iat": 10**11},
    ],
    ids=lambda value: str(value)[:40],
)
def test_claims_that_are_refused(key, verifier, changes):
    """AUTH-13, AUTH-14: another issuer or audience, a missing claim, and times that are none, or to come."""
    assert refusal(verifier, key.token(**changes)) is InvalidClaimsError


@pytest.mark.parametrize(
    "payload",
    [b"no json", b"\xff\xfe\xff", b"[]", b'"text"', b"null", b"[" * 100_000, b'{"exp":' + b"9" * 5000 + b"}"],
    ids=lambda value: str(value[:20]),
)
def test_payload_that_cannot_be_decoded(key, verifier, payload):
    """AUTH-13: a payload that is signed, but no JSON object, has invalid claims."""
    assert refusal(verifier, key.sign(payload)) is InvalidClaimsError


@pytest.mark.parametrize("aud", ["orders", ["other", "orders"]])
def test_one_of_several_audiences_is_enough(key, aud):
    """AUTH-2, AUTH-13: one audience of the token must be one of those configured."""
    assert make_verifier(key, audience=["bills", "orders"]).verify(key.token(aud=aud))


@pytest.mark.parametrize(
    ("seconds_ago", "skew", "expected"), [(30, 60, None), (30, 10, TokenExpiredError), (61, 60, TokenExpiredError)]
)
def test_expiry_with_skew(key, seconds_ago, skew, expected):
    """AUTH-14: a token is valid until its end and the skew."""
    verifier = make_verifier(key, clock_skew_seconds=skew)
    token = key.token(exp=int(time.time()) - seconds_ago)

    assert (expected is None and bool(verifier.verify(token))) or refusal(verifier, token) is expected


@pytest.mark.parametrize("name", ["nbf", "iat"])
def test_start_with_skew(key, name):
    """AUTH-14: a start within the skew is accepted, one beyond it is not."""
    token = key.token(**{name: time.time() + 30})

    assert make_verifier(key).verify(token)
    assert refusal(make_verifier(key, clock_skew_seconds=0), token) is InvalidClaimsError


def test_far_times_are_numbers_like_others(key, verifier):
    """AUTH-14: a time of four hundred digits neither fails nor expires."""
    assert verifier.verify(key.token(exp=10**400))


def test_required_claims(key):
    """AUTH-6: what is required beside the usual must be there."""
    verifier = make_verifier(key, required_claims=["tenant"])

    assert verifier.verify(key.token(tenant="a"))
    assert refusal(verifier, key.token()) is InvalidClaimsError


@pytest.mark.parametrize("value", ["Access", None, 1, ["access"]])
def test_expected_claims_are_exact(key, value):
    """AUTH-15: a claim that differs by case or type, or is missing, is refused."""
    verifier = make_verifier(key, expected_claims={"token_use": "access"})

    assert verifier.verify(key.token(token_use="access"))  # no password
    assert refusal(verifier, key.token(token_use=value)) is InvalidClaimsError


@pytest.mark.parametrize("typ", ["JWT", "AT+JWT"])
def test_expected_headers_are_exact(key, typ):
    """AUTH-15: so is a header, such as the type of access tokens of RFC 9068."""
    verifier = make_verifier(key, expected_headers={"typ": "at+jwt"})

    assert verifier.verify(key.token({"typ": "at+jwt"}))
    assert refusal(verifier, key.token({"typ": typ})) is InvalidClaimsError


def test_key_on_another_curve_is_refused_although_its_signature_is_right():
    """AUTH-12: ES256 is P-256 and no other curve."""
    key = Key(algorithm="ES256", private=ec.generate_private_key(ec.SECP256K1()))
    parts = f"{part({'alg': 'ES256', 'kid': 'key-1'})}.{part(claims_with())}"
    signature = jwt.get_algorithm_by_name("ES256K").sign(parts.encode(), key.private)
    jwk = Key(algorithm="ES256K", private=key.private).jwk(alg="ES256")

    assert refusal(make_verifier(key, jwks={"keys": [jwk]}), f"{parts}.{part(signature)}") is InvalidTokenError


def test_exception_has_no_chain_also_while_another_is_handled(verifier):
    """AUTH-90: neither what led to it nor what the caller is handling hangs on the exception."""
    try:
        raise KeyError("secret of the caller")
    except KeyError:
        assert refusal(verifier, "a.b.c") is InvalidTokenError
        with pytest.raises(InvalidTokenError) as error:
            verifier.verify_authorization_header("Bearer x y")
    assert error.value.__context__ is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(token=st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9_=-]{0,30}\.[A-Za-z0-9_-]{0,30}\.[A-Za-z0-9_-]{0,30}"))
def test_any_text_is_refused_by_one_exception(verifier, token):
    """Whatever text is given as a token, the package's exception is what it gets."""
    with pytest.raises(InvalidTokenError):
        verifier.verify(token)
    with pytest.raises(InvalidTokenError):
        verifier.verify_authorization_header(token)


@FUZZ
@given(
    header=JSON | st.fixed_dictionaries({"alg": st.just("ES256") | JSON, "kid": st.just("key-1") | JSON}),
    payload=JSON,
    signature=st.binary(max_size=80),
)
def test_any_header_is_refused_by_one_exception(verifier, header, payload, signature):
    """Whatever JSON stands in the header of an unsigned token, the package's exception is what it gets."""
    with pytest.raises(InvalidTokenError):
        verifier.verify(assemble(json.dumps(header).encode(), json.dumps(payload).encode(), signature))


@FUZZ
@given(payload=JSON | st.dictionaries(st.sampled_from(["iss", "aud", "exp", "nbf", "iat"]), JSON))
def test_any_signed_payload_is_refused_by_one_exception(key, verifier, payload):
    """Whatever JSON the issuer itself signs, what is no proper set of claims has invalid claims."""
    if isinstance(payload, dict):
        payload.setdefault("iss", "somebody")
        payload.setdefault("aud", "orders")
    with pytest.raises(InvalidTokenError):
        verifier.verify(key.sign(payload))


@FUZZ
@given(changes=st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "alg", "use", "key_ops", "kid", "n"]), JSON))
def test_any_key_set_verifies_or_is_refused(key, changes):
    """Whatever stands in a key, the token is verified or the package's exception is raised."""
    verifier = make_verifier(key, jwks={"keys": [{**key.jwk(), **changes}]})
    try:
        assert verifier.verify(key.token())["sub"] == "ada"
    except InvalidTokenError:
        assert changes
