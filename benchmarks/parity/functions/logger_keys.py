"""A parcel's way: keys for one statement, for a block and for the rest."""

from aws_lambda_powertools import Logger

EVENTS = [{"parcel": "P-1", "stops": ["hub", "van"]}, {"parcel": "P-2", "stops": []}]

logger = Logger(service="parcels", depot="east", empty=None)


@logger.inject_lambda_context
def handler(event, context):
    logger.append_keys(parcel=event["parcel"], weight=1.5)
    with logger.append_context_keys(stops=event["stops"]):
        logger.info("on its way", extra={"eta": "noon"}, driver="ann")
    logger.remove_keys(["weight", "never_there"])
    logger.info("at the door: %s", event["parcel"])
    logger.info(["a", "list"])
    logger.info('{"a": "document"}')
    return sorted(logger.get_current_keys())
