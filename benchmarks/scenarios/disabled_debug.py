TITLE = "logger.debug, disabled"
WHAT = "a statement below the level; floor: the same with logging"
FRESH = False
GOAL = ("ratio", 0.5)


def ours():
    from lambda_powertools.logger import Logger

    return statement(Logger())


def original():
    from aws_lambda_powertools import Logger

    return statement(Logger())


def floor():
    import logging

    logger = logging.getLogger("orders")

    def write():
        logger.debug("cart", extra={"order_id": "o-1"})

    return write


def statement(logger):
    def write():
        logger.debug("cart", order_id="o-1")

    return write
