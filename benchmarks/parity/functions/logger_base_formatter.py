"""A weather balloon prints lines that are no JSON."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.formatter import BasePowertoolsFormatter

EVENTS = [{"height": 300}]


class LineFormatter(BasePowertoolsFormatter):
    def __init__(self):
        super().__init__()
        self.keys = {}

    def append_keys(self, **additional_keys):
        self.keys.update(additional_keys)

    def remove_keys(self, keys):
        for key in keys:
            self.keys.pop(key, None)

    def clear_state(self):
        self.keys.clear()

    def format(self, record):
        return f"{record.levelname} {record.getMessage()} {self.keys.get('height')}"


logger = Logger(service="balloon", logger_formatter=LineFormatter())


def handler(event, context):
    logger.append_keys(height=event["height"])
    logger.info("rising")
    logger.remove_keys(["height"])
    logger.info("lost")
