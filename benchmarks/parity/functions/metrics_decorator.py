"""A cinema counts its tickets."""

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [{"seats": 2, "price": 9.5}, {"seats": 1, "price": 12}]

metrics = Metrics(namespace="Cinema", service="tickets")
metrics.set_default_dimensions(screen="one", environment="test")


@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict, context: LambdaContext) -> dict:
    metrics.add_metric(name="SeatsSold", unit=MetricUnit.Count, value=event["seats"])
    metrics.add_metric(name="Revenue", unit="None", value=event["price"])
    metrics.add_metric(name="Revenue", unit="None", value=1)
    metrics.add_dimension(name="film", value="silent")
    metrics.add_metadata(key="booking", value="B-1")
    return {"sold": event["seats"]}
