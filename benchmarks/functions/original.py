"""The same function with aws-lambda-powertools, the way its users write it."""

from aws_lambda_powertools import Logger, Metrics, Tracer

logger = Logger()
metrics = Metrics()
tracer = Tracer()


@metrics.log_metrics(capture_cold_start_metric=True)
@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler
def handler(event, context):
    logger.info("order placed", order_id="o-1", total=42, currency="EUR")
    metrics.add_metric("OrderPlaced", "Count", 1)
    return {"statusCode": 201}
