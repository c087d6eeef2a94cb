"""A concierge's agent is told more than a body."""

from events import bedrock_api

from aws_lambda_powertools.event_handler import BedrockAgentResolver, BedrockResponse

EVENTS = [bedrock_api("GET", "/weather")]

app = BedrockAgentResolver()


@app.get("/weather", description="Weather of tonight")
def weather():
    return BedrockResponse(
        body={"sky": "clear"}, session_attributes={"asked": "yes"}, prompt_session_attributes={"mood": "fine"}
    )


def handler(event, context):
    return app.resolve(event, context)
