"""Keys, and tokens signed with them."""

from __future__ import annotations

import base64
import json
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

from lambda_powertools.auth import JWTVerifier

ISSUER = "https://id.example.com/"
AUDIENCE = "orders"


def new_private_key(algorithm):
    """Make a key pair for an algorithm."""
    if algorithm.startswith(("RS", "PS")):
        return rsa.generate_private_key(65537, 2048)
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    curves = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1, "ES512": ec.SECP521R1, "ES256K": ec.SECP256K1}
    return ec.generate_private_key(curves[algorithm]())


class Key:
    """A key pair of an issuer."""

    def __init__(self, kid="key-1", algorithm="ES256", private=None):
        self.kid = kid
        self.algorithm = algorithm
        self.private = new_private_key(algorithm) if private is None else private

    def jwk(self, **changes):
        """Return the public key as it stands in a key set."""
        public = get_default_algorithms()[self.algorithm].to_jwk(self.private.public_key(), as_dict=True)
        public.pop("key_ops", None)
        whole = {**public, "kid": self.kid, "use": "sig", "alg": self.algorithm, **changes}
        return {name: value for name, value in whole.items() if value is not None}

    def sign(self, payload, headers=None):
        """Return a token of any payload, bytes or claims."""
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        changed = {"kid": self.kid, **(headers or {})}
        return jwt.PyJWS().encode(content, self.private, self.algorithm, headers=changed)

    def token(self, headers=None, **changes):
        """Return a token with the usual claims, changed; None leaves one out."""
        return self.sign(claims_with(**changes), headers)


def claims_with(**changes):
    """Return the usual claims, changed; None leaves one out."""
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": AUDIENCE, "exp": now + 600, "iat": now, "sub": "ada", "scope": "orders:read a:b"}
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


def part(value):
    """Return a part of a token."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def assemble(header, payload, signature=b"signature"):
    """Return a token that nobody has signed."""
    return ".".join((part(header), part(payload), part(signature)))


def make_verifier(key, **options):
    """Return a verifier of the usual issuer that has the key."""
    given = {"issuer": ISSUER, "audience": AUDIENCE, "algorithms": [key.algorithm], "jwks": {"keys": [key.jwk()]}}
    return JWTVerifier(**{**given, **options})
