"""A bakery's modules share the keys of one logger."""

from aws_lambda_powertools import Logger

EVENTS = [{"bread": "rye"}, {"bread": "wheat"}]

logger = Logger(service="bakery", location="%(funcName)s", branch="north")
oven = Logger(service="bakery", child=True)
shop = Logger(service="shop", level="WARNING")


def bake(bread):
    oven.append_keys(bread=bread)
    oven.info("baking")


@logger.inject_lambda_context(clear_state=True)
def handler(event, context):
    bake(event["bread"])
    logger.info("baked")
    shop.info("not seen")
    shop.warning("sold %s of %d", event["bread"], 3)
    return oven.name.startswith("bakery.")
