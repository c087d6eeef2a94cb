"""The envelopes of Bedrock Agents."""

from __future__ import annotations

from typing import Any

from lambda_powertools.parser.envelopes.base import BaseEnvelope, opened
from lambda_powertools.parser.models.bedrock_agent import BedrockAgentEventModel, BedrockAgentFunctionEventModel


class BedrockAgentEnvelope(BaseEnvelope):
    """Takes the user's input out of a call of an action group with an OpenAPI schema."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the input as an object of the model."""
        return self._parse_at(("inputText",), opened(BedrockAgentEventModel, data).input_text, model)


class BedrockAgentFunctionEnvelope(BaseEnvelope):
    """Takes the user's input out of a call of an action group with function details."""

    def parse(self, data: Any, model: Any) -> Any:
        """Return the input as an object of the model."""
        return self._parse_at(("inputText",), opened(BedrockAgentFunctionEventModel, data).input_text, model)
