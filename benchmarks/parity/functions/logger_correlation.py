"""An order desk finds the correlation id in its own place, or sets it by hand."""

from aws_lambda_powertools import Logger

EVENTS = [{"desk": {"ticket": "T-7"}}, {"desk": {}}, {}]

logger = Logger(service="desk", level="DEBUG")


@logger.inject_lambda_context(correlation_id_path="desk.ticket")
def handler(event, context):
    logger.debug("open")
    if not logger.get_correlation_id():
        logger.set_correlation_id("by-hand")
    logger.warning({"state": "done", "parts": [1, 2]})
    return logger.get_correlation_id()
