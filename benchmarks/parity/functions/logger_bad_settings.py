"""A sample rate that is no rate."""

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.exceptions import InvalidLoggerSamplingRateError

EVENTS = [{"rate": "often"}, {"rate": 0.0}]


def handler(event, context):
    try:
        Logger(service=f"s-{event['rate']}", sampling_rate=event["rate"]).info("made")
    except InvalidLoggerSamplingRateError as error:
        return type(error).__name__
    return "fine"
