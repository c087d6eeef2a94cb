"""A hotel's bookings may not change under the same number."""

from resources import make_table

from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent
from aws_lambda_powertools.utilities.idempotency.exceptions import IdempotencyKeyError, IdempotencyValidationError

EVENTS = [
    {"number": 1, "nights": 2},
    {"number": 1, "nights": 2},
    {"number": 1, "nights": 3},
    {"nights": 1},
]

persistence = DynamoDBPersistenceLayer(table_name="bookings")
config = IdempotencyConfig(
    event_key_jmespath="number", payload_validation_jmespath="nights", raise_on_no_idempotency_key=True
)


def prepare(aws):
    make_table(aws, "bookings")


@idempotent(persistence_store=persistence, config=config, key_prefix="hotel")
def book(event, context):
    return {"booked": event["nights"]}


def handler(event, context):
    try:
        return book(event, context)
    except (IdempotencyValidationError, IdempotencyKeyError) as error:
        return type(error).__name__


def stored(aws):
    return aws("dynamodb").scan(TableName="bookings")["Items"]
