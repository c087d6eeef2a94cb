"""The same routes behind every front end: what a web team deploys several times."""

from __future__ import annotations

from lambda_powertools.core import powertools
from lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    LambdaFunctionUrlResolver,
    Response,
)
from lambda_powertools.event_handler.cookies import Cookie
from lambda_powertools.event_handler.exceptions import BadRequestError
from lambda_powertools.logger import Logger

logger = Logger()


def add_routes(app):
    """Give an app the routes of the shop."""

    @app.post("/path/to/<thing>")
    def receive(thing: str) -> Response:
        event = app.current_event
        logger.info("received", thing=thing)
        body = {"thing": thing, "sent": event.json_body, "agent": event.headers.get("user-agent")}
        return Response(201, "application/json", body, cookies=[Cookie("seen", thing)])

    @app.get("/picture")
    def show_picture() -> Response:
        return Response(200, "image/png", b"\x89PNG\r\n")

    @app.get("/refused")
    def refuse() -> None:
        raise BadRequestError("not like this")

    @app.get("/broken")
    def fail() -> None:
        raise RuntimeError("the shelf fell down")

    return app


rest = add_routes(APIGatewayRestResolver())
http = add_routes(APIGatewayHttpResolver())
balanced = add_routes(ALBResolver())
url = add_routes(LambdaFunctionUrlResolver())

rest_api = powertools(event_handler=rest)(rest.resolve)


@powertools
def http_api(event, context):
    return http.resolve(event, context)


@powertools
async def load_balancer(event, context):
    return await balanced.resolve_async(event, context)


function_url = url.resolve
