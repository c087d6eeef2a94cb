"""A mint strikes coins: annotations, metadata and methods in its trace."""

from aws_lambda_powertools import Tracer

EVENTS = [{"coins": 3, "metal": "silver"}, {"coins": 1, "metal": "gold"}]

tracer = Tracer(service="mint")


@tracer.capture_method
def strike(coins: int, metal: str) -> dict:
    tracer.put_annotation(key="metal", value=metal)
    return {"struck": coins, "metal": metal}


@tracer.capture_method(capture_response=False)
def polish(coin: dict) -> dict:
    tracer.put_metadata(key="cloth", value={"colour": "red"}, namespace="polishing")
    return coin


@tracer.capture_lambda_handler
def handler(event, context):
    return polish(strike(event["coins"], event["metal"]))
