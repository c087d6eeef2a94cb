"""Checks of arguments. Each raises an error that names the argument and what it must be, and never says its value."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lambda_powertools.auth.exceptions import AuthConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")


def https_url(value: Any, name: str, *, may_have_query: bool) -> str:
    """Return an absolute HTTPS URL.

    Raises:
        AuthConfigError: it is none.
    """
    if not is_https_url(value, may_have_query=may_have_query):
        query = "" if may_have_query else ", query"
        raise AuthConfigError(f"{name} must be an HTTPS URL with a host, without user info{query}, fragment or spaces")
    return str(value)


def is_https_url(value: Any, *, may_have_query: bool) -> bool:
    """Return whether it is an absolute HTTPS URL without user info, fragment, spaces and control characters."""
    if not isinstance(value, str) or not value.isprintable() or any(c.isspace() or c in "\\#" for c in value):
        return False
    if "?" in value and not may_have_query:
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and port != 0


def text(value: Any, name: str) -> str:
    """Return a string with something in it that can be sent.

    Raises:
        AuthConfigError: it is none.
    """
    if not isinstance(value, str) or not value.strip():
        raise AuthConfigError(f"{name} must be a string that is not blank")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise AuthConfigError(f"{name} must be encodable as UTF-8") from None
    return value


def texts(value: Any, name: str) -> tuple[str, ...]:
    """Return a list of strings without repetitions, in its order.

    Raises:
        AuthConfigError: it is none.
    """
    if not isinstance(value, (list, tuple)):
        raise AuthConfigError(f"{name} must be a list of strings")
    return tuple(dict.fromkeys(text(one, f"each of {name}") for one in value))


def audiences(value: Any) -> tuple[str, ...]:
    """Return the audiences that one string or a list names.

    Raises:
        AuthConfigError: there are none, or they are no strings.
    """
    found = texts([value] if isinstance(value, str) else value, "audience")
    if not found:
        raise AuthConfigError("audience must name at least one")
    return found


def expectations(value: Mapping[str, str] | None, name: str) -> tuple[tuple[str, str], ...]:
    """Return names and values that are expected.

    Raises:
        AuthConfigError: a name or a value is no string, or blank.
    """
    if value is None:
        return ()
    if not hasattr(value, "items"):
        raise AuthConfigError(f"{name} must be a mapping of strings to strings")
    return tuple((text(key, f"each name in {name}"), text(one, f"each value in {name}")) for key, one in value.items())


def seconds(value: Any, name: str, *, may_be_zero: bool = False) -> float:
    """Return a duration.

    Raises:
        AuthConfigError: it is no finite number, or too small.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    least = "0 or more" if may_be_zero else "more than 0"
    try:
        if is_number and math.isfinite(value) and (value > 0 or (may_be_zero and value == 0)):
            return float(value)
    except OverflowError:
        pass
    raise AuthConfigError(f"{name} must be a finite number of seconds, {least}")


def scopes(value: Any) -> tuple[str, ...]:
    """Return scopes (RFC 6749, section 3.3, "Access Token Scope").

    Raises:
        AuthConfigError: they are no list of scope tokens.
    """
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(is_scope(one) for one in value):
        raise AuthConfigError('scopes must be a list of scope tokens: printable ASCII without space, " and backslash')
    return tuple(dict.fromkeys(value))


def is_scope(value: Any) -> bool:
    """Return whether it is one scope token."""
    return isinstance(value, str) and _SCOPE.fullmatch(value) is not None


def callable_or_none(value: Any, name: str) -> Any:
    """Return what can be called, or None.

    Raises:
        AuthConfigError: it cannot.
    """
    if value is not None and not callable(value):
        raise AuthConfigError(f"{name} must be a function")
    return value
