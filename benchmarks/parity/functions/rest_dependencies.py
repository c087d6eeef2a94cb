"""A printing press injects what its routes need."""

from typing import Annotated

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Depends

EVENTS = [rest("GET", "/print", headers={"X-Ink": "blue"}), rest("GET", "/print")]

app = APIGatewayRestResolver()


def ink():
    return app.current_event.headers.get("X-Ink", "black")


def press(colour: Annotated[str, Depends(ink)]):
    return f"press with {colour}"


@app.get("/print")
def print_page(machine: Annotated[str, Depends(press)]):
    return {"machine": machine}


def handler(event, context):
    return app.resolve(event, context)
