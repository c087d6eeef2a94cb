"""A parser of addresses keeps its stack traces short."""

from aws_lambda_powertools import Logger

EVENTS = [{"address": "1 Main Street"}, {"address": ""}]

logger = Logger(service="addresses", serialize_stacktrace=False)


@logger.inject_lambda_context
def handler(event, context):
    try:
        number, _, street = event["address"].partition(" ")
        return {"number": int(number), "street": street}
    except ValueError:
        logger.error("no address", exc_info=True)
        return {}
