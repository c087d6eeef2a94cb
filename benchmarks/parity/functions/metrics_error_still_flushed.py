"""A sensor's metrics are written although it fails."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

EVENTS = [{"volts": 240}, {"volts": 12}]

metrics = Metrics(namespace="Sensors", service="volts")


@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event, context):
    metrics.add_metric("Volts", MetricUnit.Count, event["volts"])
    if event["volts"] > 100:
        raise RuntimeError("too much")
    return "fine"
