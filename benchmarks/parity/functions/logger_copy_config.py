"""An observatory lends its configuration to the loggers of its libraries."""

import logging

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging import utils

EVENTS = [{}]

stars = logging.getLogger("stars")
noise = logging.getLogger("noise")
logger = Logger(service="observatory")
utils.copy_config_to_registered_loggers(source_logger=logger, log_level="WARNING", include={"stars"})


@logger.inject_lambda_context
def handler(event, context):
    stars.info("dim")
    stars.warning("bright: %s", "Vega")
    noise.info("not ours")
    logger.info("seen")
