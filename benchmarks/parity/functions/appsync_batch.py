"""Reviews of many films, resolved at once."""

from events import appsync

from aws_lambda_powertools.event_handler import AppSyncResolver
from aws_lambda_powertools.utilities.data_classes import AppSyncResolverEvent

EVENTS = [
    [appsync("Film", "reviews", source={"id": str(number)}) for number in range(3)],
    [appsync("Film", "stars", source={"id": str(number)}) for number in range(2)],
]

app = AppSyncResolver()


@app.batch_resolver(type_name="Film", field_name="reviews")
def reviews(event: list[AppSyncResolverEvent]):
    return [f"review of {item.source['id']}" for item in event]


@app.batch_resolver(type_name="Film", field_name="stars", aggregate=False)
def stars(event: AppSyncResolverEvent):
    return int(event.source["id"]) + 1


def handler(event, context):
    return app.resolve(event, context)
