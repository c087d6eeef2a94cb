"""Orders as models: what is no order fails by itself."""

from events import sqs
from pydantic import BaseModel, Json

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.parser.models import SqsRecordModel

EVENTS = [sqs({"sku": "A", "amount": 2}, {"sku": "B"}, "no json")]


class Order(BaseModel):
    sku: str
    amount: int


class OrderRecord(SqsRecordModel):
    body: Json[Order]


processor = BatchProcessor(event_type=EventType.SQS, model=OrderRecord)
orders = []


def record_handler(record: OrderRecord):
    orders.append(record.body.sku)


def handler(event, context):
    return {**process_partial_response(event, record_handler, processor, context), "orders": orders}
