"""An aquarium's routes are coroutines."""

import asyncio

from events import http_api

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

EVENTS = [http_api("GET", "/fish/cod"), http_api("GET", "/fish/none")]

app = APIGatewayHttpResolver()


@app.get("/fish/<name>")
def fish(name):
    async def look():
        await asyncio.sleep(0)
        return {"fish": name}

    return asyncio.run(look())


def handler(event, context):
    return app(event, context)
