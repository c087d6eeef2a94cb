"""A library lends books: the lambda context, the event and a correlation id in its logs."""

from events import rest

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

ENVIRONMENT = {"POWERTOOLS_SERVICE_NAME": "lending"}
EVENTS = [rest("POST", "/loans", {"book": "B-1"}), rest("POST", "/loans", {"book": "B-2"})]

logger = Logger()


@logger.inject_lambda_context(log_event=True, correlation_id_path=correlation_paths.API_GATEWAY_REST, clear_state=True)
def handler(event: dict, context: LambdaContext) -> dict:
    logger.append_keys(book=event["body"])
    logger.info("lending a book")
    logger.debug("nobody sees this")
    return {"correlation_id": logger.get_correlation_id(), "keys": sorted(logger.get_current_keys())}
