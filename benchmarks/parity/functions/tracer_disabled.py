"""A trace that is switched off leaves no trace."""

from aws_lambda_powertools import Tracer

ENVIRONMENT = {"POWERTOOLS_TRACE_DISABLED": "true"}
EVENTS = [{"n": 2}]

tracer = Tracer(service="quiet")


@tracer.capture_method
def double(n):
    tracer.put_annotation("n", n)
    return n * 2


@tracer.capture_lambda_handler
def handler(event, context):
    return double(event["n"])
