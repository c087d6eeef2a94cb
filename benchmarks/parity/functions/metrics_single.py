"""A lock reports single metrics of other dimensions."""

from aws_lambda_powertools import single_metric
from aws_lambda_powertools.metrics import MetricUnit

EVENTS = [{"door": "north"}]


def handler(event, context):
    with single_metric(
        name="Opened", unit=MetricUnit.Count, value=1, namespace="Locks", default_dimensions={"house": "12"}
    ) as metric:
        metric.add_dimension(name="door", value=event["door"])
        metric.add_metadata(key="who", value="postman")
