"""A gate changes its level while it runs."""

import logging

from aws_lambda_powertools import Logger

EVENTS = [{"level": "DEBUG"}, {"level": "ERROR"}, {"level": "WRONG"}]

logger = Logger(service="gate", level=logging.INFO)


@logger.inject_lambda_context
def handler(event, context):
    logger.setLevel(event["level"])
    logger.debug("debug")
    logger.info("info")
    logger.error("error")
    return logger.log_level
