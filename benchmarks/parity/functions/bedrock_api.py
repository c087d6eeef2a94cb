"""A concierge's agent asks for evenings, by an OpenAPI schema."""

from typing import Annotated

from events import bedrock_api

from aws_lambda_powertools.event_handler import BedrockAgentResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

EVENTS = [
    bedrock_api("GET", "/shows", [("limit", "number", "2")]),
    bedrock_api("POST", "/tables", body=[("guests", "number", "4"), ("name", "string", "ann")]),
    bedrock_api("GET", "/shows", [("limit", "number", "many")]),
    bedrock_api("GET", "/nowhere"),
]

app = BedrockAgentResolver()


@app.get("/shows", description="Shows of tonight")
def shows(limit: Annotated[int, Query(description="how many")] = 1) -> list:
    return ["a", "b", "c"][:limit]


@app.post("/tables", description="Books a table")
def tables(guests: Annotated[int, Body()], name: Annotated[str, Body()]) -> dict:
    return {"guests": guests, "name": name, "session": app.current_event.session_id}


def handler(event, context):
    return app.resolve(event, context)
