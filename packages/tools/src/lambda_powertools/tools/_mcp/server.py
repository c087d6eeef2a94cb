"""What the methods of the protocol do. There are no sessions: a request has everything that its answer depends on.

Two generations are spoken. Until 2025-11-25 a client says `initialize` first and both agree on a version; nothing has
to be remembered of that, as tools are the same in all of them. From 2026-07-28 on there is no handshake: every request
names its version, and `server/discover` tells what the server is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lambda_powertools.tools._mcp.messages import INVALID_PARAMS, METHOD_NOT_FOUND, McpError
from lambda_powertools.tools.context import ToolContext
from lambda_powertools.tools.exceptions import UnknownToolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.tools._mcp.messages import Message
    from lambda_powertools.tools.definition import Outcome, Tool
    from lambda_powertools.tools.toolbox import Toolbox

    Method = Callable[[Message, Any, Any], Any]

HANDSHAKE_VERSIONS = ("2025-03-26", "2025-06-18", "2025-11-25")
STATELESS_VERSIONS = ("2026-07-28",)
VERSIONS = (*HANDSHAKE_VERSIONS, *STATELESS_VERSIONS)
_META = "io.modelcontextprotocol"


class McpServer:
    """Answers the requests of clients with the tools of a toolbox."""

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox
        self._handshake: dict[str, Method] = {
            "initialize": self._initialize,
            "ping": lambda _message, _event, _context: {},
            "tools/list": self._list,
            "tools/call": self._call,
        }
        self._stateless: dict[str, Method] = {
            "server/discover": self._discover,
            "tools/list": self._list,
            "tools/call": self._call,
        }

    def answer(self, message: Message, event: Any, lambda_context: Any, *, stateless: bool) -> Any:
        """Return the result of a request, or an awaitable of it.

        Raises:
            McpError: the request is answered with an error.
        """
        method = (self._stateless if stateless else self._handshake).get(message.method)
        if method is None:
            raise McpError(METHOD_NOT_FOUND, f"Method not found: {message.method!r:.80}")
        result = method(message, event, lambda_context)
        if not stateless:
            return result
        cached = message.method != "tools/call"
        return _later(result, cached=cached) if hasattr(result, "__await__") else _complete(result, cached=cached)

    def _initialize(self, message: Message, _event: Any, _context: Any) -> dict[str, Any]:
        asked = message.params.get("protocolVersion")
        if not isinstance(asked, str):
            raise McpError(INVALID_PARAMS, "Invalid params: protocolVersion has to be a string")
        return self._about(
            protocolVersion=asked if asked in HANDSHAKE_VERSIONS else HANDSHAKE_VERSIONS[-1],
            serverInfo=self._info(),
        )

    def _discover(self, _message: Message, _event: Any, _context: Any) -> dict[str, Any]:
        return self._about(supportedVersions=list(VERSIONS), _meta={f"{_META}/serverInfo": self._info()})

    def _about(self, **more: Any) -> dict[str, Any]:
        instructions = self._toolbox.instructions
        told = {"instructions": instructions} if instructions else {}
        return {"capabilities": {"tools": {"listChanged": False}}, **more, **told}

    def _info(self) -> dict[str, Any]:
        title = {"title": self._toolbox.title} if self._toolbox.title else {}
        return {"name": self._toolbox.name, "version": self._toolbox.version, **title}

    def _list(self, message: Message, _event: Any, _context: Any) -> dict[str, Any]:
        if message.params.get("cursor") is not None:  # there is one page, so there can be no cursor
            raise McpError(INVALID_PARAMS, "Invalid params: there is no such cursor")
        return {"tools": [_described(tool) for tool in self._toolbox]}

    def _call(self, message: Message, event: Any, lambda_context: Any) -> Any:
        name, arguments = message.params.get("name"), message.params.get("arguments")
        if not isinstance(name, str):
            raise McpError(INVALID_PARAMS, "Invalid params: name has to be a string")
        if arguments is not None and not isinstance(arguments, dict):
            raise McpError(INVALID_PARAMS, "Invalid params: arguments have to be an object")
        try:
            tool = self._toolbox[name]
        except UnknownToolError as error:
            raise McpError(INVALID_PARAMS, str(error)) from error
        outcome = tool.run(arguments or {}, ToolContext(tool.name, "mcp", event, lambda_context))
        return _result_later(outcome) if hasattr(outcome, "__await__") else _result(outcome)


def _complete(result: dict[str, Any], *, cached: bool) -> dict[str, Any]:
    """Return a result as those are that name their kind and, where it may be kept, for how long."""
    age = {"ttlMs": 0, "cacheScope": "private"} if cached else {}
    return {"resultType": "complete", **result, **age}


async def _later(result: Any, *, cached: bool) -> dict[str, Any]:
    return _complete(await result, cached=cached)


async def _result_later(outcome: Any) -> dict[str, Any]:
    return _result(await outcome)


def _described(tool: Tool) -> dict[str, Any]:
    described: dict[str, Any] = {"name": tool.name}
    if tool.title:
        described["title"] = tool.title
    described["description"] = tool.description
    described["inputSchema"] = {**tool.input_schema, "additionalProperties": False}
    if tool.output_schema is not None:
        described["outputSchema"] = tool.output_schema
    annotations = tool.hints.annotations()
    if annotations:
        described["annotations"] = annotations
    return described


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {"content": [{"type": "text", "text": outcome.error}], "isError": True}
    data = outcome.data
    text = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    result: dict[str, Any] = {"content": [{"type": "text", "text": text}], "isError": False}
    if outcome.structured is not None:
        result["structuredContent"] = outcome.structured
    return result
