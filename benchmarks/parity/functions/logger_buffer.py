"""A turnstile keeps debug logs back until something fails."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.buffer import LoggerBufferConfig

EVENTS = [{"ticket": "ok"}, {"ticket": "torn"}, {"ticket": "lost"}, {"ticket": "ok", "flush": True}]

logger = Logger(
    service="turnstile",
    level="DEBUG",
    buffer_config=LoggerBufferConfig(max_bytes=20480, buffer_at_verbosity="INFO", flush_on_error_log=True),
)


@logger.inject_lambda_context(flush_buffer_on_uncaught_error=True)
def handler(event, context):
    logger.debug("a ticket")
    logger.info("looked at", ticket=event["ticket"])
    if event["ticket"] == "torn":
        logger.error("a torn ticket")
    elif event["ticket"] == "lost":
        raise LookupError("no ticket")
    elif event.get("flush"):
        logger.flush_buffer()
    logger.warning("closed")
