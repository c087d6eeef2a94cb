"""A glass blower's exceptions are seen, or not, in its trace."""

from aws_lambda_powertools import Tracer

EVENTS = [{"heat": 900}, {"heat": 300}, {"heat": 10}]

tracer = Tracer(service="glass")


@tracer.capture_method(capture_error=False)
def melt(heat):
    if heat < 100:
        raise ValueError("cold sand")
    return heat


@tracer.capture_method
def blow(heat):
    if heat < 500:
        raise RuntimeError("too stiff")
    return "a vase"


@tracer.capture_lambda_handler(capture_response=False)
def handler(event, context):
    return blow(melt(event["heat"]))
