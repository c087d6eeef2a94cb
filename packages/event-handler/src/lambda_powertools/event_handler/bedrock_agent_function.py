"""The app of an action group that is defined by functions, for agents of Amazon Bedrock.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from __future__ import annotations

import json
from contextlib import suppress
from contextvars import ContextVar

from lambda_powertools.core.callables import display_name
from lambda_powertools.core.invocation import current_invocation
from lambda_powertools.core.json import default as json_ready
from lambda_powertools.event_handler._accepted import Accepted
from lambda_powertools.event_handler._agents import check_event, decode_value, given_values, session_of
from lambda_powertools.event_handler._state import STATE_KEY, RequestState, SharedContext, drive, settle
from lambda_powertools.event_handler.exceptions import EventHandlerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, TypeVar, overload

    from lambda_powertools.data_classes.bedrock_agent_function_event import BedrockAgentFunctionEvent

    ResponseState = Literal["FAILURE", "REPROMPT"]
    FunctionT = TypeVar("FunctionT", bound="Callable[..., Any]")
else:
    from lambda_powertools.core.static import overload

__all__ = ["BedrockAgentFunctionResolver", "BedrockFunctionResponse", "BedrockFunctionsResponseBuilder", "decode_value"]


_STATES = ("FAILURE", "REPROMPT")


class BedrockFunctionResponse:
    """A response to an agent with what it is to remember.

    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html#agents-lambda-response

    Args:
        body: what the tool gives.
        session_attributes: attributes that the agent keeps for the session; None keeps those there are, `{}` none.
        prompt_session_attributes: the same for the turn.
        knowledge_bases: how it queries its knowledge bases from now on.
        response_state: `FAILURE` ends the session with an error, `REPROMPT` has the model ask again.

    Raises:
        ValueError: `response_state` is something else.

    Example:
        >>> from lambda_powertools.event_handler import BedrockFunctionResponse
        >>> BedrockFunctionResponse("which one?", response_state="REPROMPT").response_state
        'REPROMPT'
    """

    def __init__(
        self,
        body: Any = None,
        session_attributes: dict[str, str] | None = None,
        prompt_session_attributes: dict[str, str] | None = None,
        knowledge_bases: list[dict[str, Any]] | None = None,
        response_state: ResponseState | None = None,
    ) -> None:
        if response_state is not None and response_state not in _STATES:
            raise ValueError(f"responseState must be 'FAILURE' or 'REPROMPT', not {response_state!r:.80}")
        self.body = body
        self.session_attributes = session_attributes
        self.prompt_session_attributes = prompt_session_attributes
        self.knowledge_bases = knowledge_bases
        self.response_state = response_state


class BedrockFunctionsResponseBuilder:
    """Turns what a tool gave into the dictionary that an agent takes; an app does this by itself."""

    def __init__(self, result: Any) -> None:
        self.result = result

    def build(self, event: BedrockAgentFunctionEvent, serializer: Callable[[Any], str]) -> dict[str, Any]:
        """Return the response to this event."""
        raw = event.raw_event
        result = self.result
        given = result if isinstance(result, BedrockFunctionResponse) else BedrockFunctionResponse(result)
        body = serializer("" if given.body is None else given.body)
        if not isinstance(body, str):
            raise TypeError(f"the serializer gave {type(body).__name__} for a body; it has to give text")
        answer: dict[str, Any] = {"responseBody": {"TEXT": {"body": body}}}
        if given.response_state is not None:
            answer["responseState"] = given.response_state
        response: dict[str, Any] = {
            "messageVersion": "1.0",
            "response": {
                "actionGroup": raw["actionGroup"],
                "function": raw["function"],
                "functionResponse": answer,
            },
            "sessionAttributes": _kept(given.session_attributes, raw.get("sessionAttributes")),
            "promptSessionAttributes": _kept(given.prompt_session_attributes, raw.get("promptSessionAttributes")),
        }
        if given.knowledge_bases:
            response["knowledgeBasesConfiguration"] = given.knowledge_bases
        return response


def _kept(given: dict[str, str] | None, requested: Any) -> Any:
    return (requested or {}) if given is None else given


def _default(value: Any) -> Any:
    return bytes(value).decode() if isinstance(value, (bytes, bytearray)) else json_ready(value)


def to_text(value: Any) -> str:
    """Return JSON as `json.dumps` writes it, and of what that cannot write: models, dates, decimals, sets, bytes.

    Raises:
        TypeError: a value has no JSON form.
    """
    return json.dumps(value, default=_default)


class _UnknownToolError(EventHandlerError):
    """The agent asked for a tool that nobody registered."""


class _Tool:
    """A registered function."""

    __slots__ = ("accepted", "description", "function", "name")

    def __init__(self, name: str, description: str | None, function: Callable[..., Any]) -> None:
        self.name = name
        self.description = description
        self.function = function
        self.accepted = Accepted(function)

    def call(self, raw: dict[str, Any]) -> Any:
        """Call the function with what the agent gave of its parameters."""
        values = {name: _converted(kind, value) for name, kind, value in given_values(raw.get("parameters"))}
        positional, named = self.accepted.arguments(values)
        return self.function(*positional, **named)


def _converted(kind: Any, value: Any) -> Any:
    """Return a value as its declared type says; as it is where that cannot be."""
    if value is None:
        return None
    if kind == "string":
        return str(value)
    if kind == "boolean":
        return value.lower() == "true" if isinstance(value, str) else bool(value)
    number = {"integer": int, "number": float}.get(kind) if isinstance(kind, str) else None
    if number is not None:
        with suppress(ValueError, TypeError, OverflowError):
            return number(value)
    return value


class _FunctionSource:
    """Tells the events of function details from others; what the plugin asks."""

    name = "BedrockAgentFunctionEvent"

    def accepts(self, event: Any) -> bool:
        """Return whether an event is an agent's call of a function."""
        raw = getattr(event, "raw_event", event)
        return isinstance(raw, dict) and all(isinstance(raw.get(key), str) for key in _REQUIRED)


