"""A vet's API validates what it is sent and what it answers."""

from typing import Annotated

from events import rest
from pydantic import BaseModel, Field

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query

EVENTS = [
    rest("POST", "/animals", {"name": "Rex", "age": 3}),
    rest("POST", "/animals", {"name": "", "age": -1}),
    rest("POST", "/animals", {"age": "old"}),
    rest("POST", "/animals", "{broken"),
    rest("GET", "/animals/7", query={"fields": "name"}, headers={"X-Clinic": "north"}),
    rest("GET", "/animals/seven"),
    rest("GET", "/animals/700", headers={"X-Clinic": "north"}),
    rest("GET", "/bad-answer"),
]

app = APIGatewayRestResolver(enable_validation=True)


class Animal(BaseModel):
    name: str = Field(min_length=1)
    age: int = Field(ge=0)
    friends: list[str] = []


@app.post("/animals")
def add(animal: Animal) -> Animal:
    return animal


@app.get("/animals/<number>")
def get(
    number: Annotated[int, Path(lt=100)],
    clinic: Annotated[str, Header(alias="X-Clinic")],
    fields: Annotated[list[str] | None, Query()] = None,
) -> dict:
    return {"number": number, "clinic": clinic, "fields": fields}


@app.get("/bad-answer")
def bad_answer() -> Animal:
    return {"name": 3}


def handler(event, context):
    return app.resolve(event, context)
