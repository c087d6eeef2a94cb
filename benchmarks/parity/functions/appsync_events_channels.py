"""A chat's channels: what is published and who may subscribe."""

from events import appsync_events

from aws_lambda_powertools.event_handler import AppSyncEventsResolver
from aws_lambda_powertools.event_handler.events_appsync.exceptions import UnauthorizedException

EVENTS = [
    appsync_events("PUBLISH", "/chat/room1", {"text": "hi"}, {"text": "bad"}),
    appsync_events("PUBLISH", "/news/today", {"n": 1}, {"n": 2}),
    appsync_events("PUBLISH", "/other", {"n": 1}),
    appsync_events("SUBSCRIBE", "/chat/room1"),
    appsync_events("SUBSCRIBE", "/private/room"),
]

app = AppSyncEventsResolver()


@app.on_publish("/chat/*")
def said(payload):
    if payload["text"] == "bad":
        raise ValueError("be kind")
    return {"text": payload["text"].upper()}


@app.on_publish("/news/*", aggregate=True)
def news(payload):
    return [{"id": item["id"], "payload": {"seen": True}} for item in payload]


@app.on_subscribe("/chat/*")
def subscribed():
    return None


@app.on_subscribe("/private/*")
def refused():
    raise UnauthorizedException("members only")


def handler(event, context):
    return app.resolve(event, context)
