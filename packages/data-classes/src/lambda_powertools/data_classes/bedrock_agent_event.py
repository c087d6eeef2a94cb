"""Agents for Amazon Bedrock whose action group is defined by an OpenAPI schema.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._bedrock_agent import Agent, Value
from lambda_powertools.data_classes._fields import (
    cached,
    computed,
    optional_wrapped,
    required,
    wrapped,
    wrapped_list,
)
from lambda_powertools.data_classes._proxy import BaseProxyEvent
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class BedrockAgentInfo(Agent):
    """The agent that asks."""


class BedrockAgentProperty(Value):
    """A parameter, or a property of the body, that the agent got out of the conversation."""


class BedrockAgentRequestMedia(DictWrapper):
    """The body in one media type."""

    properties = wrapped_list("properties", BedrockAgentProperty)


class BedrockAgentRequestBody(DictWrapper):
    """The body in each of its media types."""

    @property
    def content(self) -> dict[str, BedrockAgentRequestMedia]:
        """The body by media type."""
        deserializer = self._json_deserializer
        return {name: BedrockAgentRequestMedia(media, deserializer) for name, media in self._data["content"].items()}


class BedrockAgentEvent(BaseProxyEvent):
    """A call of an operation of the schema by an agent.

    Example:
        >>> from lambda_powertools.data_classes import BedrockAgentEvent
        >>> event = BedrockAgentEvent(
        ...     {"apiPath": "/orders", "parameters": [{"name": "status", "type": "string", "value": "open,paid"}]}
        ... )
        >>> event.path, event.resolved_query_string_parameters
        ('/orders', {'status': ['open,paid']})
    """

    message_version = required("messageVersion", str)
    input_text = required("inputText", str)
    session_id = required("sessionId", str)
    action_group = required("actionGroup", str)
    api_path = required("apiPath", str)
    http_method = required("httpMethod", str)
    parameters = wrapped_list("parameters", BedrockAgentProperty, or_empty=True)
    request_body = optional_wrapped("requestBody", BedrockAgentRequestBody, none_if_empty=True)
    agent = wrapped("agent", BedrockAgentInfo)
    session_attributes = required("sessionAttributes", dict[str, Any])
    prompt_session_attributes = required("promptSessionAttributes", dict[str, Any])
    path = required("apiPath", str)

    @cached
    def query_string_parameters(self) -> dict[str, str]:
        """The values of all parameters by name."""
        return {parameter["name"]: parameter["value"] for parameter in self._data.get("parameters") or ()}

    @computed
    def resolved_query_string_parameters(self) -> dict[str, list[str]]:
        """The values of all parameters by name, each the one item of a list."""
        return {name: [value] for name, value in self.query_string_parameters.items()}

    @computed
    def resolved_headers_field(self) -> dict[str, Any]:
        """No headers: an agent sends none."""
        return {}

    @cached
    def json_body(self) -> dict[str, Any] | None:
        """The values of the JSON body's properties by name; None when there is no such body."""
        media = ((self._data.get("requestBody") or {}).get("content") or {}).get("application/json")
        if not media:
            return None
        return {item["name"]: item["value"] for item in media.get("properties") or ()}
