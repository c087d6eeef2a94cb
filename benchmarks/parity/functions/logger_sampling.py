"""A ferry samples its debug logs: all of them here."""

from aws_lambda_powertools import Logger

ENVIRONMENT = {"POWERTOOLS_LOGGER_SAMPLE_RATE": "1", "POWERTOOLS_SERVICE_NAME": "ferry"}
EVENTS = [{"seat": 1}, {"seat": 2}]

logger = Logger()


@logger.inject_lambda_context
def handler(event, context):
    logger.debug("seat", seat=event["seat"])
    logger.info("boarded")
    return logger.sampling_rate
