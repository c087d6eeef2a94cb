"""A function as it was written for the original library, with its decorators and without ours."""

from __future__ import annotations

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger()
metrics = Metrics()
tracer = Tracer()
app = APIGatewayHttpResolver()


@app.get("/orders/<order_id>")
@tracer.capture_method
def order(order_id: str) -> dict[str, str]:
    if order_id == "none":
        raise NotFoundError("no such order")
    logger.info("order read", extra={"order": order_id})
    return {"id": order_id}


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event, context):
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    return app.resolve(event, context)
