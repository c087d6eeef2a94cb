"""A stock service in a VPC Lattice network, event structure 1."""

from events import lattice

from aws_lambda_powertools.event_handler import VPCLatticeResolver

EVENTS = [lattice("GET", "/stock/4", query={"unit": "kg"}), lattice("POST", "/stock", {"n": 1}), lattice("GET", "/no")]

app = VPCLatticeResolver()


@app.get("/stock/<shelf>")
def stock(shelf):
    return {"shelf": shelf, "unit": app.current_event.query_string_parameters["unit"]}


@app.post("/stock")
def add():
    return app.current_event.json_body, 201


def handler(event, context):
    return app.resolve(event, context)
