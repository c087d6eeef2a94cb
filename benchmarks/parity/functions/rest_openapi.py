"""A film archive describes itself."""

import json

from events import rest
from pydantic import BaseModel

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.models import Contact, Server

EVENTS = [rest("GET", "/describe")]

app = APIGatewayRestResolver(enable_validation=True)


class Film(BaseModel):
    title: str
    year: int


@app.get("/films", summary="All films", tags=["films"], responses={200: {"description": "the films"}})
def films(year: int = 1920) -> list[Film]:
    return []


@app.post("/films", operation_id="add_film", deprecated=True)
def add(film: Film) -> Film:
    return film


def handler(event, context):
    document = json.loads(
        app.get_openapi_json_schema(
            title="Archive",
            version="2.1.0",
            description="Old films",
            servers=[Server(url="https://films.example.com")],
            contact=Contact(name="ann"),
        )
    )
    operations = {
        f"{method} {path}": [
            operation.get("summary"),
            operation.get("operationId"),
            operation.get("tags"),
            sorted(operation["responses"]),
            operation.get("parameters"),
            "requestBody" in operation,
        ]
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    film = document["components"]["schemas"]["Film"]
    return {"info": document["info"], "servers": document["servers"], "operations": operations, "film": film}
