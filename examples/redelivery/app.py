"""Ships orders that arrive in an SQS queue. What fails goes back to the queue, and nothing else does."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from lambda_powertools.batch import Payload
from lambda_powertools.core import powertools

shipped: list[int] = []
asked: list[str] = []


class Order(BaseModel):
    """What a message of the queue asks for."""

    number: int
    warehouse: str


class WarehouseDownError(Exception):
    """The warehouse does not answer; it may do so a moment later."""


def ship(record: Annotated[Order, Payload]) -> None:
    asked.append(record.warehouse)
    if record.warehouse == "lyon" and asked.count("lyon") == 1:
        raise WarehouseDownError("lyon does not answer")
    shipped.append(record.number)


@powertools(batch={"record_handler": ship, "type": "sqs", "raise_on_entire_batch_failure": False})
def handler(event, context):
    """Nothing to do: the records have been handled, and the plugin answers."""
