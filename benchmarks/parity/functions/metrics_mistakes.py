"""What is no metric is refused, each with an exception of its own."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import (
    EphemeralMetrics,
    MetricResolutionError,
    MetricUnitError,
    MetricValueError,
    SchemaValidationError,
)

EVENTS = [{"case": "unit"}, {"case": "value"}, {"case": "resolution"}, {"case": "empty"}, {"case": "namespace"}]


@Metrics(namespace="Errors", service="s").log_metrics(raise_on_empty_metrics=True)
def nothing(event, context):
    return "unused"


def handler(event, context):
    metrics = Metrics(namespace="Errors", service="s")
    metrics.clear_metrics()
    try:
        if event["case"] == "unit":
            metrics.add_metric("m", "Parsecs", 1)
        elif event["case"] == "value":
            metrics.add_metric("m", "Count", "many")
        elif event["case"] == "resolution":
            metrics.add_metric("m", "Count", 1, resolution=7)
        elif event["case"] == "empty":
            nothing({}, context)
        else:
            nameless = EphemeralMetrics(service="s")
            nameless.add_metric("m", "Count", 1)
            nameless.serialize_metric_set()
    except (MetricUnitError, MetricValueError, MetricResolutionError, SchemaValidationError) as error:
        return type(error).__name__
    return "accepted"
