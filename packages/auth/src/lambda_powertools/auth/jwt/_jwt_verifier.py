"""The verifier of the tokens of one issuer."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from lambda_powertools.auth import _checks
from lambda_powertools.auth._detached import detached
from lambda_powertools.auth.exceptions import AuthConfigError, AuthError
from lambda_powertools.auth.jwt._claims import REQUIRED, ClaimRules, check_expected, read_claims
from lambda_powertools.auth.jwt._compact import parse_compact
from lambda_powertools.auth.jwt._key_sources import CacheSettings, FixedKeys, shared_keys
from lambda_powertools.auth.jwt._keys import ALGORITHMS, check_signature
from lambda_powertools.auth.jwt._verifier import Verifier
from lambda_powertools.auth.jwt.exceptions import InvalidTokenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.auth.jwt._compact import CompactToken
    from lambda_powertools.auth.jwt._key_sources import KeySource

_USER_POOL = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d+)_[A-Za-z0-9]+", re.ASCII)


class JWTVerifier(Verifier):
    """Verifies the access tokens of one issuer: signature first, then issuer, audience, times and what else is wanted.

    Making one sends nothing. Its keys are given, or fetched from the issuer at the first token and cached; verifiers of
    one issuer share them. All exceptions have fixed texts: no token, claim or URL is ever in one.

    Example:
        >>> from lambda_powertools.auth import AuthError, JWTVerifier
        >>> verifier = JWTVerifier(issuer="https://id.example.com", audience="orders", algorithms=["RS256"])
        >>> try:
        ...     verifier.verify("not a token")
        ... except AuthError as error:
        ...     print(error, error.reason.value)
        Invalid access token invalid_token
    """

    @detached
    def __init__(  # noqa: PLR0913  # options of one verifier, each by its name
        self,
        *,
        issuer: str,
        audience: str | list[str],
        algorithms: list[str],
        jwks: dict[str, Any] | None = None,
        jwks_uri: str | None = None,
        required_claims: list[str] | None = None,
        expected_claims: Mapping[str, str] | None = None,
        expected_headers: Mapping[str, str] | None = None,
        clock_skew_seconds: float = 60,
        timeout_seconds: float = 3,
        jwks_max_age_seconds: float = 300,
        unknown_kid_cooldown_seconds: float = 300,
    ) -> None:
        """Check and keep the configuration.

        Args:
            issuer: what `iss` must be, exactly; its OpenID Connect configuration names the keys if nothing else does.
            audience: what `aud` must have one of.
            algorithms: of the signature: RS256 to RS512, PS256 to PS512, ES256 to ES512, ES256K, EdDSA.
            jwks: the keys, if they are not to be fetched (RFC 7517, section 5).
            jwks_uri: where they are, if the issuer is not to be asked.
            required_claims: names that must be there beside `iss`, `aud` and `exp`.
            expected_claims: claims that must have a value.
            expected_headers: headers of the token that must have a value, such as `{"typ": "at+jwt"}` (RFC 9068).
            clock_skew_seconds: by how much clocks may differ.
            timeout_seconds: for fetching the keys, all in all.
            jwks_max_age_seconds: how long they are used; a key that was withdrawn is trusted no longer than this.
            unknown_kid_cooldown_seconds: how long after fetching a token with an unknown key is refused without
                fetching again.

        Raises:
            AuthConfigError: an argument is wrong, which is a ValueError.
        """
        self._issuer = _checks.https_url(issuer, "issuer", may_have_query=False)
        self._algorithms = _checked_algorithms(algorithms)
        self._expected_headers = _checks.expectations(expected_headers, "expected_headers")
        required = () if required_claims is None else _checks.texts(required_claims, "required_claims")
        self._rules = ClaimRules(
            self._issuer,
            _checks.audiences(audience),
            tuple(dict.fromkeys((*REQUIRED, *required))),
            _checks.expectations(expected_claims, "expected_claims"),
            _checks.seconds(clock_skew_seconds, "clock_skew_seconds", may_be_zero=True),
        )
        self._timeout = _checks.seconds(timeout_seconds, "timeout_seconds")
        max_age = _checks.seconds(jwks_max_age_seconds, "jwks_max_age_seconds")
        cooldown = _checks.seconds(unknown_kid_cooldown_seconds, "unknown_kid_cooldown_seconds", may_be_zero=True)
        if jwks is not None and jwks_uri is not None:
            raise AuthConfigError("jwks and jwks_uri exclude each other")
        if jwks_uri is not None:
            _checks.https_url(jwks_uri, "jwks_uri", may_have_query=True)
        self._keys: KeySource = (
            shared_keys(CacheSettings(self._issuer, jwks_uri, max_age, cooldown)) if jwks is None else FixedKeys(jwks)
        )

    @classmethod
    @detached
    def cognito(cls, *, user_pool_id: str, client_id: str, audience: str | list[str], **options: Any) -> JWTVerifier:
        """Return a verifier of the access tokens that an Amazon Cognito user pool gives to one client.

        https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html

        Args:
            user_pool_id: such as `eu-west-1_AbC123`.
            client_id: the app client that the token was given to.
            audience: the resource server that it is bound to; Cognito names none without resource binding.
            options: other parameters of the class.

        Raises:
            AuthConfigError: an argument is wrong.

        Example:
            >>> from lambda_powertools.auth import JWTVerifier
            >>> JWTVerifier.cognito(user_pool_id="eu-west-1_AbC123", client_id="1example", audience="https://orders")
            <JWTVerifier>
        """
        pool = _USER_POOL.fullmatch(_checks.text(user_pool_id, "user_pool_id"))
        if pool is None:
            raise AuthConfigError("user_pool_id must be of the form <region>_<id>")
        _checks.text(client_id, "client_id")
        fixed = sorted({"issuer", "algorithms", "jwks_uri"} & options.keys())
        if fixed:
            raise AuthConfigError(f"{fixed[0]} follows from user_pool_id")
        domain = "amazonaws.com.cn" if user_pool_id.startswith("cn-") else "amazonaws.com"
        issuer = f"https://cognito-idp.{pool[1]}.{domain}/{user_pool_id}"
        if options.get("jwks") is None:
            options["jwks_uri"] = f"{issuer}/.well-known/jwks.json"
        verifier = cls(issuer=issuer, audience=audience, algorithms=["RS256"], **options)
        of_pool = (("token_use", "access"), ("client_id", client_id))
        verifier._rules = verifier._rules._replace(expected=(*verifier._rules.expected, *of_pool))
        return verifier

    @classmethod
    @detached
    def any_of(cls, *verifiers: JWTVerifier) -> Verifier:
        """Return a verifier that takes tokens of several issuers, each verified by its own.

        Args:
            verifiers: one for each issuer.

        Raises:
            AuthConfigError: there are none, two of one issuer, or something else among them.
        """
        from lambda_powertools.auth.jwt._issuer_group import IssuerGroup

        return IssuerGroup(verifiers)

    @property
    def issuer(self) -> str:
        """The issuer."""
        return self._issuer

    @detached
    def verify(self, token: str) -> dict[str, Any]:
        """Return the claims of a token that is valid, as a new dictionary.

        Args:
            token: the token alone, without `Bearer`.

        Raises:
            InvalidTokenError: it is not valid; a subclass tells why.
            JWKSFetchError: whether it is valid is not known.
        """
        compact = parse_compact(token)
        algorithm, kid = self._key_of(compact)
        key_set = self._keys.key_set_for(kid, time.monotonic() + self._timeout)
        check_signature(key_set.usable_key(kid, algorithm), algorithm, compact.signed, compact.signature)
        claims = read_claims(compact.payload, self._rules)
        check_expected(compact.header, self._expected_headers)
        return claims

    @detached
    def prefetch(self) -> None:
        """Load keys that are missing or too old, and the library that uses them; for the INIT phase.

        Raises:
            JWKSFetchError: the issuer could not be asked.
        """
        import jwt.algorithms  # noqa: F401  # its import takes far longer than verifying

        self._keys.prefetch(time.monotonic() + self._timeout)

    def _key_of(self, compact: CompactToken) -> tuple[str, str]:
        """Return the algorithm and the key that the header of a token names."""
        header = compact.header
        algorithm, kid = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in self._algorithms:
            raise InvalidTokenError
        if not isinstance(kid, str) or not kid or "crit" in header or header.get("b64") is False:
            raise InvalidTokenError
        return algorithm, kid

    def _can_answer_at_once(self, token: str) -> bool:
        try:
            _, kid = self._key_of(parse_compact(token))
        except AuthError:
            return True
        return self._keys.has_at_once(kid)

    def __repr__(self) -> str:
        return "<JWTVerifier>"


def _checked_algorithms(value: Any) -> frozenset[str]:
    if not isinstance(value, (list, tuple)) or not value or not all(isinstance(one, str) for one in value):
        raise AuthConfigError("algorithms must be a list with at least one algorithm")
    if not set(value) <= set(ALGORITHMS):
        raise AuthConfigError(f"algorithms must be of {', '.join(ALGORITHMS)}")
    return frozenset(value)
