"""Marks a record handler that wants the content of a record instead of the record."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.batch.types import RecordValidator


class Payload:
    """Inside an `Annotated`: the record handler takes what is in the record, parsed and validated.

    The content is the body of an SQS message, the decoded data of Kinesis, Firehose and Amazon MQ, the decoded value of
    Kafka: JSON each. Of a DynamoDB stream it is the new image of the item, else the old one, else its key. The
    annotated type is a pydantic model class; `dict`, `list` and other types take what `json.loads` gives.

    Args:
        validator: a `pydantic.TypeAdapter` for what is no model class.

    Example:
        >>> from typing import Annotated
        >>> from lambda_powertools.batch import BatchProcessor, EventType, Payload, process_partial_response
        >>> def handle(record: Annotated[dict, Payload]):
        ...     assert record["quantity"] > 0
        >>> bodies = ['{"quantity": 1}', '{"quantity": 0}', 'no JSON']
        >>> event = {"Records": [{"messageId": f"m-{n}", "body": body} for n, body in enumerate(bodies)]}
        >>> process_partial_response(event, handle, BatchProcessor(EventType.SQS))
        {'batchItemFailures': [{'itemIdentifier': 'm-1'}, {'itemIdentifier': 'm-2'}]}
    """

    __slots__ = ("validator",)

    def __init__(self, validator: RecordValidator | None = None) -> None:
        self.validator = validator
