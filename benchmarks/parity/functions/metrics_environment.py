"""A greenhouse is told its namespace and service by its environment."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricResolution, MetricUnit

ENVIRONMENT = {"POWERTOOLS_METRICS_NAMESPACE": "Greenhouse", "POWERTOOLS_SERVICE_NAME": "beds"}
EVENTS = [{"warmth": 21.25}]

metrics = Metrics()


@metrics.log_metrics
def handler(event, context):
    metrics.add_metric("Warmth", MetricUnit.Count, event["warmth"], resolution=MetricResolution.High)
    metrics.add_metric("Readings", MetricUnit.Count, 1, resolution=1)
