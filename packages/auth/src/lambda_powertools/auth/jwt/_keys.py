"""Keys of a key set (RFC 7517): which one a token needs, and whether it can be used."""

from __future__ import annotations

from typing import Any

from lambda_powertools.auth.jwt.exceptions import InvalidSignatureError, InvalidTokenError

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "ES256K", "EdDSA"),
)
"""What can be configured: signatures with a key pair (RFC 7518, RFC 8037, RFC 8812), nothing with a shared secret."""

_PUBLIC = {"RSA": ("kty", "n", "e"), "EC": ("kty", "crv", "x", "y"), "OKP": ("kty", "crv", "x")}
_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
_CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "secp256k1"}
_LEAST_RSA_BITS = 2048  # RFC 7518, sections 3.3 and 3.5


class KeySet:
    """The keys of an issuer at one time. Each is made usable once, at its first use."""

    def __init__(self, keys: list[dict[str, Any]]) -> None:
        self._keys = keys
        self._ids = frozenset(key["kid"] for key in keys if isinstance(key.get("kid"), str))
        self._usable: dict[tuple[str, str], Any] = {}

    def has(self, kid: str) -> bool:
        """Return whether a key of this id is among them."""
        return kid in self._ids

    def usable_key(self, kid: str, algorithm: str) -> Any:
        """Return the one key of this id for this algorithm.

        Raises:
            InvalidTokenError: there is none, more than one, or it cannot be used.
        """
        key = self._usable.get((kid, algorithm))
        if key is None:
            found = [key for key in self._keys if key.get("kid") == kid and _may_verify(key, algorithm)]
            if len(found) != 1:
                raise InvalidTokenError
            key = self._usable[kid, algorithm] = _load(found[0], algorithm)
        return key


def check_signature(key: Any, algorithm: str, signed: bytes, signature: bytes) -> None:
    """Check a signature.

    Raises:
        InvalidSignatureError: it is not of this key.
    """
    import jwt

    try:
        is_right = jwt.get_algorithm_by_name(algorithm).verify(signed, key, signature)
    except Exception:  # noqa: BLE001  # whatever a library makes of such bytes, it is no signature
        is_right = False
    if is_right is not True:
        raise InvalidSignatureError


def _may_verify(key: dict[str, Any], algorithm: str) -> bool:
    operations = key.get("key_ops")
    return (
        key.get("kty") in ("RSA", "EC", "OKP")
        and key.get("alg") in (None, algorithm)
        and key.get("use") in (None, "sig")
        and (operations is None or (isinstance(operations, list) and "verify" in operations))
    )


def _load(key: dict[str, Any], algorithm: str) -> Any:
    """Return the public key for an algorithm, as the library has it."""
    import jwt

    kind = _TYPES[algorithm[:2]]
    if key["kty"] != kind or (kind == "EC" and key.get("crv") != _CURVES[algorithm]):
        raise InvalidTokenError
    public = {name: key.get(name) for name in _PUBLIC[kind]}  # nobody needs the private part, if it is there
    try:
        usable: Any = jwt.get_algorithm_by_name(algorithm)
        loaded = usable.from_jwk(public)
    except Exception:  # noqa: BLE001  # there are many ways to be no key
        raise InvalidTokenError from None
    if kind == "RSA" and loaded.key_size < _LEAST_RSA_BITS:
        raise InvalidTokenError
    return loaded
