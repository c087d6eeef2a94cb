"""A dye works has a serializer of its own, and cookies."""

import json
from datetime import datetime, timezone
from functools import partial

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.shared.cookies import Cookie

EVENTS = [rest("GET", "/colours"), rest("GET", "/cookie"), rest("GET", "/many")]

app = APIGatewayRestResolver(serializer=partial(json.dumps, sort_keys=True, indent=1, default=str))


@app.get("/colours")
def colours():
    return {"red": 1, "blue": 2, "mixed": datetime(2025, 6, 15, tzinfo=timezone.utc)}


@app.get("/cookie")
def cookie():
    return Response(
        status_code=200, content_type="application/json", body="{}", cookies=[Cookie("dye", "indigo", secure=True)]
    )


@app.get("/many")
def many():
    return Response(status_code=200, body="x", headers={"X-Dye": ["madder", "woad"]}, content_type="text/plain")


def handler(event, context):
    return app.resolve(event, context)
