"""The HTTP response that a front end makes of what a handler returned."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from lambda_powertools.testing.exceptions import MalformedResponseError

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")  # controls, and halves of characters
_NO_BODY = {204, 205, 304}
# What is about the connection is the front end's affair; of the length it knows better than the handler.
_OWN = {
    *("connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding"),
    "upgrade",
}

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """An HTTP response.

    Attributes:
        status: its status code.
        headers: names and values, in order; content-length is left to the server.
        body: its body.
        note: what the developer should know about it, for the log.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    note: str = ""

    @property
    def has_body(self) -> bool:
        """Whether its status allows a body."""
        return self.status not in _NO_BODY

    def with_default_header(self, name: str, value: str) -> Reply:
        """Return it with a header that it has not; as it is if it has."""
        if any(key.lower() == name for key, _ in self.headers):
            return self
        return Reply(self.status, (*self.headers, (name, value)), self.body, self.note)


def json_reply(status: int, body: Any, note: str = "") -> Reply:
    """Return a response with a JSON body."""
    return Reply(status, (("content-type", "application/json"),), json.dumps(body).encode(), note)


def require_mapping(result: Any) -> dict[str, Any]:
    """Return the result if it is a JSON object.

    Raises:
        MalformedResponseError: it is something else.
    """
    if not isinstance(result, dict):
        raise MalformedResponseError(f"it is {_kind(result)}, not an object with a statusCode")
    return result


def read_status(result: dict[str, Any]) -> int:
    """Return the status code of a result.

    Raises:
        MalformedResponseError: there is none, or no final one of HTTP.
    """
    if "statusCode" not in result:
        raise MalformedResponseError("it has no statusCode")
    value = result["statusCode"]
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 200 <= value <= 599:  # noqa: PLR2004  # HTTP's
        raise MalformedResponseError("its statusCode is no whole number from 200 to 599")
    return value


def read_body(result: dict[str, Any], *, null_allowed: bool = True, decode: bool = True) -> bytes:
    """Return the body of a result.

    Args:
        result: what the handler returned.
        null_allowed: whether null stands for no body.
        decode: whether a body that says it is base64-encoded is decoded.

    Raises:
        MalformedResponseError: it is no text, or not base64 although it says so.
    """
    body = result.get("body")
    if body is None and (null_allowed or "body" not in result):
        return b""
    if not isinstance(body, str):
        raise MalformedResponseError(f"its body is {_kind(body)}, not text")
    encoded = result.get("isBase64Encoded")
    if encoded is not None and not isinstance(encoded, bool):
        raise MalformedResponseError("its isBase64Encoded is neither true nor false")
    if not (encoded and decode):
        return body.encode(errors="surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedResponseError("its body is not base64 although isBase64Encoded is true") from None


def read_headers(result: dict[str, Any], field: str = "headers") -> Headers:
    """Return the headers in a field that holds one value for each.

    Raises:
        MalformedResponseError: it is no object, or a name or value is none of HTTP.
    """
    return [(name, _value(field, name, value)) for name, value in _mapping(result, field) if _is_passed_on(name)]


def read_multi_value_headers(result: dict[str, Any], field: str = "multiValueHeaders") -> Headers:
    """Return the headers in a field that holds a list of values for each.

    Raises:
        MalformedResponseError: it is no object of lists, or a name or value is none of HTTP.
    """
    found: Headers = []
    for name, values in _mapping(result, field):
        if not isinstance(values, list):
            raise MalformedResponseError(f"{field}[{name!r}] is {_kind(values)}, not a list")
        found += [(name, _value(field, name, value)) for value in values if _is_passed_on(name)]
    return found


def read_cookies(result: dict[str, Any]) -> Headers:
    """Return a set-cookie header for each text in `cookies`.

    Raises:
        MalformedResponseError: it is no list of texts.
    """
    cookies = result.get("cookies")
    if cookies is None:
        return []
    if not isinstance(cookies, list):
        raise MalformedResponseError(f"its cookies is {_kind(cookies)}, not a list")
    return [("set-cookie", _value("cookies", index, cookie)) for index, cookie in enumerate(cookies)]


def _mapping(result: dict[str, Any], field: str) -> list[tuple[str, Any]]:
    headers = result.get(field)
    if headers is None:
        return []
    if not isinstance(headers, dict):
        raise MalformedResponseError(f"its {field} is {_kind(headers)}, not an object")
    for name in headers:
        if not _NAME.fullmatch(name):
            raise MalformedResponseError(f"{field} has {name!r:.60}, which is no name of a header")
    return list(headers.items())


def _is_passed_on(name: str) -> bool:
    return name.lower() not in _OWN


def _value(field: str, name: str | int, value: Any) -> str:
    if isinstance(value, bool):
        value = json.dumps(value)
    elif isinstance(value, (int, float)):
        value = str(value)
    if not isinstance(value, str):
        raise MalformedResponseError(f"{field}[{name!r}] is {_kind(value)}, not text")
    if _FORBIDDEN.search(value):
        raise MalformedResponseError(f"{field}[{name!r}] has a character that no header may have")
    return value.strip()


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return names[type(value)]  # it has been JSON
