"""Checks of a request that a token is sent with, all of them before there is a token."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lambda_powertools.auth import _checks
from lambda_powertools.auth.exceptions import AuthConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

_METHOD = re.compile(r"[A-Za-z]+")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_OPTIONS = frozenset({"body", "fields", "json", "encode_multipart", "multipart_boundary"})


class DownstreamRequest(NamedTuple):
    """A request that may be sent."""

    method: str
    url: str
    timeout: float
    headers: dict[str, str]
    options: dict[str, Any]


def checked_request(
    method: Any, url: Any, timeout: Any, headers: Mapping[str, str] | None, options: dict[str, Any]
) -> DownstreamRequest:
    """Return a request after checking it.

    Raises:
        AuthConfigError: something of it is wrong.
    """
    if not isinstance(method, str) or _METHOD.fullmatch(method) is None:
        raise AuthConfigError("method must be of letters only")
    _checks.https_url(url, "url", may_have_query=True)
    sent = _checked_headers(headers)
    if not options.keys() <= _OPTIONS:
        raise AuthConfigError(f"the options of a request are {', '.join(sorted(_OPTIONS))}")
    given = dict(options)
    if sum(given.get(name) is not None for name in ("body", "fields", "json")) > 1:
        raise AuthConfigError("body, fields and json exclude each other")
    if given.get("json") is not None:
        given["body"] = _json_bytes(given.pop("json"))
        if not any(name.lower() == "content-type" for name in sent):
            sent["Content-Type"] = "application/json"
    return DownstreamRequest(method.upper(), url, _checks.seconds(timeout, "timeout"), sent, given)


def _checked_headers(headers: Any) -> dict[str, str]:
    if headers is None:
        return {}
    try:
        given = dict(headers)
    except (TypeError, ValueError):
        raise AuthConfigError("headers must be a mapping of strings to strings") from None
    for name, value in given.items():
        if not isinstance(name, str) or _HEADER_NAME.fullmatch(name) is None:
            raise AuthConfigError("each name in headers must be the name of a header")
        if not isinstance(value, str) or _HEADER_VALUE.fullmatch(value) is None:
            raise AuthConfigError("each value in headers must be a string without control characters, in Latin-1")
        if name.lower() == "authorization":
            raise AuthConfigError("headers must not have Authorization: the client sets it")
    return given


def _json_bytes(value: Any) -> bytes:
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise AuthConfigError("json must be a value that JSON has a form for") from None
