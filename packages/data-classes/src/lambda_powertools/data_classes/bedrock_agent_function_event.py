"""Agents for Amazon Bedrock whose action group is defined by functions.

https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from __future__ import annotations

from lambda_powertools.data_classes._bedrock_agent import Agent, Value
from lambda_powertools.data_classes._fields import default, required, wrapped, wrapped_list
from lambda_powertools.data_classes._wrapper import DictWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    from lambda_powertools.core.static import Any


class BedrockAgentInfo(Agent):
    """The agent that asks."""


class BedrockAgentFunctionParameter(Value):
    """A parameter that the agent got out of the conversation."""


class BedrockAgentFunctionEvent(DictWrapper):
    """A call of a function by an agent.

    Example:
        >>> from lambda_powertools.data_classes import BedrockAgentFunctionEvent
        >>> event = BedrockAgentFunctionEvent(
        ...     {"function": "cancel", "parameters": [{"name": "order", "type": "integer", "value": "7"}]}
        ... )
        >>> event.function, {parameter.name: parameter.value for parameter in event.parameters}
        ('cancel', {'order': '7'})
    """

    message_version = required("messageVersion", str)
    input_text = required("inputText", str)
    session_id = required("sessionId", str)
    action_group = required("actionGroup", str)
    function = required("function", str)
    parameters = wrapped_list("parameters", BedrockAgentFunctionParameter, or_empty=True)
    agent = wrapped("agent", BedrockAgentInfo)
    session_attributes = default("sessionAttributes", dict[str, Any])
    prompt_session_attributes = default("promptSessionAttributes", dict[str, Any])
