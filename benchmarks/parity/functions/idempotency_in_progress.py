"""A second call, while the first one runs, is refused."""

from resources import make_table

from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.idempotency.exceptions import IdempotencyAlreadyInProgressError

EVENTS = [{"lift": 1}, {"lift": 1}]

persistence = DynamoDBPersistenceLayer(table_name="lifts")


def prepare(aws):
    make_table(aws, "lifts")


@idempotent(persistence_store=persistence, config=IdempotencyConfig(event_key_jmespath="lift"))
def ride(event, context):
    try:
        return {"inner": ride(event, context)}
    except IdempotencyAlreadyInProgressError as error:
        return {"refused": type(error).__name__}


def handler(event, context):
    return ride(event, context)
