"""For tests of code that verifies tokens: claims without a token."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.auth.jwt._verifier import Verifier

_VERIFY = "verify"


@contextmanager
def mock_claims(verifier: Verifier, claims: dict[str, Any]) -> Iterator[None]:
    """Let a verifier find every token valid, with these claims; headers are still parsed and scopes checked.

    Args:
        verifier: the verifier; others are not changed.
        claims: what it returns, as they are now, a copy for each call.

    Example:
        >>> from lambda_powertools.auth import JWTVerifier
        >>> from lambda_powertools.auth.jwt.testing import mock_claims
        >>> verifier = JWTVerifier(issuer="https://id.example.com", audience="orders", algorithms=["RS256"])
        >>> with mock_claims(verifier, {"sub": "ada"}):
        ...     verifier.verify_authorization_header("Bearer anything")
        {'sub': 'ada'}
    """
    snapshot = copy.deepcopy(claims)
    attributes = vars(verifier)
    previous = attributes.get(_VERIFY)
    attributes[_VERIFY] = lambda token: copy.deepcopy(snapshot)  # noqa: ARG005  # any token will do
    try:
        yield
    finally:
        if previous is None:
            del attributes[_VERIFY]
        else:
            attributes[_VERIFY] = previous
