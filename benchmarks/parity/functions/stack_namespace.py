"""Logs, traces and metrics with everything in the code: one decorator does the same."""

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

EVENTS = [{"plot": 3, "trace": "t-1"}, {"plot": 0, "trace": "t-2"}, {"plot": 5}]

logger, tracer = Logger(service="plots"), Tracer(service="plots")
metrics = Metrics(namespace="Garden", service="plots")


@metrics.log_metrics(capture_cold_start_metric=True, default_dimensions={"garden": "north"})
@tracer.capture_lambda_handler(capture_response=False)
@logger.inject_lambda_context(correlation_id_path="trace", log_event=True)
def handler(event, context):
    metrics.add_metric(name="Plots", unit=MetricUnit.Count, value=event["plot"])
    logger.append_keys(plot=event["plot"])
    logger.info("dug")
    tracer.put_annotation(key="plot", value=event["plot"])
    if not event["plot"]:
        raise ValueError("nothing to dig")
    return {"dug": event["plot"]}
