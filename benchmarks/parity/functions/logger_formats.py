"""A tide gauge orders its keys and formats its values."""

from datetime import date
from decimal import Decimal

from aws_lambda_powertools import Logger

EVENTS = [{"level": "1.25"}]

logger = Logger(
    service="tides",
    log_record_order=["message", "level", "gauge"],
    location="[%(funcName)s] %(module)s",
    datefmt="%Y",
    utc=True,
    json_default=lambda value: f"<{type(value).__name__}>",
    gauge="harbour",
    timestamp=None,
)


@logger.inject_lambda_context
def handler(event, context):
    logger.info("read", extra={"height": Decimal(event["level"]), "day": date(2025, 6, 15), "raw": b"x", "set": {1}})
