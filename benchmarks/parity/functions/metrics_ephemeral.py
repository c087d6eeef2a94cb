"""A stall keeps two sets of metrics apart."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

EVENTS = [{"apples": 3}, {"apples": 4}]

metrics = Metrics(namespace="Market", service="stall")
other = EphemeralMetrics(namespace="Market", service="scales")


@metrics.log_metrics
@other.log_metrics
def handler(event, context):
    metrics.add_metric("Apples", MetricUnit.Count, event["apples"])
    other.add_metric("Weight", MetricUnit.Kilobytes, event["apples"] / 2)
