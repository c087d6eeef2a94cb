"""Several verifiers as one: the issuer that a token names chooses which one it is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.auth._detached import detached
from lambda_powertools.auth.exceptions import AuthConfigError, AuthError
from lambda_powertools.auth.jwt._compact import parse_compact
from lambda_powertools.auth.jwt._jwt_verifier import JWTVerifier
from lambda_powertools.auth.jwt._verifier import Verifier
from lambda_powertools.auth.jwt.exceptions import InvalidTokenError

if TYPE_CHECKING:
    from collections.abc import Sequence


class IssuerGroup(Verifier):
    """Verifies tokens of several issuers."""

    def __init__(self, verifiers: Sequence[Any]) -> None:
        if not verifiers or not all(isinstance(one, JWTVerifier) for one in verifiers):
            raise AuthConfigError("any_of takes at least one verifier, and each must be a JWTVerifier")
        self._verifiers: dict[str, JWTVerifier] = {one.issuer: one for one in verifiers}
        if len(self._verifiers) != len(verifiers):
            raise AuthConfigError("any_of takes verifiers of issuers that are all different")

    @detached
    def verify(self, token: str) -> dict[str, Any]:
        """Return the claims of a token that the verifier of its issuer finds valid.

        Raises:
            InvalidTokenError: it is not valid, or of another issuer.
            JWKSFetchError: whether it is valid is not known.
        """
        return self._verifier_of(token).verify(token)

    @detached
    def prefetch(self) -> None:
        """Load the keys of all issuers.

        Raises:
            JWKSFetchError: one could not be asked.
        """
        for verifier in self._verifiers.values():
            verifier.prefetch()

    def _verifier_of(self, token: str) -> JWTVerifier:
        """Return the verifier of the issuer that a token, of which nothing is verified, names."""
        try:
            claims = json.loads(parse_compact(token).payload)
        except (ValueError, RecursionError):
            raise InvalidTokenError from None
        issuer = claims.get("iss") if isinstance(claims, dict) else None
        if not isinstance(issuer, str) or issuer not in self._verifiers:
            raise InvalidTokenError
        return self._verifiers[issuer]

    def _can_answer_at_once(self, token: str) -> bool:
        try:
            return self._verifier_of(token)._can_answer_at_once(token)  # noqa: SLF001  # of the same base class
        except AuthError:
            return True

    def __repr__(self) -> str:
        return "<JWTVerifier issuer group>"
