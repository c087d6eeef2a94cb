"""The same, event structure 2."""

from events import lattice_v2

from aws_lambda_powertools.event_handler import VPCLatticeV2Resolver

EVENTS = [lattice_v2("GET", "/stock/4", headers={"x-team": "blue"}), lattice_v2("POST", "/stock", {"n": 2})]

app = VPCLatticeV2Resolver()


@app.get("/stock/<shelf>")
def stock(shelf):
    event = app.current_event
    return {"shelf": shelf, "team": event.headers["x-team"], "region": event.request_context.region}


@app.post("/stock")
def add():
    return app.current_event.json_body, 201


def handler(event, context):
    return app.resolve(event, context)
