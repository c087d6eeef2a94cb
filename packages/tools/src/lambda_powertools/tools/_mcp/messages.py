"""Messages of JSON-RPC 2.0, as the Model Context Protocol sends them: one object, never a batch.

https://www.jsonrpc.org/specification and https://modelcontextprotocol.io/specification/2025-11-25/basic
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from lambda_powertools.tools.exceptions import ToolsError

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
HEADER_MISMATCH = -32020
UNSUPPORTED_VERSION = -32022


class McpError(ToolsError):
    """A request that is answered with an error of JSON-RPC; for use inside of this package."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Message:
    """A message that was received.

    Attributes:
        id: of a request; None of a notification, and of a response, which nobody waits for.
        method: the method; empty for a response.
        params: its parameters by name.
    """

    __slots__ = ("id", "method", "params")

    def __init__(self, number: Any, method: str, params: dict[str, Any]) -> None:
        self.id = number
        self.method = method
        self.params = params

    @property
    def is_request(self) -> bool:
        """Whether an answer is expected."""
        return self.id is not None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def read_message(text: str | None) -> Message:
    """Return the message in the body of a request.

    Raises:
        McpError: it is no JSON, or no message.
    """
    try:
        data = json.loads(text or "", parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise McpError(PARSE_ERROR, "Parse error: the body is not JSON") from error
    if isinstance(data, list):
        raise McpError(INVALID_REQUEST, "Invalid request: batches are not supported")
    if not isinstance(data, dict) or data.get("jsonrpc") != "2.0":
        raise McpError(INVALID_REQUEST, "Invalid request: not a message of JSON-RPC 2.0")
    if "method" not in data and ("result" in data or "error" in data):
        return Message(None, "", {})  # a response to a request of ours, of which there are none
    number = data.get("id")
    if "id" in data and (isinstance(number, bool) or not isinstance(number, (str, int))):
        raise McpError(INVALID_REQUEST, "Invalid request: the id has to be a string or an integer")
    if not isinstance(data.get("method"), str):
        raise McpError(INVALID_REQUEST, "Invalid request: the method has to be a string")
    params = data.get("params", {})
    return Message(number, data["method"], params if isinstance(params, dict) else {_NOT_BY_NAME: params})


_NOT_BY_NAME = "\0"


def check_params(message: Message) -> None:
    """Refuse parameters by position.

    Raises:
        McpError: they are no object.
    """
    if _NOT_BY_NAME in message.params:
        raise McpError(INVALID_PARAMS, "Invalid params: they have to be an object")


def result_text(number: Any, result: dict[str, Any]) -> str:
    """Return the text of a response."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "result": result}, separators=(",", ":"), allow_nan=False)


def error_text(number: Any, error: McpError) -> str:
    """Return the text of an error response; without an id where none could be read."""
    described: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.data is not None:
        described["data"] = error.data
    return json.dumps({"jsonrpc": "2.0", "id": number, "error": described}, separators=(",", ":"), allow_nan=False)
