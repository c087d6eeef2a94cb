"""A cash desk pays once, however often it is asked."""

from resources import make_table

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [
    {"order": "A-1", "cents": 500, "try": 1},
    {"order": "A-1", "cents": 500, "try": 2},
    {"order": "A-2", "cents": 900, "try": 1},
    {"order": "A-3", "cents": 0, "try": 1},
    {"order": "A-3", "cents": 0, "try": 2},
]

logger = Logger(service="cash")
persistence = DynamoDBPersistenceLayer(table_name="payments")
config = IdempotencyConfig(event_key_jmespath="[order, cents]", expires_after_seconds=600)
calls = []


def prepare(aws):
    make_table(aws, "payments")


@logger.inject_lambda_context
@idempotent(persistence_store=persistence, config=config)
def handler(event: dict, context: LambdaContext):
    calls.append(event["order"])
    logger.info("paying", order=event["order"])
    if not event["cents"]:
        raise ValueError("nothing to pay")
    return {"paid": event["cents"], "calls": list(calls)}


def stored(aws):
    return sorted(aws("dynamodb").scan(TableName="payments")["Items"], key=lambda item: item["id"]["S"])
