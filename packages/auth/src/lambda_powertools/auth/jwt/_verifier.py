"""What every verifier can do with a token."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.auth._detached import detached, detached_async
from lambda_powertools.auth.jwt._failures import MissingTokenError
from lambda_powertools.auth.jwt.exceptions import InvalidTokenError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.auth.exceptions import AuthError
    from lambda_powertools.auth.jwt._failures_in_http import AuthErrorContext


class Verifier(ABC):
    """Verifies tokens: a `JWTVerifier`, or a group of them made by `JWTVerifier.any_of`."""

    @abstractmethod
    def verify(self, token: str) -> dict[str, Any]:
        """Return the claims of a token that is valid.

        Args:
            token: the token alone, without `Bearer`.

        Raises:
            InvalidTokenError: it is not valid; a subclass tells why.
            JWKSFetchError: whether it is valid is not known.
        """

    @abstractmethod
    def prefetch(self) -> None:
        """Load what verifying needs, in the INIT phase.

        Raises:
            JWKSFetchError: the issuer could not be asked.
        """

    @detached_async
    async def averify(self, token: str) -> dict[str, Any]:
        """Do what `verify` does without blocking the event loop: what needs a request waits in a thread.

        Raises:
            InvalidTokenError: it is not valid; a subclass tells why.
            JWKSFetchError: whether it is valid is not known.
        """
        if self._can_answer_at_once(token):
            return self.verify(token)
        import asyncio

        return await asyncio.to_thread(self.verify, token)

    @detached_async
    async def aprefetch(self) -> None:
        """Do what `prefetch` does in a thread.

        Raises:
            JWKSFetchError: the issuer could not be asked.
        """
        import asyncio

        await asyncio.to_thread(self.prefetch)

    @detached
    def verify_authorization_header(self, value: str | None) -> dict[str, Any]:
        """Return the claims of the token in an `Authorization` header (RFC 6750, section 2.1).

        Args:
            value: the value of the header, None if there is none.

        Raises:
            InvalidTokenError: it is not valid; `reason` tells a missing one apart.
            JWKSFetchError: whether it is valid is not known.
        """
        return self.verify(_token_in(value))

    @detached_async
    async def averify_authorization_header(self, value: str | None) -> dict[str, Any]:
        """Do what `verify_authorization_header` does without blocking the event loop.

        Raises:
            InvalidTokenError: it is not valid; `reason` tells a missing one apart.
            JWKSFetchError: whether it is valid is not known.
        """
        return await self.averify(_token_in(value))

    @detached
    def require(
        self,
        *,
        scopes: list[str] | None = None,
        authorize: Callable[[dict[str, Any]], bool] | None = None,
        on_error: Callable[[AuthErrorContext], Any] | None = None,
    ) -> Callable[[Any, Callable[[Any], Any]], Any]:
        """Return a middleware for the event handler, for one route or for all.

        It answers 401, 403 or 503 where the request may not go on; else the claims are in `app.context["claims"]`.

        Args:
            scopes: all of them must be in the token.
            authorize: called with the claims; only True lets the request go on.
            on_error: makes the response of a failure from its `AuthErrorContext`.

        Raises:
            AuthConfigError: an argument is wrong.
        """
        from lambda_powertools.auth.jwt._middleware import make_middleware

        return make_middleware(self, scopes, authorize, on_error)

    @detached
    def authorize(
        self,
        event: Any,
        *,
        scopes: list[str] | None = None,
        response_format: Literal["iam", "simple"] = "iam",
        context_claims: list[str] | None = None,
        on_error: Callable[[AuthError], None] | None = None,
    ) -> dict[str, Any]:
        """Return what a Lambda authorizer of API Gateway answers: yes or no for the one method that is asked for.

        Args:
            event: of a REST API (TOKEN or REQUEST) or of an HTTP API, as a dictionary or its data class.
            scopes: all of them must be in the token.
            response_format: `"iam"` for a policy, `"simple"` for HTTP APIs that enable simple responses.
            context_claims: claims to hand on as the authorizer's context.
            on_error: told of every failure.

        Raises:
            AuthConfigError: the event or an argument is wrong.
            JWKSFetchError: whether the token is valid is not known; API Gateway answers 500 and caches nothing.
        """
        from lambda_powertools.auth.jwt._authorizer import AuthorizerRequest, decide

        return decide(self, AuthorizerRequest(event, response_format), scopes, context_claims, on_error)

    def _can_answer_at_once(self, token: str) -> bool:  # noqa: ARG002  # subclasses look at it
        """Return whether verifying needs no request."""
        return False


def _token_in(value: Any) -> str:
    if value is None:
        raise MissingTokenError
    scheme, *rest = value.split() if isinstance(value, str) and value.strip() else ("",)
    if scheme.lower() != "bearer" or len(rest) != 1:
        raise InvalidTokenError
    return str(rest[0])
