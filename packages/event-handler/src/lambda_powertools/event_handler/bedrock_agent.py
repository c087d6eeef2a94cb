"""The app of an action group that is described by an OpenAPI schema, for agents of Amazon Bedrock.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from __future__ import annotations

from lambda_powertools.event_handler._agents import check_event, given_values, session_of, warn_of_size
from lambda_powertools.event_handler._finish import to_json
from lambda_powertools.event_handler._headers import find_header
from lambda_powertools.event_handler._matching import Matcher
from lambda_powertools.event_handler._resolver import ApiGatewayResolver
from lambda_powertools.event_handler._rules import openapi_path
from lambda_powertools.event_handler._sources import ProxyEventType
from lambda_powertools.event_handler.content_types import APPLICATION_JSON
from lambda_powertools.event_handler.response import AnyResponse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol, TypeVar, cast

    from typing_extensions import Unpack

    from lambda_powertools.data_classes.bedrock_agent_event import BedrockAgentEvent
    from lambda_powertools.event_handler._registration import ActionKeywords
    from lambda_powertools.event_handler._route import Route
    from lambda_powertools.event_handler._state import RequestState
    from lambda_powertools.event_handler.response import Response

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])

    class ActionVerb(Protocol):
        """Registers functions for one method; `description` is what the agent chooses the action by."""

        def __call__(
            self,
            rule: str,
            description: str,
            cors: bool | None = None,
            compress: bool = False,
            cache_control: str | None = None,
            **options: Unpack[ActionKeywords],
        ) -> Callable[[FunctionT], FunctionT]: ...
else:
    from lambda_powertools.core.static import TypeVar, cast


__all__ = ["BedrockAgentResolver", "BedrockResponse", "BedrockResponseBuilder"]

BodyT = TypeVar("BodyT")


class BedrockResponse(AnyResponse[BodyT]):
    """A response to an agent with what it is to remember.

    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html#agents-lambda-response

    Args:
        body: the body; JSON is made of it whatever the content type, a text stays as it is.
        status_code: the HTTP status.
        content_type: the key that the body is found under.
        session_attributes: attributes that the agent keeps for the session; none leave them as they are.
        prompt_session_attributes: attributes that it keeps for the turn.
        knowledge_bases_configuration: how it queries its knowledge bases from now on.

    Example:
        >>> from lambda_powertools.event_handler import BedrockResponse
        >>> BedrockResponse({"id": 7}, 201, session_attributes={"order": "7"}).is_json()
        True
    """

    def __init__(
        self,
        body: BodyT | None = None,
        status_code: int = 200,
        content_type: str = APPLICATION_JSON,
        session_attributes: dict[str, Any] | None = None,
        prompt_session_attributes: dict[str, Any] | None = None,
        knowledge_bases_configuration: list[dict[str, Any]] | None = None,
    ) -> None:
        self.body = body
        self.status_code = status_code
        self.content_type: str | None = content_type
        self.session_attributes = session_attributes
        self.prompt_session_attributes = prompt_session_attributes
        self.knowledge_bases_configuration = knowledge_bases_configuration

    def is_json(self) -> bool:
        """Return True: an agent reads nothing else."""
        return True

    def __repr__(self) -> str:
        """Show the status, not the content."""
        return f"<BedrockResponse {int(self.status_code)} body={type(self.body).__name__}>"


class BedrockResponseBuilder:
    """Turns a response into the dictionary that an agent takes; an app does this for its routes by itself."""

    def __init__(self, response: AnyResponse[Any], serializer: Callable[[Any], str] = to_json) -> None:
        self.response = response
        self.serializer = serializer

    def build(self, event: BedrockAgentEvent, *_: Any) -> dict[str, Any]:
        """Return the response to this event."""
        response, raw = self.response, event.raw_event
        result: dict[str, Any] = {
            "messageVersion": "1.0",
            "response": {
                "actionGroup": raw["actionGroup"],
                "apiPath": raw["apiPath"],
                "httpMethod": raw["httpMethod"],
                "httpStatusCode": int(response.status_code),
                "responseBody": {_content_type(response): {"body": self._body()}},
            },
        }
        if isinstance(response, BedrockResponse):
            remembered = {
                "sessionAttributes": response.session_attributes,
                "promptSessionAttributes": response.prompt_session_attributes,
                "knowledgeBasesConfiguration": response.knowledge_bases_configuration,
            }
            result.update({name: value for name, value in remembered.items() if value})
        return result

    def _body(self) -> str:
        body = self.response.body
        if isinstance(body, str):
            return str(body)
        if isinstance(body, (bytes, bytearray, memoryview)) and not self.response.is_json():
            return bytes(body).decode()
        text = self.serializer(body)
        if not isinstance(text, str):
            raise TypeError(f"the serializer gave {type(text).__name__} for a body; it has to give text")
        return text


def _content_type(response: AnyResponse[Any]) -> str:
    headers: dict[str, Any] = getattr(response, "headers", {})
    name = find_header(headers, "content-type")
    value = response.content_type if name is None else headers[name]
    return str(value[0] if isinstance(value, list) and value else value or APPLICATION_JSON)


class _TemplateMatcher(Matcher):
    """Matches the templates that agents send: `/claims/{id}` as it is in the schema, not with a value in it."""

    __slots__ = ("_templates",)

    def __init__(self) -> None:
        super().__init__()
        self._templates: dict[tuple[str, str], Route] = {}

    def add(self, routes: Sequence[Route]) -> None:
        super().add(routes)
        for route in routes:
            if route.parsed.has_group:
                self._templates.setdefault((route.method, route.openapi_path), route)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route of the very template, else the first one whose rule matches the text."""
        found = super().find(method, path)
        if found is not None and found[0].parsed.has_group:
            exact = self._templates.get((method, openapi_path(path)))
            return found if exact is None else (exact, found[1])
        return found

    def allowed(self, path: str) -> tuple[str, ...]:  # noqa: ARG002  # an agent asks for operations, not for methods
        """Return none: an operation is there or is not."""
        return ()


