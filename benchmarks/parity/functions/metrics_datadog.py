"""A lift's metrics as lines for Datadog's extension."""

from aws_lambda_powertools.metrics.provider.datadog import DatadogMetrics

EVENTS = [{"floor": 3}]

metrics = DatadogMetrics(namespace="Lifts", flush_to_log=True)
metrics.set_default_tags(building="tower")


@metrics.log_metrics
def handler(event, context):
    metrics.add_metric(name="Rides", value=1, tags=[f"floor:{event['floor']}"])
    metrics.add_metric(name="Weight", value=320.5, cabin="left", timestamp=1750000000)
