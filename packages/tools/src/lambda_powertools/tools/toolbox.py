"""A set of tools, and all the ways in which it is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from lambda_powertools.tools.context import ToolContext
from lambda_powertools.tools.definition import Hints, Tool
from lambda_powertools.tools.exceptions import ToolDefinitionError, UnknownToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lambda_powertools.event_handler import BedrockAgentFunctionResolver, BedrockAgentResolver, Router

FunctionT = TypeVar("FunctionT", bound="Callable[..., Any]")


class Toolbox:
    """Functions as tools for models: defined once, served to agents of Bedrock and over the Model Context Protocol.

    Args:
        name: name of the server that the tools make up.
        version: its version.
        title: its name for people.
        instructions: what a model should know of all tools together.

    Example:
        >>> from lambda_powertools.tools import Toolbox
        >>> toolbox = Toolbox("shop")
        >>> @toolbox.tool
        ... def price(item: str, amount: int = 1) -> float:
        ...     '''Tells what an item costs.
        ...
        ...     Args:
        ...         item: name of the item.
        ...     '''
        ...     return 2.5 * amount
        >>> toolbox.call("price", {"item": "pen", "amount": "2"})
        5.0
        >>> toolbox["price"].input_schema["properties"]["item"]["description"]
        'name of the item.'
    """

    def __init__(
        self, name: str, version: str = "1.0.0", *, title: str | None = None, instructions: str | None = None
    ) -> None:
        self.name = name
        self.version = version
        self.title = title
        self.instructions = instructions
        self._tools: dict[str, Tool] = {}
        self._listeners: list[Callable[[Tool], None]] = []

    @overload
    def tool(self, name: FunctionT) -> FunctionT: ...

    @overload
    def tool(
        self,
        name: str | None = None,
        *,
        title: str | None = None,
        description: str | None = None,
        read_only: bool | None = None,
        destructive: bool | None = None,
        idempotent: bool | None = None,
        open_world: bool | None = None,
    ) -> Callable[[FunctionT], FunctionT]: ...

    def tool(
        self,
        name: Any = None,
        *,
        title: str | None = None,
        description: str | None = None,
        **hints: bool | None,
    ) -> Any:
        """Register a function as a tool; with or without parentheses.

        Args:
            name: what models call it: letters, digits, hyphens and underscores; the function's name if not given.
            title: what people call it.
            description: what it does; the docstring, without its sections, if not given. What the docstring says of
                parameters goes into the schema.
            **hints: `read_only`, `destructive`, `idempotent` and `open_world`, see `Hints`.

        Returns:
            The function, unchanged.

        Raises:
            ToolDefinitionError: the function cannot be a tool, or there is one of that name.
        """
        from lambda_powertools.tools._signature import names_around

        given = None if callable(name) else name
        names = names_around(1)

        def register(function: FunctionT) -> FunctionT:
            self.add(Tool(function, given, title, description, Hints(**hints), names))
            return function

        return register(name) if callable(name) else register

    def add(self, tool: Tool) -> None:
        """Add a tool; where the toolbox is served already, it is served as well.

        Raises:
            ToolDefinitionError: there is one of that name.
        """
        if tool.name in self._tools:
            raise ToolDefinitionError(f"the toolbox {self.name!r} has a tool {tool.name!r} already")
        self._tools[tool.name] = tool
        for listener in self._listeners:
            listener(tool)

    def serve(self, listener: Callable[[Tool], None]) -> None:
        """Call a function with every tool there is, and with every one that is added."""
        self._listeners.append(listener)
        for tool in self:
            listener(tool)

    def __iter__(self) -> Iterator[Tool]:
        """Iterate over the tools, in the order in which they were added."""
        return iter(list(self._tools.values()))

    def __len__(self) -> int:
        """Return how many tools there are."""
        return len(self._tools)

    def __contains__(self, name: object) -> bool:
        """Return whether there is a tool of a name."""
        return name in self._tools

    def __getitem__(self, name: str) -> Tool:
        """Return the tool of a name.

        Raises:
            UnknownToolError: there is none.
        """
        tool = self._tools.get(name)
        if tool is None:
            raise UnknownToolError(f"Unknown tool: {name!r:.80}")
        return tool

    def call(self, name: str, arguments: Mapping[str, Any] | None = None, context: ToolContext | None = None) -> Any:
        """Validate arguments and return what a tool returns; an asynchronous one runs on the environment's loop.

        Raises:
            UnknownToolError: there is no such tool.
            ToolArgumentsError: the arguments do not fit.
            Exception: whatever the tool raises.
        """
        result = self._call(name, arguments, context)
        if hasattr(result, "__await__"):
            from lambda_powertools.core import loop

            return loop.run(_wait(result))
        return result

    async def call_async(
        self, name: str, arguments: Mapping[str, Any] | None = None, context: ToolContext | None = None
    ) -> Any:
        """Do what `call` does, where an event loop is running."""
        result = self._call(name, arguments, context)
        return await result if hasattr(result, "__await__") else result

    def _call(self, name: str, arguments: Mapping[str, Any] | None, context: ToolContext | None) -> Any:
        tool = self[name]
        return tool.signature.call(tool.validate(arguments or {}), context or ToolContext(name))

    def bedrock_functions(self) -> BedrockAgentFunctionResolver:
        """Return an app that serves the tools to an agent of Bedrock whose action group is defined by functions.

        Example:
            >>> from lambda_powertools.tools import Toolbox
            >>> toolbox = Toolbox("sums")
            >>> @toolbox.tool(description="Adds")
            ... def add(a: int, b: int) -> int:
            ...     return a + b
            >>> event = {"actionGroup": "sums", "function": "add"}
            >>> event["parameters"] = [{"name": name, "type": "integer", "value": "2"} for name in "ab"]
            >>> toolbox.bedrock_functions().resolve(event, None)["response"]["functionResponse"]
            {'responseBody': {'TEXT': {'body': '4'}}}
        """
        from lambda_powertools.tools._bedrock import functions_of

        return functions_of(self)

    def bedrock_function_details(self) -> list[dict[str, Any]]:
        """Return the tools as the function details of an action group, to create or update it with.

        https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_FunctionSchema.html

        Raises:
            ToolDefinitionError: the type of an argument has no JSON schema.
            ToolsDependencyError: pydantic is not installed.

        Example:
            >>> from lambda_powertools.tools import Toolbox
            >>> toolbox = Toolbox("sums")
            >>> @toolbox.tool(description="Adds")
            ... def add(a: int, b: list[int]) -> int: ...
            >>> toolbox.bedrock_function_details()[0]["parameters"]["b"]
            {'type': 'array', 'required': True}
        """
        from lambda_powertools.tools._bedrock import details_of

        return [details_of(tool) for tool in self]

    def bedrock_actions(self) -> BedrockAgentResolver:
        """Return an app that serves the tools to an agent of Bedrock whose action group has an OpenAPI schema.

        Its `get_openapi_json_schema()` is that schema: a `POST` of the arguments to `/<name>` for each tool.

        Raises:
            ToolDefinitionError: the type of an argument has no JSON schema.
            ToolsDependencyError: pydantic is not installed.
        """
        from lambda_powertools.tools._bedrock import actions_of

        return actions_of(self)

    def mcp_router(self, path: str = "/mcp", *, allowed_origins: Iterable[str] = ()) -> Router:
        """Return a router that serves the tools over the Model Context Protocol, for `app.include_router`.

        It is the streamable HTTP transport without sessions and streams: every request is answered with JSON, so it
        works behind every front end. Who may call it is for the app to say: with its middlewares, or an authorizer.

        https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http

        Args:
            path: where it is served.
            allowed_origins: web pages that may call it, such as `https://inspector.example.com`, with any port
                `http://localhost:*`, or `*` for all. Requests from other pages are refused; programs send no origin.
        """
        from lambda_powertools.tools._mcp.transport import router_of

        return router_of(self, path, tuple(allowed_origins))


async def _wait(awaitable: Any) -> Any:
    return await awaitable
