"""The plugin: connects this package to the hooks, and has no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.auth.exceptions import AuthError
    from lambda_powertools.auth.jwt import Verifier
    from lambda_powertools.core import Application, Invocation


class AuthOptions:
    """What `@powertools(auth={…})` may name; a verifier alone is also accepted as it is.

    Example:
        >>> from lambda_powertools.auth import JWTVerifier
        >>> from lambda_powertools.auth.plugin import AuthPlugin
        >>> from lambda_powertools.core import Registry, powertools
        >>> registry = Registry()
        >>> registry.register(AuthPlugin)
        >>> verifier = JWTVerifier(issuer="https://id.example.com", audience="orders", algorithms=["RS256"])
        >>> @powertools(registry=registry, auth={"verifier": verifier, "scopes": ["orders:read"]})
        ... def handler(event, context):
        ...     return {"statusCode": 200}
        >>> handler({"headers": {}}, None)["statusCode"]
        401
    """

    def __init__(
        self,
        *,
        verifier: Verifier | None = None,
        scopes: list[str] | None = None,
        authorize: Callable[[dict[str, Any]], bool] | None = None,
        prefetch: bool = False,
    ) -> None:
        """Check and keep the options.

        Args:
            verifier: who verifies the tokens; without one the plugin does nothing.
            scopes: all of them must be in the token.
            authorize: called with the claims; only True lets the invocation go on.
            prefetch: fetch the keys in the INIT phase.

        Raises:
            AuthConfigError: an option is wrong.
        """
        from lambda_powertools.auth._checks import callable_or_none
        from lambda_powertools.auth._checks import scopes as checked_scopes
        from lambda_powertools.auth.exceptions import AuthConfigError

        if verifier is None and (scopes or authorize or prefetch):
            raise AuthConfigError("verifier is missing: without it no token is looked at")
        if verifier is not None and not callable(getattr(verifier, "verify_authorization_header", None)):
            raise AuthConfigError("verifier must be a JWTVerifier, or a group made by JWTVerifier.any_of")
        self.verifier = verifier
        self.scopes = checked_scopes(scopes)
        self.authorize = callable_or_none(authorize, "authorize")
        self.prefetch = prefetch

    @classmethod
    def from_value(cls, value: Any) -> AuthOptions:
        """Take a verifier.

        Raises:
            AuthConfigError: it is none.
        """
        return cls(verifier=value)


class AuthPlugin(Plugin[AuthOptions]):
    """Lets HTTP events with a valid token in and puts its claims into `invocation.state["auth"]["claims"]`.

    Others are answered with 401, 403 or 503. Does nothing without a verifier.
    """

    name = "auth"
    # Inside observability, outside validation and parser: what nobody may send is not looked at.
    order = 210
    Options = AuthOptions

    def __init__(self, options: AuthOptions | None = None) -> None:
        super().__init__(options)

    @hookimpl
    def on_init(self, application: Application) -> None:
        """Fetch the keys, if that is wanted."""
        options: AuthOptions | None = self.options
        if options is None or options.verifier is None:
            self.stand_aside()
            return
        from lambda_powertools.core.callables import is_coroutine_function

        self._is_async = is_coroutine_function(application.handler)
        if options.prefetch:
            _prefetch(options.verifier, application.name)

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> Any:
        """Verify the token of the event, or answer in the handler's stead."""
        if self._is_async:
            return self._guard_async(invocation)
        from lambda_powertools.auth.exceptions import AuthError
        from lambda_powertools.auth.jwt._event_token import authorization_of

        try:
            header = authorization_of(_raw(invocation.event))
            claims = self._verifier.verify_authorization_header(header)
            self._admit(invocation, claims)
        except AuthError as error:
            self._refuse(invocation, error)
        return None

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Forget the claims."""
        invocation.state.pop(self.name, None)

    @hookimpl
    def on_error(self, invocation: Invocation) -> None:
        """Forget the claims."""
        invocation.state.pop(self.name, None)

    async def _guard_async(self, invocation: Invocation) -> None:
        from lambda_powertools.auth.exceptions import AuthError
        from lambda_powertools.auth.jwt._event_token import authorization_of

        try:
            header = authorization_of(_raw(invocation.event))
            claims = await self._verifier.averify_authorization_header(header)
            self._admit(invocation, claims)
        except AuthError as error:
            self._refuse(invocation, error)

    @property
    def _verifier(self) -> Verifier:
        verifier = self.options.verifier
        if verifier is None:
            raise RuntimeError("the plugin has no verifier and should have stood aside")
        return verifier

    def _admit(self, invocation: Invocation, claims: dict[str, Any]) -> None:
        from lambda_powertools.auth.jwt._scopes import check_allowed, check_scopes

        check_scopes(claims, self.options.scopes)
        check_allowed(claims, self.options.authorize)
        invocation.state[self.name] = {"claims": claims}

    def _refuse(self, invocation: Invocation, error: AuthError) -> None:
        from lambda_powertools.auth.jwt._failures_in_http import context_of, proxy_response

        invocation.respond(proxy_response(context_of(error, self.options.scopes), _raw(invocation.event)))


def _raw(event: Any) -> Any:
    return getattr(event, "raw_event", event)


def _prefetch(verifier: Verifier, name: str) -> None:
    from lambda_powertools.auth.exceptions import AuthError

    try:
        verifier.prefetch()
    except AuthError as error:
        from lambda_powertools.core.package_logger import report_failure

        report_failure(f"the keys for the tokens of {name} were not prefetched; the first token tries again", error)
