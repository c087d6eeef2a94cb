"""A queue keeps its order: after a failure nothing more of it, or of its group, is done."""

from events import sqs

from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response

QUEUE = {"queue": "orders.fifo", "groups": ("a", "b", "a", "b")}
EVENTS = [
    {"skip": False, **sqs({"n": 1}, {"n": 0}, {"n": 3}, {"n": 4}, **QUEUE)},
    {"skip": True, **sqs({"n": 1}, {"n": 0}, {"n": 3}, {"n": 4}, **QUEUE)},
]

processors = {False: SqsFifoPartialProcessor(), True: SqsFifoPartialProcessor(skip_group_on_error=True)}


def record_handler(record):
    return 12 / record.json_body["n"]


def handler(event, context):
    processor = processors[event["skip"]]
    response = process_partial_response(event=event, record_handler=record_handler, processor=processor)
    return {**response, "exceptions": [str(item[0].__name__) for item in processor.exceptions]}
