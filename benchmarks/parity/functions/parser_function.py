"""A weighbridge parses by hand, and tells what it refuses."""

from aws_lambda_powertools.utilities.parser import BaseModel, ValidationError, parse

EVENTS = [
    {"lorry": "K-1", "tons": "7.5"},
    {"lorry": "K-2", "tons": "many"},
    {"lorry": None},
    '{"lorry": "K-3", "tons": 1}',
]


class Weighing(BaseModel):
    lorry: str
    tons: float


def handler(event, context):
    try:
        weighing = parse(event=event, model=Weighing)
    except ValidationError as error:
        return [[list(item["loc"]), item["type"]] for item in error.errors()]
    return weighing.model_dump()
