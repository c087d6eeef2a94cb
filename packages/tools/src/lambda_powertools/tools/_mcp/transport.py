"""The streamable HTTP transport without sessions and streams, as routes of an HTTP app.

https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler import Response, Router
from lambda_powertools.tools._mcp.messages import (
    HEADER_MISMATCH,
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    UNSUPPORTED_VERSION,
    McpError,
    Message,
    check_params,
    error_text,
    read_message,
    result_text,
)
from lambda_powertools.tools._mcp.server import STATELESS_VERSIONS, VERSIONS, McpServer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lambda_powertools.tools.toolbox import Toolbox

_JSON = "application/json"
_VERSION_KEY = "io.modelcontextprotocol/protocolVersion"
_CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities"

_ALWAYS_REFUSED = {PARSE_ERROR: 400, INVALID_REQUEST: 400, UNSUPPORTED_VERSION: 400, HEADER_MISMATCH: 400}
_STATELESS_STATUS = {**_ALWAYS_REFUSED, INVALID_PARAMS: 400, METHOD_NOT_FOUND: 404}
"""Statuses of errors; others are responses like any other, of status 200."""


def router_of(toolbox: Toolbox, path: str, allowed_origins: Sequence[str]) -> Router:
    """Return the routes at which the tools of a toolbox are served."""
    router = Router()
    endpoint = _Endpoint(McpServer(toolbox), allowed_origins)

    def post() -> Any:
        return endpoint.answer(router.current_event, router.lambda_context)

    def refuse() -> Response[Any]:
        # There is no stream to listen to and no session to end.
        response = _plain(405, "Method not allowed: send a POST")
        response.headers["Allow"] = "POST"
        return response

    options: Any = {"include_in_schema": False, "enable_validation": False}
    router.post(path, **options)(post)
    router.route(path, ["GET", "DELETE"], **options)(refuse)
    return router


class _Endpoint:
    """Answers one POST after the other."""

    def __init__(self, server: McpServer, allowed_origins: Sequence[str]) -> None:
        self._server = server
        self._allowed = allowed_origins

    def answer(self, event: Any, lambda_context: Any) -> Any:
        """Return the response, or an awaitable of it where a tool is asynchronous."""
        headers = _Headers(event)
        refused = self._refused(headers)
        if refused is not None:
            return refused
        try:
            message = read_message(_body(event))
        except McpError as error:
            return _failure(None, error, stateless=False)
        stateless = _is_stateless(message, headers)
        try:
            _check_version(message, headers)
            if not message.is_request:
                return Response(202, body="")
            check_params(message)
            if stateless:
                _check_envelope(message, headers)
            result = self._server.answer(message, event, lambda_context, stateless=stateless)
            if hasattr(result, "__await__"):
                return _answer_later(message, result, stateless=stateless)
            return Response(200, _JSON, result_text(message.id, result))
        except Exception as error:  # noqa: BLE001  # the client is told that it failed, and nothing else
            return _failure(message.id, error, stateless=stateless)

    def _refused(self, headers: _Headers) -> Response[Any] | None:
        """Return the response to a request that is not even looked at."""
        for origin in headers.all("origin"):
            if not self._is_allowed(origin):
                return _plain(403, "Forbidden: this origin is not allowed")
        kind = headers.first("content-type").partition(";")[0].strip().lower()
        if kind != _JSON:
            return _plain(415, "Unsupported media type: send application/json")
        accepted = ",".join(headers.all("accept"))
        if accepted and not _accepts_json(accepted):
            return _plain(406, "Not acceptable: the answer is application/json")
        return None

    def _is_allowed(self, origin: str) -> bool:
        """Return whether a web page may call.

        A page of an attacker can reach a server on the user's machine or network by a name that it controls (DNS
        rebinding), so that the host of the request proves nothing; the origin does.
        """
        for allowed in self._allowed:
            if allowed in ("*", origin):
                return True
            host, _, port = origin.rpartition(":")
            if allowed.endswith(":*") and (origin == allowed[:-2] or (host == allowed[:-2] and port.isdigit())):
                return True
        return False


def _plain(status: int, message: str) -> Response[Any]:
    return Response(status, _JSON, error_text(None, McpError(INVALID_REQUEST, message)))


async def _answer_later(message: Message, result: Any, *, stateless: bool) -> Response[Any]:
    try:
        return Response(200, _JSON, result_text(message.id, await result))
    except Exception as error:  # noqa: BLE001  # the client is told that it failed, and nothing else
        return _failure(message.id, error, stateless=stateless)


def _failure(number: Any, error: Exception, *, stateless: bool) -> Response[Any]:
    if not isinstance(error, McpError):
        from lambda_powertools.core.package_logger import report_failure

        report_failure("a request of the Model Context Protocol failed", error)
        error = McpError(INTERNAL_ERROR, "Internal error")
    status = (_STATELESS_STATUS if stateless else _ALWAYS_REFUSED).get(error.code, 200)
    return Response(status, _JSON, error_text(number, error))


class _Headers:
    """The headers of a request, whichever way its front end sends them."""

    def __init__(self, event: Any) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in event.resolved_headers_field.items():
            values = value if isinstance(value, list) else [value]
            self._values[str(name).lower()] = [str(each) for each in values if each is not None]

    def all(self, name: str) -> list[str]:
        """Return the values of a header, none if it was not sent."""
        return self._values.get(name, [])

    def first(self, name: str) -> str:
        """Return the value of a header, empty if it was not sent; of a repeated one something that no value equals."""
        values = self.all(name)
        return values[0] if len(values) == 1 else ", ".join(values)


def _body(event: Any) -> str | None:
    try:
        body: str | None = event.decoded_body
    except ValueError as error:  # no base64, or no UTF-8
        raise McpError(PARSE_ERROR, "Parse error: the body is not text") from error
    return body


def _accepts_json(accepted: str) -> bool:
    kinds = {part.partition(";")[0].strip().lower() for part in accepted.split(",")}
    return not kinds.isdisjoint({_JSON, "application/*", "*/*"})


def _meta(message: Message) -> dict[str, Any]:
    meta = message.params.get("_meta")
    return meta if isinstance(meta, dict) else {}


def _is_stateless(message: Message, headers: _Headers) -> bool:
    """Return whether a request is one of the generation that names its version each time."""
    return headers.first("mcp-protocol-version") in STATELESS_VERSIONS or _VERSION_KEY in _meta(message)


def _check_version(message: Message, headers: _Headers) -> None:
    """Refuse a version that is not spoken; a request without one is of the first that had this transport."""
    asked = headers.first("mcp-protocol-version")
    if asked and asked not in VERSIONS and message.method != "initialize":
        raise McpError(
            UNSUPPORTED_VERSION, "Unsupported protocol version", {"supported": list(VERSIONS), "requested": asked}
        )


def _check_envelope(message: Message, headers: _Headers) -> None:
    """Check what every request without a handshake says of itself, and that its headers say the same.

    https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
    """
    meta = _meta(message)
    missing = [key for key in (_VERSION_KEY, _CAPABILITIES_KEY) if key not in meta]
    if missing:
        raise McpError(INVALID_PARAMS, f"Invalid params: _meta has no {', '.join(missing)}")
    expected = [("mcp-protocol-version", meta[_VERSION_KEY]), ("mcp-method", message.method)]
    if message.method == "tools/call" and message.params.get("name") is not None:
        expected.append(("mcp-name", message.params["name"]))
    for name, value in expected:
        if _decoded(headers.first(name)) != value:
            raise McpError(HEADER_MISMATCH, f"Header mismatch: {name} does not say what the body says")


def _decoded(value: str) -> str | None:
    """Return the value of a header, decoded if it is written as base64; None if it is written wrongly."""
    if not (value.startswith("=?base64?") and value.endswith("?=")):
        return value
    try:
        return base64.b64decode(value[len("=?base64?") : -len("?=")], validate=True).decode()
    except (binascii.Error, ValueError):
        return None
