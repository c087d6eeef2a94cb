"""A ferry's middlewares are seen in the trace."""

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.middleware_factory import lambda_handler_decorator

EVENTS = [{"car": "K-77"}]

tracer = Tracer(service="ferry")
logger = Logger(service="ferry")


@lambda_handler_decorator(trace_execution=True)
def boarded(handler, event, context):
    tracer.put_annotation(key="car", value=event["car"])
    logger.append_keys(car=event["car"])
    return handler(event, context)


@tracer.capture_lambda_handler
@boarded
def handler(event, context):
    logger.info("at sea")
    return "crossed"
