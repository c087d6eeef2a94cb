"""A function that cannot be loaded."""

from lambda_powertools.core import powertools
from lambda_powertools.logger import Logger

logger = Logger()
logger.info("loading")
raise RuntimeError("no configuration for this region")


@powertools
def handler(event, context):
    """Echo the event."""
    return event
