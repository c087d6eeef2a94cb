"""A mail room sorts letters; those that fail are returned alone."""

from events import sqs

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

EVENTS = [sqs({"to": "ann"}, {"to": ""}, {"to": "bob"}), sqs({"to": "cid"}), sqs({"to": ""}), {"Records": []}]

processor = BatchProcessor(event_type=EventType.SQS)
logger = Logger(service="mailroom")
tracer = Tracer(service="mailroom")


@tracer.capture_method
def record_handler(record: SQSRecord):
    letter = record.json_body
    if not letter["to"]:
        raise ValueError(f"{record.message_id} has no address")
    logger.info("sorted", to=letter["to"], origin=record.message_attributes["origin"].string_value)
    return letter["to"]


@logger.inject_lambda_context
@tracer.capture_lambda_handler
def handler(event: dict, context: LambdaContext) -> dict:
    return process_partial_response(event=event, record_handler=record_handler, processor=processor, context=context)
