"""A florist's orders, as a model behind an envelope."""

from events import event_bridge

from aws_lambda_powertools.utilities.parser import BaseModel, envelopes, event_parser, field_validator
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [
    event_bridge("OrderPlaced", {"id": 7, "flowers": [{"name": "rose", "stems": 12}]}),
    event_bridge("OrderPlaced", {"id": 8, "flowers": [], "card": "hello"}),
    event_bridge("OrderPlaced", {"id": 9, "flowers": [{"name": "weed", "stems": 1}]}),
    event_bridge("OrderPlaced", {"id": "x"}),
    {"detail": {}},
]


class Flower(BaseModel):
    name: str
    stems: int

    @field_validator("name")
    @classmethod
    def no_weeds(cls, value):
        if value == "weed":
            raise ValueError("no weeds")
        return value


class Order(BaseModel):
    id: int
    flowers: list[Flower]
    card: str | None = None


@event_parser(model=Order, envelope=envelopes.EventBridgeEnvelope)
def handler(event: Order, context: LambdaContext):
    return {"id": event.id, "stems": sum(flower.stems for flower in event.flowers), "card": event.card}
