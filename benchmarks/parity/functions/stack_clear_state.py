"""The same, with the logger outermost and its state cleared."""

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from aws_lambda_powertools.tracing import Tracer

EVENTS = [{"rooms": 2}, {}]

logger = Logger(service="hotel")
tracer = Tracer(service="hotel")
metrics = Metrics(service="hotel", namespace="Hotels")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=True, capture_error=True)
@metrics.log_metrics
def handler(event, context):
    if "rooms" in event:
        logger.append_keys(rooms=event["rooms"])
        metrics.add_metric(name="Rooms", unit=MetricUnit.Count, value=event["rooms"])
    logger.info("booked")
    return {"status": "booked"}
