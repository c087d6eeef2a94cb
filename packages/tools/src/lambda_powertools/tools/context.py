"""What a tool may know of who calls it."""

from __future__ import annotations

from typing import Any, Literal

Caller = Literal["bedrock-functions", "bedrock-actions", "mcp", "direct"]


class ToolContext:
    """What a tool may know of its call. A parameter of this type is given it, and is in no schema.

    Attributes:
        tool: name of the tool.
        caller: who calls: an agent, by functions or by an OpenAPI schema, a client of the Model Context Protocol, or
            code of yours.
        event: the event as its data class, None for a direct call.
        lambda_context: what the runtime handed over.
        session_attributes: what an agent remembers for the session; changes are sent back to it.
        prompt_session_attributes: what an agent remembers for the turn; changes are sent back to it.

    Example:
        >>> from lambda_powertools.tools import Toolbox, ToolContext
        >>> toolbox = Toolbox("shop")
        >>> @toolbox.tool(description="Tells who calls")
        ... def who(context: ToolContext) -> str:
        ...     return context.caller
        >>> toolbox.call("who")
        'direct'
    """

    __slots__ = ("caller", "event", "lambda_context", "prompt_session_attributes", "session_attributes", "tool")

    def __init__(
        self,
        tool: str,
        caller: Caller = "direct",
        event: Any = None,
        lambda_context: Any = None,
        session_attributes: dict[str, Any] | None = None,
        prompt_session_attributes: dict[str, Any] | None = None,
    ) -> None:
        self.tool = tool
        self.caller: Caller = caller
        self.event = event
        self.lambda_context = lambda_context
        self.session_attributes = {} if session_attributes is None else session_attributes
        self.prompt_session_attributes = {} if prompt_session_attributes is None else prompt_session_attributes

    def __repr__(self) -> str:
        """Show tool and caller, not what is said."""
        return f"<ToolContext of {self.tool} for {self.caller}>"
