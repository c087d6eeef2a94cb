"""Events of Bedrock Agents: OpenAPI and function schemas.

The format: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
"""

from pydantic import Field

from lambda_powertools.parser._model import EventModel


class BedrockAgentModel(EventModel):
    """The agent that calls."""

    name: str
    id_: str = Field(alias="id")
    alias: str
    version: str


class BedrockAgentPropertyModel(EventModel):
    """One parameter or property."""

    name: str
    type_: str = Field(alias="type")
    value: str


class BedrockAgentRequestMediaModel(EventModel):
    """The properties of a body of one media type."""

    properties: list[BedrockAgentPropertyModel]


class BedrockAgentRequestBodyModel(EventModel):
    """The body of a request, by media type."""

    content: dict[str, BedrockAgentRequestMediaModel]


class BedrockAgentEventModel(EventModel):
    """A call of an action group with an OpenAPI schema."""

    message_version: str = Field(alias="messageVersion")
    input_text: str = Field(alias="inputText")
    session_id: str = Field(alias="sessionId")
    action_group: str = Field(alias="actionGroup")
    api_path: str = Field(alias="apiPath")
    http_method: str = Field(alias="httpMethod")
    session_attributes: dict[str, str] = Field(default={}, alias="sessionAttributes")
    prompt_session_attributes: dict[str, str] = Field(default={}, alias="promptSessionAttributes")
    agent: BedrockAgentModel
    parameters: list[BedrockAgentPropertyModel] | None = None
    request_body: BedrockAgentRequestBodyModel | None = Field(default=None, alias="requestBody")


class BedrockAgentFunctionEventModel(EventModel):
    """A call of an action group with function details."""

    message_version: str = Field(alias="messageVersion")
    agent: BedrockAgentModel
    input_text: str = Field(alias="inputText")
    session_id: str = Field(alias="sessionId")
    action_group: str = Field(alias="actionGroup")
    function: str
    parameters: list[BedrockAgentPropertyModel] | None = None
    session_attributes: dict[str, str] = Field(default={}, alias="sessionAttributes")
    prompt_session_attributes: dict[str, str] = Field(default={}, alias="promptSessionAttributes")
