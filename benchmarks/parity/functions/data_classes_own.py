"""A class of one's own over an event, and what dictionaries do."""

from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.common import DictWrapper

EVENTS = [{"ship": "Anne", "knots": 7}, {}]


class ShipEvent(DictWrapper):
    @property
    def ship(self) -> str:
        return self["ship"]

    @property
    def knots(self):
        return self.get("knots", 0)


@event_source(data_class=ShipEvent)
def handler(event: ShipEvent, context):
    return [event.knots, "ship" in event, len(event), event == ShipEvent(event.raw_event), event.ship]
