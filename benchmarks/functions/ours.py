"""A function with logger, metrics and tracer, with this project."""

from lambda_powertools.core import powertools
from lambda_powertools.logger import Logger
from lambda_powertools.metrics import Metrics

logger = Logger()
metrics = Metrics()


@powertools
def handler(event, context):
    logger.info("order placed", order_id="o-1", total=42, currency="EUR")
    metrics.add_metric("OrderPlaced", "Count", 1)
    return {"statusCode": 201}
