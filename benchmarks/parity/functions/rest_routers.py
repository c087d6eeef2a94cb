"""A harbour splits its routes over routers."""

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.router import APIGatewayRouter, Router

EVENTS = [
    rest("GET", "/v1/ships"),
    rest("GET", "/v1/ships/S-1"),
    rest("GET", "/cranes"),
    rest("GET", "/harbour/ships"),
    rest("GET", "/stage/cranes"),
]

ships = Router()
cranes = APIGatewayRouter()
app = APIGatewayRestResolver(strip_prefixes=["/stage"])


@ships.get("/")
def list_ships():
    return {"ships": 2, "pilot": ships.context.get("pilot")}


@ships.get("/<ship>")
def one_ship(ship):
    return {"ship": ship, "path": ships.current_event.path}


@cranes.get("/cranes")
def list_cranes():
    return {"cranes": 5, "pilot": cranes.context.get("pilot"), "tier": cranes.current_event.stage_variables["tier"]}


app.include_router(ships, prefix="/v1/ships")
app.include_router(cranes)


def handler(event, context):
    app.append_context(pilot="ann")
    return app.resolve(event, context)
