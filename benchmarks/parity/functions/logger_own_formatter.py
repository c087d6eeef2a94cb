"""A museum's log lines in a shape of its own."""

import json

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

EVENTS = [{"room": 3}]


class MuseumFormatter(LambdaPowertoolsFormatter):
    def serialize(self, log: dict) -> str:
        log["museum"] = "maritime"
        log.pop("timestamp", None)
        return json.dumps({"level": log.pop("level"), **log}, default=str, sort_keys=True)


logger = Logger(service="museum", logger_formatter=MuseumFormatter(log_record_order=["message"]))


@logger.inject_lambda_context
def handler(event, context):
    logger.append_keys(room=event["room"])
    logger.info("entered")
    return logger.registered_formatter.__class__.__name__
