"""A plant nursery's REST API: routes, parameters and what they return."""

from events import rest

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [
    rest("GET", "/plants"),
    rest("GET", "/plants/fern"),
    rest("GET", "/plants/oak"),
    rest("POST", "/plants", {"name": "Ivy"}, headers={"X-Gardener": "ann"}),
    rest("GET", "/plants", query={"tall": "yes"}),
    rest("DELETE", "/plants/fern"),
    rest("GET", "/weeds"),
    rest("GET", "/plants/fern%20tree/leaves/2"),
]

logger = Logger(service="nursery")
tracer = Tracer(service="nursery")
app = APIGatewayRestResolver()
plants = {"fern": {"height": 30}}


@app.get("/plants")
@tracer.capture_method
def list_plants():
    if app.current_event.get_query_string_value("tall", "no") == "yes":
        return []
    return list(plants.values())


@app.get("/plants/<name>")
def get_plant(name: str):
    if name not in plants:
        raise NotFoundError(f"no {name} here")
    return plants[name], 200


@app.post("/plants")
def add_plant():
    body = app.current_event.json_body
    logger.info("added", gardener=app.current_event.headers["X-Gardener"])
    return {"added": body["name"]}, 201


@app.delete("/plants/<name>")
def remove_plant(name):
    return Response(status_code=204, content_type=content_types.TEXT_PLAIN, body=None)


@app.route("/plants/<name>/leaves/<number>", method=["GET", "PUT"])
def leaves(name, number):
    return {"plant": name, "leaf": int(number)}


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler
def handler(event: dict, context: LambdaContext) -> dict:
    return app.resolve(event, context)