_REQUIRED = ("function", "actionGroup")


class BedrockAgentFunctionResolver:
    """An app of an action group that is defined by function details: tools by name, with typed parameters.

    An error of a tool is answered with a text that names its class and message, which the agent reads, and perhaps
    repeats to its user: raise nothing that says too much.

    Args:
        serializer: makes the text of results; JSON if not given.

    Example:
        >>> from lambda_powertools.event_handler import BedrockAgentFunctionResolver
        >>> app = BedrockAgentFunctionResolver()
        >>> @app.tool(description="Adds two numbers")
        ... def add(a: int, b: int) -> int:
        ...     return a + b
        >>> event = {"actionGroup": "sums", "function": "add"}
        >>> event["parameters"] = [{"name": name, "type": "integer", "value": "2"} for name in "ab"]
        >>> app.resolve(event, None)["response"]["functionResponse"]
        {'responseBody': {'TEXT': {'body': '4'}}}
    """

    def __init__(self, serializer: Callable[[Any], str] | None = None) -> None:
        self.serializer: Callable[[Any], str] = serializer or to_text
        self.source = _FunctionSource()
        self._tools: dict[str, _Tool] = {}
        self._shared = SharedContext()
        self._state: ContextVar[RequestState | None] = ContextVar("bedrock_function_request", default=None)
        self._last: RequestState | None = None

    @overload
    def tool(self, name: FunctionT) -> FunctionT: ...

    @overload
    def tool(self, name: str | None = None, description: str | None = None) -> Callable[[FunctionT], FunctionT]: ...

    def tool(self, name: Any = None, description: str | None = None) -> Any:
        """Register a function as a tool; with or without parentheses.

        Args:
            name: what the agent calls it; the function's name if not given.
            description: what it does; for readers, as the agent has its own.

        Returns:
            The function, unchanged.
        """
        if callable(name):
            return self.tool()(name)

        def register(function: FunctionT) -> FunctionT:
            key = display_name(function) if name is None else name
            if key in self._tools:
                _warn(f"Tool '{key}' already registered. Overwriting with new definition.")
            self._tools[key] = _Tool(key, description, function)
            return function

        return register

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Do what `resolve` does, so that an app is a Lambda handler itself."""
        return self.resolve(event, context)

    def resolve(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer a call of an agent. A tool that is asynchronous runs on the environment's event loop.

        Args:
            event: the event of the agent.
            context: what the runtime hands over; not looked at.

        Raises:
            AgentEventError: the event lacks the function or the action group.
        """
        return drive(self._answer(event, context, asynchronous=False))

    async def resolve_async(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer a call of an agent where an event loop is running; see `resolve`."""
        return await self._answer(event, context, asynchronous=True)

    def prepare(self) -> None:
        """Do nothing: tools are looked at when they are registered."""

    @property
    def current_event(self) -> BedrockAgentFunctionEvent | None:
        """The event in progress, else the last one; None before the first."""
        state = self._state.get() or self._last
        return None if state is None else state.event  # type: ignore[return-value]  # the states here have this class

    @property
    def lambda_context(self) -> Any:
        """What the runtime handed over with the event."""
        state = self._state.get() or self._last
        return None if state is None else state.lambda_context

    @property
    def context(self) -> dict[str, Any]:
        """The dictionary that the code of a call shares; empty again when it is done."""
        state = self._state.get()
        return self._shared.outside() if state is None else state.context

    def append_context(self, **additional_context: Any) -> None:
        """Put values into the context: of the call in progress, else of the next one."""
        state = self._state.get()
        if state is None:
            self._shared.append(additional_context)
        else:
            state.context.update(additional_context)

    def clear_context(self) -> None:
        """Empty the context: of the call in progress, else of the next one."""
        state = self._state.get()
        if state is None:
            self._shared.forget()
        else:
            state.context.clear()

    def failure(self, event: Any, error: BaseException | None = None) -> dict[str, Any]:
        """Return the response to a call that something around the app failed in."""
        from lambda_powertools.data_classes.bedrock_agent_function_event import BedrockAgentFunctionEvent

        data = BedrockAgentFunctionEvent(getattr(event, "raw_event", event))
        return self._refused(data, error or RuntimeError("the call could not be answered"))

    async def _answer(self, event: Any, context: Any, *, asynchronous: bool) -> dict[str, Any]:
        from lambda_powertools.data_classes.bedrock_agent_function_event import BedrockAgentFunctionEvent

        if hasattr(event, "raw_event"):
            _warn("You don't need to serialize event to a data class before calling resolve: the app does it by itself")
            event = event.raw_event
        check_event(event, _REQUIRED)
        state = RequestState()
        state.raw, state.lambda_context, state.asynchronous = event, context, asynchronous
        data: Any = BedrockAgentFunctionEvent(event)
        state.event = data
        self._shared.begin(state)
        token = self._state.set(state)
        self._last = state
        note = self._note(event)
        try:
            try:
                result = await settle(state, self._find(event["function"]).call(event))
                response = BedrockFunctionsResponseBuilder(result).build(data, self.serializer)
            except Exception as error:  # noqa: BLE001  # the agent is to read of it
                _log(event["function"], error)
                response = self._refused(data, error)
                note["error"] = type(error).__name__
            return response
        finally:
            with suppress(ValueError):  # a coroutine that was dropped is closed in whatever context is at hand
                self._state.reset(token)
            self._shared.end(state)

    def _find(self, name: str) -> _Tool:
        tool = self._tools.get(name)
        if tool is None:
            raise _UnknownToolError(f"No tool registered with name '{name}'")
        return tool

    def _note(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Tell other plugins of the call: function, action group and session, not what was said."""
        note: dict[str, Any] = {
            "route": raw["function"] if raw["function"] in self._tools else None,
            "function": raw["function"],
            **session_of(raw),
        }
        invocation = current_invocation()
        if invocation is not None:
            invocation.state[STATE_KEY] = note
        return note

    def _refused(self, data: BedrockAgentFunctionEvent, error: BaseException) -> dict[str, Any]:
        name = "" if isinstance(error, _UnknownToolError) else f"{type(error).__name__}: "
        text = f"Error: {name}{error}"
        try:
            return BedrockFunctionsResponseBuilder(text).build(data, self.serializer)
        except Exception as failed:  # noqa: BLE001  # a serializer of the user's that takes no text
            _log("serializer", failed)
            return BedrockFunctionsResponseBuilder(text).build(data, to_text)


def _log(tool: str, error: BaseException) -> None:
    from lambda_powertools.core.package_logger import get_logger

    get_logger("lambda_powertools.event_handler").error("exception out of the tool %r", tool, exc_info=error)


def _warn(message: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(message, PowertoolsUserWarning, stacklevel=4)
