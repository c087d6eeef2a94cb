"""A processor that is told of successes and failures."""

from events import sqs

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, FailureResponse, process_partial_response
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

EVENTS = [sqs("a", ""), sqs("")]


class Telling(BatchProcessor):
    def success_handler(self, record, result):
        self.told.append(["well", result])
        return super().success_handler(record, result)

    def failure_handler(self, record, exception) -> FailureResponse:
        self.told.append(["badly", exception[0].__name__])
        return super().failure_handler(record, exception)

    def _prepare(self):
        super()._prepare()
        self.told = []


processor = Telling(event_type=EventType.SQS)


def record_handler(record):
    return record.body[0]


def handler(event, context):
    try:
        return {**process_partial_response(event, record_handler, processor), "told": processor.told}
    except BatchProcessingError as error:
        return {"error": type(error).__name__, "told": processor.told}
