"""A currency converter logs what went wrong, with its cause, and lets it go on."""

from aws_lambda_powertools import Logger

EVENTS = [{"amount": "12.5", "rate": "0"}, {"amount": "x", "rate": "2"}, {"amount": "8", "rate": "2"}]

logger = Logger(service="rates", serialize_stacktrace=True)


class ConversionError(Exception):
    """An amount that cannot be converted."""


def convert(amount: str, rate: str) -> float:
    try:
        return float(amount) / float(rate)
    except ValueError as error:
        raise ConversionError(f"{amount} is no amount") from error


@logger.inject_lambda_context
def handler(event, context):
    try:
        return convert(event["amount"], event["rate"])
    except ZeroDivisionError:
        logger.exception("a rate of nothing", extra={"rate": event["rate"]})
        return None
    except ConversionError as error:
        error.add_note("ask the customer")
        logger.exception(error)
        raise
