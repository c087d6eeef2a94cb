TITLE = "logger.info with three keys"
WHAT = "one structured log line with three keys of its own"
FRESH = False
GOAL = ("ratio", 0.4)


def ours():
    from lambda_powertools.logger import Logger

    return statement(Logger())


def original():
    from aws_lambda_powertools import Logger

    return statement(Logger())


def floor():
    from functions.floor import log
    from functions.request import CONTEXT

    def write():
        log("order placed", CONTEXT, order_id="o-1", total=42, currency="EUR")

    return write


def statement(logger):
    def write():
        logger.info("order placed", order_id="o-1", total=42, currency="EUR")

    return write
