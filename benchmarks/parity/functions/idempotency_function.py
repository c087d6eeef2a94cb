"""A ticket machine prints each ticket once; the key is in an argument."""

from dataclasses import dataclass

from resources import make_table

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.serialization.dataclass import DataclassSerializer

EVENTS = [{"seats": ["1A", "1B", "1A"]}, {"seats": ["1B", "2C"]}]

persistence = DynamoDBPersistenceLayer(
    table_name="tickets", key_attr="pk", static_pk_value="machine#1", sort_key_attr="sk", data_attr="ticket"
)
config = IdempotencyConfig(event_key_jmespath="seat", use_local_cache=True, hash_function="sha256")
printed = []


@dataclass
class Ticket:
    seat: str
    number: int


@dataclass
class Order:
    seat: str


def prepare(aws):
    make_table(aws, "tickets", "pk", "sk")


@idempotent_function(
    data_keyword_argument="order", persistence_store=persistence, config=config, output_serializer=DataclassSerializer
)
def print_ticket(order: Order) -> Ticket:
    printed.append(order.seat)
    return Ticket(order.seat, len(printed))


def handler(event, context):
    config.register_lambda_context(context)
    tickets = [print_ticket(order=Order(seat)) for seat in event["seats"]]
    return {"tickets": [[ticket.seat, ticket.number] for ticket in tickets], "printed": printed}


def stored(aws):
    return sorted(aws("dynamodb").scan(TableName="tickets")["Items"], key=lambda item: item["sk"]["S"])
