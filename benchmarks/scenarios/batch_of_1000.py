from scenarios._http import CONTEXT
from scenarios._sqs import event

TITLE = "Batch of 1,000 SQS records"
WHAT = "process a thousand messages, of which each has its JSON body read"
FRESH = False
GOAL = ("ratio", 0.85)
PACKAGES = ("data-classes", "batch")


def ours():
    from lambda_powertools import batch

    return processing(batch)


def original():
    from aws_lambda_powertools.utilities import batch

    return processing(batch)


def processing(batch):
    processor = batch.BatchProcessor(event_type=batch.EventType.SQS)
    records = event(1000)

    def handle(record):
        return record.json_body["number"]

    def run():
        return batch.process_partial_response(
            event=records, record_handler=handle, processor=processor, context=CONTEXT
        )

    if run() != {"batchItemFailures": []}:
        raise AssertionError(run())
    return run
