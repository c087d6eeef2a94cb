"""What the claims of a token must say (RFC 7519, section 4.1), once its signature is known to be right."""

from __future__ import annotations

import json
import math
import time
from typing import Any, NamedTuple

from lambda_powertools.auth.jwt.exceptions import InvalidClaimsError, TokenExpiredError

REQUIRED = ("iss", "aud", "exp")


class ClaimRules(NamedTuple):
    """What is demanded.

    Attributes:
        issuer: the one issuer.
        audiences: of which one must be meant.
        required: names that must be there.
        expected: names and their values.
        skew: seconds by which clocks may differ.
    """

    issuer: str
    audiences: tuple[str, ...]
    required: tuple[str, ...]
    expected: tuple[tuple[str, str], ...]
    skew: float


def read_claims(payload: bytes, rules: ClaimRules) -> dict[str, Any]:
    """Return the claims of a payload that fulfil the rules.

    Raises:
        InvalidClaimsError: it does not fulfil them.
        TokenExpiredError: it is too old.
    """
    try:
        claims = json.loads(payload)
    except (ValueError, RecursionError):
        raise InvalidClaimsError from None
    if not isinstance(claims, dict) or any(claims.get(name) is None for name in rules.required):
        raise InvalidClaimsError
    if claims["iss"] != rules.issuer or not _is_meant(claims["aud"], rules.audiences):
        raise InvalidClaimsError
    _check_times(claims, time.time(), rules.skew)
    check_expected(claims, rules.expected)
    return claims


def check_expected(values: dict[str, Any], expected: tuple[tuple[str, str], ...]) -> None:
    """Check that values are there and exactly these.

    Raises:
        InvalidClaimsError: one is not.
    """
    for name, value in expected:
        found = values.get(name)
        if not isinstance(found, str) or found != value:
            raise InvalidClaimsError


def _is_meant(audience: Any, audiences: tuple[str, ...]) -> bool:
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        return False
    return any(one in audiences for one in named)


def _check_times(claims: dict[str, Any], now: float, skew: float) -> None:
    expiry, not_before, issued = (_seconds(claims, name) for name in ("exp", "nbf", "iat"))
    if expiry is not None and expiry <= now - skew:
        raise TokenExpiredError
    if any(start is not None and start > now + skew for start in (not_before, issued)):
        raise InvalidClaimsError


def _seconds(claims: dict[str, Any], name: str) -> float | None:
    """Return a time; None where it is not said."""
    if name not in claims:
        return None
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidClaimsError
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidClaimsError
    return value
