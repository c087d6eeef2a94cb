"""Tools for agents of Amazon Bedrock, by functions and by an OpenAPI schema.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.event_handler import (
    BedrockAgentFunctionResolver,
    BedrockAgentResolver,
    BedrockFunctionResponse,
    BedrockResponse,
)
from lambda_powertools.event_handler.bedrock_agent_function import decode_value
from lambda_powertools.tools.context import ToolContext
from lambda_powertools.tools.exceptions import ToolArgumentsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lambda_powertools.tools.context import Caller
    from lambda_powertools.tools.definition import Outcome, Tool
    from lambda_powertools.tools.toolbox import Toolbox

_FAILED, _REFUSED = 500, 400


def _then(outcome: Any, answer: Callable[[Outcome], Any]) -> Any:
    """Return the answer to an outcome, an awaitable of it if the outcome is one."""
    return _later(outcome, answer) if hasattr(outcome, "__await__") else answer(outcome)


async def _later(outcome: Any, answer: Callable[[Outcome], Any]) -> Any:
    return answer(await outcome)


def _context(tool: Tool, caller: Caller, app: Any) -> ToolContext:
    raw = app.current_event.raw_event
    return ToolContext(
        tool.name,
        caller,
        app.current_event,
        app.lambda_context,
        dict(_attributes(raw, "sessionAttributes")),
        dict(_attributes(raw, "promptSessionAttributes")),
    )


def _attributes(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    attributes = raw.get(name)
    return attributes if isinstance(attributes, dict) else {}


def _remembered(context: ToolContext) -> dict[str, Any]:
    """Return the attributes that the tool changed."""
    raw = context.event.raw_event
    given = {
        "session_attributes": (context.session_attributes, _attributes(raw, "sessionAttributes")),
        "prompt_session_attributes": (context.prompt_session_attributes, _attributes(raw, "promptSessionAttributes")),
    }
    return {name: after for name, (after, before) in given.items() if after != before}


def functions_of(toolbox: Toolbox) -> BedrockAgentFunctionResolver:
    """Return an app that has every tool of a toolbox as a function."""
    app = BedrockAgentFunctionResolver()

    def register(tool: Tool) -> None:
        def call(**given: Any) -> Any:
            context = _context(tool, "bedrock-functions", app)
            return _then(_run(tool, given, context), lambda outcome: answer(outcome, context))

        app.tool(name=tool.name, description=tool.description)(call)

    def answer(outcome: Outcome, context: ToolContext) -> BedrockFunctionResponse:
        body = outcome.data if outcome.error is None else f"Error: {outcome.error}"
        return BedrockFunctionResponse(body, **_remembered(context))

    toolbox.serve(register)
    return app


def _run(tool: Tool, given: Mapping[str, Any], context: ToolContext) -> Any:
    """Run a tool with texts, of which those that stand for arrays and objects are read as what fits its types."""
    from lambda_powertools.tools.definition import Outcome

    known = {name: value for name, value in given.items() if not tool.unknown([name])}
    first: ToolArgumentsError | None = None
    for candidate in _candidates(tool, known):
        try:
            return tool.start(tool.validate(candidate), context)
        except ToolArgumentsError as error:  # noqa: PERF203  # the next reading may fit
            first = first or error
    return Outcome(error=str(first))


def _candidates(tool: Tool, given: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield given
    properties = tool.input_schema["properties"]
    if not any(isinstance(value, str) for value in given.values()):
        return
    for numbers_as_text in (False, True):
        yield {
            name: decode_value(_kind_of(tool, properties.get(name)), value, numbers_as_text=numbers_as_text)
            for name, value in given.items()
        }


_DETAIL_TYPES = ("string", "number", "integer", "boolean", "array")
"""Types that parameters of functions may have; what is an object is sent as the text of one."""


def details_of(tool: Tool) -> dict[str, Any]:
    """Return a tool as the details of a function."""
    required = tool.input_schema.get("required", ())
    parameters: dict[str, Any] = {}
    for name, schema in tool.input_schema["properties"].items():
        kind = _kind_of(tool, schema) or _scalar_of(schema)
        parameters[name] = {"type": kind if kind in _DETAIL_TYPES else "string", "required": name in required}
        if schema.get("description"):
            parameters[name]["description"] = schema["description"]
    details: dict[str, Any] = {"name": tool.name, "description": tool.description, "parameters": parameters}
    if tool.hints.destructive:
        details["requireConfirmation"] = "ENABLED"
    return details


def _scalar_of(schema: Mapping[str, Any]) -> Any:
    """Return the type of a schema, or of the only alternative that is not null."""
    kinds = {each.get("type") for each in schema.get("anyOf", [schema])} - {"null"}
    return kinds.pop() if len(kinds) == 1 else None


def _kind_of(tool: Tool, schema: Any) -> str | None:
    """Return `array` or `object` if the schema of an argument, or an alternative in it, says so."""
    pending = [schema]
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for each in pending:
            if not isinstance(each, dict):
                continue
            if each.get("type") in {"array", "object"}:
                return str(each["type"])
            reference = str(each.get("$ref", "")).rpartition("/")[2]
            following.append(tool.input_schema.get("$defs", {}).get(reference))
            following.extend(each.get("anyOf", ()))
        pending = following
    return None


_DEEPEST = 5


def actions_of(toolbox: Toolbox) -> BedrockAgentResolver:
    """Return an app that has every tool of a toolbox as an operation."""
    app = BedrockAgentResolver()

    def register(tool: Tool) -> None:
        def answer(outcome: Outcome, context: ToolContext) -> BedrockResponse[Any]:
            if outcome.error is None:
                return BedrockResponse(outcome.data, **_remembered(context))
            status = _FAILED if outcome.is_internal else _REFUSED
            return BedrockResponse({"statusCode": status, "message": outcome.error}, status, **_remembered(context))

        def start(values: Mapping[str, Any]) -> Any:
            context = _context(tool, "bedrock-actions", app)
            return _then(tool.start(values, context), lambda outcome: answer(outcome, context))

        app.post(
            f"/{tool.name}",
            tool.description,
            summary=tool.title or tool.name,
            operation_id=tool.name,
            responses=_responses(tool),
            openapi_extensions={"x-requireConfirmation": "ENABLED"} if tool.hints.destructive else None,
        )(_action(tool, start))

    toolbox.serve(register)
    return app


def _action(tool: Tool, start: Callable[[Mapping[str, Any]], Any]) -> Callable[..., Any]:
    """Return the function of a route, with annotations that say what the body is."""
    if not tool.signature.parameters:
        return lambda: start({})
    model = tool.arguments.model

    def action(arguments: Any) -> Any:
        return start(tool.arguments.values_of(arguments))

    if not tool.input_schema.get("required"):
        action.__defaults__ = (model(),)  # an agent without arguments sends no body
    action.__annotations__["arguments"] = model
    action.__annotations__.pop("return")
    action.__name__ = tool.name
    return action


def _responses(tool: Tool) -> dict[int, Any]:
    success: dict[str, Any] = {"description": "What came of it"}
    if tool.output.schema is not None:
        success["content"] = {"application/json": {"model": tool.output.annotation}}
    return {
        200: success,
        _REFUSED: {"description": "Why it cannot be done", "content": {"application/json": {"schema": _PROBLEM}}},
    }


_PROBLEM = {
    "type": "object",
    "properties": {"statusCode": {"type": "integer"}, "message": {"type": "string"}},
    "required": ["statusCode", "message"],
}
