"""Action groups of a Bedrock agent: one with an OpenAPI schema, one with function details."""

from __future__ import annotations

from typing import Any

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import (
    BedrockAgentFunctionResolver,
    BedrockAgentResolver,
    BedrockFunctionResponse,
    BedrockResponse,
)
from lambda_powertools.logger import Logger

logger = Logger()
app = BedrockAgentResolver()
functions = BedrockAgentFunctionResolver()


@app.get("/claims/<claim_id>", description="Looks up a claim")
def find_claim(claim_id: int) -> BedrockResponse[dict[str, Any]]:
    logger.info("asked", claim_id=claim_id)
    return BedrockResponse({"id": claim_id}, session_attributes={"last": str(claim_id)})


@functions.tool
async def add(a: int, b: int) -> BedrockFunctionResponse:
    return BedrockFunctionResponse(a + b, prompt_session_attributes={"sum": str(a + b)})


@powertools(event_handler=app)
def actions(event, context):
    return "another event"


@powertools(event_handler=functions)
def tools(event, context):
    return "another event"
