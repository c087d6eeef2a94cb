"""A mail room that does not fail when all letters do."""

from events import sqs

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

EVENTS = [sqs({"n": 1}, {"n": 2}), {"Records": [{"unlike": "a record"}]}, {}]

processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def record_handler(record):
    raise RuntimeError(record.body)


def handler(event, context):
    return process_partial_response(event, record_handler, processor, context)
