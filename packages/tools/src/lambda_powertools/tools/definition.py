"""A tool: a function with a name, a description and schemas, made of its signature and its docstring."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.callables import display_name, is_coroutine_function
from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.tools.exceptions import ToolArgumentsError, ToolDefinitionError, ToolError, ToolsDependencyError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from lambda_powertools.tools._schema import Arguments, Output
    from lambda_powertools.tools._signature import Signature
    from lambda_powertools.tools.context import ToolContext

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What every model provider, agents of Bedrock and the Model Context Protocol take."""

STATE_KEY = "tools"
"""Where an invocation's state holds `tool` and `caller` for other plugins."""


class Hints:
    """What clients may show or ask their users before they call a tool; they are hints, and nothing is enforced.

    https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations

    Args:
        read_only: whether the tool changes nothing.
        destructive: whether it may undo or delete something. Agents of Bedrock ask their user for confirmation.
        idempotent: whether a second call with the same arguments changes nothing more.
        open_world: whether it deals with what is outside, such as the web.
    """

    __slots__ = ("destructive", "idempotent", "open_world", "read_only")

    def __init__(
        self,
        read_only: bool | None = None,
        destructive: bool | None = None,
        idempotent: bool | None = None,
        open_world: bool | None = None,
    ) -> None:
        self.read_only = read_only
        self.destructive = destructive
        self.idempotent = idempotent
        self.open_world = open_world

    def annotations(self) -> dict[str, bool]:
        """Return those that were given, by the names of the protocol."""
        named = {
            "readOnlyHint": self.read_only,
            "destructiveHint": self.destructive,
            "idempotentHint": self.idempotent,
            "openWorldHint": self.open_world,
        }
        return {name: value for name, value in named.items() if value is not None}


class Outcome:
    """What came of a call.

    Attributes:
        data: the result as JSON data, None if there is none.
        structured: the result as the object that the tool's output schema describes, None without one.
        error: what the model is told of a failure, None after a success.
        is_internal: whether the failure is none that the tool announced.
    """

    __slots__ = ("data", "error", "is_internal", "structured")

    def __init__(
        self, data: Any = None, structured: Any = None, error: str | None = None, *, is_internal: bool = False
    ) -> None:
        self.data = data
        self.structured = structured
        self.error = error
        self.is_internal = is_internal


class Tool:
    """A function as a tool. `Toolbox.tool` makes it.

    Args:
        function: the function; plain or asynchronous.
        name: what models call it; the function's name if not given.
        title: what people call it.
        description: what it does, for the model; the docstring's text before its sections if not given.
        hints: what clients may show before they call it.
        local_names: names that annotations may use beside those of the function's module.

    Raises:
        ToolDefinitionError: the function cannot be a tool.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        name: str | None = None,
        title: str | None = None,
        description: str | None = None,
        hints: Hints | None = None,
        local_names: Mapping[str, Any] | None = None,
    ) -> None:
        from lambda_powertools.tools._docstring import read_docstring
        from lambda_powertools.tools._signature import Signature

        self.function = function
        self.name = display_name(function) if name is None else name
        if not _NAME.fullmatch(self.name):
            raise ToolDefinitionError(
                f"a tool is called {self.name!r:.80}; a name has 1 to 64 letters, digits, hyphens and underscores"
            )
        text, self._descriptions = read_docstring(getattr(function, "__doc__", None))
        self.title = title
        self.description = text if description is None else description
        if not self.description:
            raise ToolDefinitionError(f"the tool {self.name!r} has no docstring and no description to choose it by")
        self.hints = hints or Hints()
        self.signature: Signature = Signature(function, local_names or {})
        self.is_async = is_coroutine_function(function)

    @cached_property
    def arguments(self) -> Arguments:
        """The arguments: their model and schema.

        Raises:
            ToolDefinitionError: a parameter has no JSON schema.
            ToolsDependencyError: pydantic is not installed.
        """
        arguments: Arguments = _schemas().Arguments(self.name, self.signature.parameters, self._descriptions)
        return arguments

    @cached_property
    def output(self) -> Output:
        """The result: its schema and JSON data.

        Raises:
            ToolDefinitionError: its type has no JSON schema.
            ToolsDependencyError: pydantic is not installed.
        """
        output: Output = _schemas().Output(self.name, self.signature.returns)
        return output

    @property
    def input_schema(self) -> dict[str, Any]:
        """JSON schema of the arguments, which is not to be changed."""
        return self.arguments.schema

    @property
    def output_schema(self) -> dict[str, Any] | None:
        """JSON schema of the result, an object; None if the function declares none."""
        return self.output.schema

    def unknown(self, names: Iterable[str]) -> list[str]:
        """Return those names that no argument has."""
        known = {parameter.name for parameter in self.signature.parameters}
        return [name for name in names if name not in known]

    def validate(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values that the function is called with.

        Raises:
            ToolArgumentsError: they do not fit, or there are unknown ones.
        """
        unknown = self.unknown(given)
        if unknown:
            known = ", ".join(parameter.name for parameter in self.signature.parameters) or "none"
            raise ToolArgumentsError(f"Invalid arguments: {unknown[0]!r:.80} is none of the tool's, which are {known}")
        return self.arguments.validate(given)

    def run(self, given: Mapping[str, Any], context: ToolContext) -> Outcome | Awaitable[Outcome]:
        """Validate arguments and call the function; what comes of it is an outcome, whatever happens."""
        try:
            values = self.validate(given)
        except ToolArgumentsError as error:
            return Outcome(error=str(error))
        return self.start(values, context)

    def start(self, values: Mapping[str, Any], context: ToolContext) -> Outcome | Awaitable[Outcome]:
        """Call the function with values that fit; an awaitable comes back if one came of the function."""
        invocation = current_invocation()
        if invocation is not None:
            invocation.state[STATE_KEY] = {"tool": self.name, "caller": context.caller}
        try:
            result = self.signature.call(values, context)
        except Exception as error:  # noqa: BLE001  # the model is told that it failed
            return self._failed(error)
        return self._finish_later(result) if hasattr(result, "__await__") else self._finished(result)

    async def _finish_later(self, awaitable: Awaitable[Any]) -> Outcome:
        try:
            result = await awaitable
        except Exception as error:  # noqa: BLE001  # the model is told that it failed
            return self._failed(error)
        return self._finished(result)

    def _finished(self, result: Any) -> Outcome:
        try:
            data = self.output.data_of(result)
        except Exception as error:  # noqa: BLE001  # the model is told that it failed
            return self._failed(error)
        return Outcome(data, self.output.structured(data))

    def _failed(self, error: Exception) -> Outcome:
        if isinstance(error, ToolError):
            return Outcome(error=str(error))
        from lambda_powertools.core.package_logger import get_logger

        logger = get_logger("lambda_powertools.tools")
        described = _schemas().describe_failure(error)
        if described is None:
            logger.error("exception out of the tool %r", self.name, exc_info=error)
        else:  # the text of the error has values in it
            logger.error("the tool %r: a value does not fit its declared type: %s", self.name, described)
        return Outcome(error=f"The tool {self.name!r} failed.", is_internal=True)

    def __repr__(self) -> str:
        """Show the name."""
        return f"<Tool {self.name}>"


def _schemas() -> Any:
    try:
        from lambda_powertools.tools import _schema
    except ImportError as error:
        raise ToolsDependencyError(
            "schemas of tools need pydantic 2: pip install 'lambda-powertools-tools[openapi]'"
        ) from error
    return _schema
