"""A tram network looks at its delays by several dimensions."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

EVENTS = [{"line": "7", "delay": 3}]

metrics = Metrics(namespace="Trams", service="delays")


@metrics.log_metrics(default_dimensions={"city": "Graz"})
def handler(event, context):
    metrics.add_dimensions(line=event["line"])
    metrics.add_dimensions(line=event["line"], stop="north")
    metrics.add_metric("Delay", MetricUnit.Seconds, event["delay"])
