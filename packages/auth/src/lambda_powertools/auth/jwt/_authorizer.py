"""Answers of a Lambda authorizer of API Gateway.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from lambda_powertools.auth._checks import callable_or_none, texts
from lambda_powertools.auth._checks import scopes as checked_scopes
from lambda_powertools.auth._detached import detach
from lambda_powertools.auth.exceptions import AuthConfigError, AuthError
from lambda_powertools.auth.jwt._event_token import authorization_of
from lambda_powertools.auth.jwt._scopes import check_scopes
from lambda_powertools.auth.jwt.exceptions import InvalidClaimsError, JWKSFetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lambda_powertools.auth.jwt._verifier import Verifier

_LONGEST_ARN = 512
_ARN = re.compile(r"arn:aws[a-z0-9-]*:execute-api:[a-z0-9-]+:\d{12}:[A-Za-z0-9]+/[^/*?\s]+/[A-Z]+/[^*?\r\n]*", re.ASCII)
_RESERVED = "claims"


class AuthorizerRequest:
    """What an authorizer is asked, checked before anything is verified.

    Args:
        event: the event, or its data class.
        response_format: `"iam"` or `"simple"`.

    Raises:
        AuthConfigError: it is no event of an authorizer, or one that cannot be answered in this format.
    """

    def __init__(self, event: Any, response_format: str) -> None:
        raw = getattr(event, "raw_event", event)
        kind = raw.get("type") if isinstance(raw, dict) else None
        if kind not in ("TOKEN", "REQUEST"):
            raise AuthConfigError("event must be one of an API Gateway authorizer, of type TOKEN or REQUEST")
        is_second = raw.get("version") == "2.0"
        self.is_simple = response_format == "simple"
        if response_format not in ("iam", "simple"):
            raise AuthConfigError('response_format must be "iam" or "simple"')
        if self.is_simple and not (is_second and kind == "REQUEST"):
            raise AuthConfigError('response_format "simple" needs a REQUEST event of payload version 2.0')
        self._event = raw
        self._is_token = kind == "TOKEN"
        self.arn = "" if self.is_simple else _checked_arn(raw.get("routeArn" if is_second else "methodArn"))

    def authorization(self) -> Any:
        """Return what stands in place of the `Authorization` header.

        Raises:
            InvalidTokenError: there are several.
        """
        return self._event.get("authorizationToken") if self._is_token else authorization_of(self._event)


def decide(
    verifier: Verifier,
    request: AuthorizerRequest,
    scopes: Sequence[str] | None,
    context_claims: Sequence[str] | None,
    on_error: Callable[[AuthError], None] | None,
) -> dict[str, Any]:
    """Return the answer to an authorizer's request.

    Raises:
        AuthConfigError: an argument is wrong.
        JWKSFetchError: whether the token is valid is not known, and a refusal would be cached.
    """
    required = checked_scopes(scopes)
    names = () if context_claims is None else texts(context_claims, "context_claims")
    if _RESERVED in names:
        raise AuthConfigError('context_claims must not name "claims": API Gateway reserves it')
    callable_or_none(on_error, "on_error")
    try:
        claims = verifier.verify_authorization_header(request.authorization())
        check_scopes(claims, required)
        if not request.is_simple and not _is_subject(claims.get("sub")):
            raise InvalidClaimsError
    except AuthError as error:
        failure = error
        detach(failure)
    else:
        return _answer(request, claims, {name: claims[name] for name in names if _is_plain(claims.get(name))})
    if on_error is not None:
        on_error(failure)
    if isinstance(failure, JWKSFetchError):
        raise failure
    return _answer(request, None, {})


def _answer(request: AuthorizerRequest, claims: dict[str, Any] | None, context: dict[str, Any]) -> dict[str, Any]:
    extra = {"context": context} if context else {}
    if request.is_simple:
        return {"isAuthorized": claims is not None, **extra}
    effect = "Deny" if claims is None else "Allow"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": [request.arn]}
    return {
        "principalId": "unauthorized" if claims is None else claims["sub"],
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        **extra,
    }


def _checked_arn(arn: Any) -> str:
    if not isinstance(arn, str) or len(arn) > _LONGEST_ARN or _ARN.fullmatch(arn) is None:
        raise AuthConfigError("the event must name one method of an API by its ARN, without wildcards")
    return arn


def _is_subject(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_plain(value: Any) -> bool:
    """Return whether API Gateway takes a value as context."""
    return isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))
