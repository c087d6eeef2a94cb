"""A car park sends its logs to Datadog."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatters.datadog import DatadogLogFormatter

EVENTS = [{"plate": "AB-1"}]

logger = Logger(service="parking", logger_formatter=DatadogLogFormatter())


@logger.inject_lambda_context
def handler(event, context):
    logger.info("entered", extra=event)