def _action(method: str) -> ActionVerb:
    """Return the method of apps that registers functions for an HTTP method, with the description agents need."""

    def verb(
        self: BedrockAgentResolver,
        rule: str,
        description: str,
        cors: bool | None = None,
        compress: bool = False,
        cache_control: str | None = None,
        **options: Any,
    ) -> Any:
        if "security" in options:
            raise TypeError(f"{method.lower()}() takes no security: an agent has nothing to show")
        return self.route(rule, method, cors, compress, cache_control, description=description, **options)

    verb.__name__ = method.lower()
    verb.__doc__ = f"Return a decorator that registers a function for {method}; see `ActionVerb`."
    return cast("ActionVerb", verb)


class BedrockAgentResolver(ApiGatewayResolver):
    """An app of an action group that is described by an OpenAPI schema.

    Args:
        debug: whether errors show their traceback and requests are printed; `POWERTOOLS_DEV` decides if not given.
        enable_validation: whether requests and responses are validated by annotations; needs the extra `openapi`.
        serializer: makes JSON of bodies.

    Example:
        >>> from lambda_powertools.event_handler import BedrockAgentResolver
        >>> app = BedrockAgentResolver()
        >>> @app.get("/claims/<claim_id>", description="Looks up a claim")
        ... def claim(claim_id: int) -> dict:
        ...     return {"id": claim_id}
        >>> event = {"actionGroup": "claims", "apiPath": "/claims/{claim_id}", "httpMethod": "GET"}
        >>> event["parameters"] = [{"name": "claim_id", "type": "integer", "value": "7"}]
        >>> app.resolve(event, None)["response"]["responseBody"]
        {'application/json': {'body': '{"id":7}'}}
    """

    gets_answer_head = False

    if TYPE_CHECKING:

        @property
        def current_event(self) -> BedrockAgentEvent: ...  # noqa: D102  # as the base class

    def __init__(
        self,
        debug: bool | None = None,
        enable_validation: bool = True,
        serializer: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(
            ProxyEventType.BedrockAgentEvent, debug=debug, enable_validation=enable_validation, serializer=serializer
        )
        self.matcher = _TemplateMatcher()

    get = _action("GET")  # type: ignore[assignment]  # a description is required here
    post = _action("POST")  # type: ignore[assignment]
    put = _action("PUT")  # type: ignore[assignment]
    patch = _action("PATCH")  # type: ignore[assignment]
    delete = _action("DELETE")  # type: ignore[assignment]

    def prepare_event(self, event: Any) -> None:
        """Refuse an event that no response could be made for.

        Raises:
            AgentEventError: it lacks the action group, the path or the method.
        """
        check_event(event.raw_event, ("actionGroup", "apiPath", "httpMethod"))

    def path_values(self, route: Route, groups: dict[str, str], raw: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Return the values of the placeholders, which are parameters of the event; a path is a template."""
        names = route.parsed.names
        if not names:
            return {}
        values = {name: value for name, _, value in given_values(raw.get("parameters"))}
        if not self.is_validated(route):
            accepted = route.cache.get("agent.accepted")
            if accepted is None:
                from lambda_powertools.event_handler._accepted import Accepted

                accepted = route.cache["agent.accepted"] = Accepted(route.func)
            return {name: value for name, value in values.items() if name in names or accepted.takes(name)}
        return {name: values[name] for name in names if name in values}

    def told(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Return what other plugins may know of a request beside its route: action group and session."""
        return session_of(raw)

    def status_of(self, result: dict[str, Any]) -> int | None:
        """Return the status of a response."""
        status: int = result["response"]["httpStatusCode"]
        return status

    def build(self, state: RequestState, response: Response[Any]) -> dict[str, Any]:
        """Return a response in the way of an agent."""
        result = BedrockResponseBuilder(response, self.serializer).build(cast("BedrockAgentEvent", state.event))
        if self.debug:
            for content in result["response"]["responseBody"].values():
                warn_of_size(content["body"])
        return result

    def failure(self, event: Any, error: BaseException | None = None) -> dict[str, Any]:  # noqa: ARG002
        """Return the response to a request that could not be answered, which tells nothing of why."""
        from lambda_powertools.event_handler._errors import error_response

        data = self.source.data_class(getattr(event, "raw_event", event))
        response = error_response(self, 500, "Internal Server Error")
        return BedrockResponseBuilder(response, self.serializer).build(cast("BedrockAgentEvent", data))

    def get_openapi_json_schema(self, **meta: Any) -> str:
        """Return the schema of the action group: a document of OpenAPI 3.0.3, the only version agents take.

        https://docs.aws.amazon.com/bedrock/latest/userguide/agents-api-schema.html

        Args:
            **meta: fields of `OpenAPIConfig`, in place of what `configure_openapi` was told; `openapi_version` is not
                looked at.

        Raises:
            OpenAPIDependencyError: the extra `openapi` is not installed.
            OpenAPISchemaError: the document would not be valid.
        """
        from lambda_powertools.event_handler.openapi._agent import agent_schema

        return agent_schema(self, **meta)
