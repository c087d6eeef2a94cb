"""A printer flushes by hand, and overflows one document."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit

EVENTS = [{"pages": 101}]

metrics = Metrics(namespace="Printers", service="queue")


def handler(event, context):
    for page in range(event["pages"]):
        metrics.add_metric(name=f"Page{page}", unit=MetricUnit.Count, value=page)
    metrics.flush_metrics()
    metrics.add_metric(name="Paper", unit=MetricUnit.Count, value=1)
    document = metrics.serialize_metric_set()
    metrics.clear_metrics()
    return {"paper": document["Paper"], "namespace": document["_aws"]["CloudWatchMetrics"][0]["Namespace"]}
