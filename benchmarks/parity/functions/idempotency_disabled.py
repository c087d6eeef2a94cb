"""Idempotency that is switched off stores nothing."""

from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent

ENVIRONMENT = {"POWERTOOLS_IDEMPOTENCY_DISABLED": "true", "POWERTOOLS_DEV": "true"}
EVENTS = [{"a": 1}, {"a": 1}]

calls = []


@idempotent(persistence_store=DynamoDBPersistenceLayer(table_name="none-such"))
def handler(event, context):
    calls.append(event["a"])
    return len(calls)
