"""A ski school answers what does not validate in its own way."""

from dataclasses import dataclass

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response, content_types
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

EVENTS = [rest("POST", "/lessons", {"pupil": "ann", "level": 2}), rest("POST", "/lessons", {"pupil": "ann"})]

app = APIGatewayRestResolver(enable_validation=True)


@dataclass
class Lesson:
    pupil: str
    level: int


@app.exception_handler(RequestValidationError)
def refused(error: RequestValidationError):
    where = [list(item["loc"]) for item in error.errors()]
    return Response(status_code=400, content_type=content_types.APPLICATION_JSON, body={"where": where})


@app.post("/lessons")
def book(lesson: Lesson) -> Lesson:
    return lesson


def handler(event, context):
    return app.resolve(event, context)
