"""A response that was stored is marked as such."""

from resources import make_table

from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord

EVENTS = [{"x": 1}, {"x": 1}, {"x": 2}]

seen = []


def mark(response, record: DataRecord):
    seen.append([record.status, record.idempotency_key.partition("#")[0]])
    return {**response, "again": True}


persistence = DynamoDBPersistenceLayer(table_name="marks")


def prepare(aws):
    make_table(aws, "marks")


@idempotent(persistence_store=persistence, config=IdempotencyConfig(response_hook=mark))
def inner(event, context):
    return {"x": event["x"]}


def handler(event, context):
    return [inner(event, context), list(seen)]
