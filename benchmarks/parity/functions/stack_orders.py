"""Logs, traces and metrics around one handler, in the usual order."""

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

ENVIRONMENT = {"POWERTOOLS_SERVICE_NAME": "orders", "POWERTOOLS_METRICS_NAMESPACE": "Shop"}
EVENTS = [{"id": "A-1", "items": [3, 4]}, {"id": "A-2", "items": []}]

logger = Logger()
tracer = Tracer()
metrics = Metrics()


@tracer.capture_method
def total(items):
    return sum(items)


@metrics.log_metrics(capture_cold_start_metric=True)
@logger.inject_lambda_context(correlation_id_path="id", log_event=True)
@tracer.capture_lambda_handler
def handler(event: dict, context: LambdaContext) -> dict:
    if not event["items"]:
        logger.error("nothing ordered")
        raise ValueError("no items")
    amount = total(event["items"])
    metrics.add_metric("Amount", MetricUnit.Count, amount)
    logger.info("ordered", amount=amount)
    return {"amount": amount}
