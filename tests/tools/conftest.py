from __future__ import annotations

import asyncio
import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from lambda_powertools.event_handler import APIGatewayHttpResolver
from lambda_powertools.tools import Toolbox, ToolContext, ToolError


class Order(BaseModel):
    number: int
    items: list[str] = []
    note: str | None = None


def make_shop() -> Toolbox:
    """Return a toolbox with a tool of each kind."""
    toolbox = Toolbox("shop", "2.0.0", title="The shop", instructions="Be kind.")

    @toolbox.tool(title="Find an order", read_only=True, open_world=False)
    def find_order(number: int, fields: list[str] | None = None) -> Order:
        """Find an order.

        Args:
            number: number of the order.
            fields: what of it
                is wanted.
        """
        if number == 404:
            raise ToolError(f"There is no order {number}.")
        return Order(number=number, items=fields or [])

    @toolbox.tool(destructive=True)
    def cancel(order: Order, reason: Literal["late", "broken"], context: ToolContext) -> str:
        """Cancel an order."""
        context.session_attributes["cancelled"] = str(order.number)
        return f"{order.number} {reason} {context.caller}"

    @toolbox.tool
    async def wait(seconds: float = 0.0) -> dict[str, float]:
        """Wait."""
        await asyncio.sleep(0)
        if seconds < 0:
            raise ToolError("Time goes on.")
        if seconds > 1000:
            raise RuntimeError("secret of the clock")
        return {"waited": seconds}

    @toolbox.tool
    def fail():
        """Fail."""
        raise RuntimeError("secret of the shop")

    @toolbox.tool
    def wrong() -> int:
        """Return what is not declared."""
        return "secret result"  # type: ignore[return-value]

    @toolbox.tool
    def untyped(value: Any):
        """Return the value."""
        return value

    return toolbox


class McpClient:
    """Posts messages to the endpoint of a toolbox."""

    def __init__(self, toolbox: Toolbox, app=None, **options: Any) -> None:
        self.app = app or APIGatewayHttpResolver()
        self.app.include_router(toolbox.mcp_router("/mcp", **options))

    def send(self, body: Any, method="POST", **headers: str) -> dict[str, Any]:
        """Return the response to a body: data, which is written as JSON, or text."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        event = {
            "rawPath": "/mcp",
            "requestContext": {"http": {"method": method, "path": "/mcp"}, "stage": "$default"},
            "headers": {"content-type": "application/json", **names},
            "body": body if isinstance(body, str) else json.dumps(body),
        }
        return self.app.resolve(event, None)

    def request(self, method: str, params=None, **headers: str) -> dict[str, Any]:
        """Return the message that answers a request."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
        return json.loads(self.send(message, **headers)["body"])

    def call(self, name: str, arguments=None) -> dict[str, Any]:
        """Return the result of a call of a tool."""
        return self.request("tools/call", {"name": name, "arguments": arguments or {}})["result"]


@pytest.fixture
def shop() -> Toolbox:
    return make_shop()


@pytest.fixture
def client(shop) -> McpClient:
    return McpClient(shop)


@pytest.fixture
def make_client():
    return McpClient


@pytest.fixture(scope="session")
def fuzzed() -> McpClient:
    """A client for fuzzing, which keeps nothing between examples."""
    return McpClient(make_shop())
