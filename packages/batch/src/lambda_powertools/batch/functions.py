"""The shortest ways from an event to its response."""

from __future__ import annotations

from lambda_powertools.batch._sources import EventType, records_of
from lambda_powertools.batch.exceptions import BatchConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lambda_powertools.batch.partial import BasePartialBatchProcessor
    from lambda_powertools.batch.processors import AsyncBatchProcessor
    from lambda_powertools.batch.types import PartialItemFailureResponse


def process_partial_response(
    event: dict[str, Any],
    record_handler: Callable[..., Any],
    processor: BasePartialBatchProcessor,
    context: Any = None,
) -> PartialItemFailureResponse:
    """Handle each record of an event, and return the response by which Lambda learns which ones failed.

    Args:
        event: the event, or an event source data class of it.
        record_handler: called with each record, by the name `record` where it has such a parameter, and with the
            context where it has a parameter `lambda_context`. A record has failed when it raises.
        processor: says which service the event is from, and how its records are handled.
        context: the Lambda context.

    Raises:
        InvalidBatchEventError: the event is no mapping.
        UnexpectedBatchTypeError: it holds no records of the expected service.
        BatchProcessingError: every record failed.

    Example:
        >>> from lambda_powertools.batch import BatchProcessor, EventType, process_partial_response
        >>> processor = BatchProcessor(EventType.SQS)
        >>> def handle(record):
        ...     return record.json_body["quantity"]
        >>> def handler(event, context):
        ...     return process_partial_response(event, handle, processor, context)
        >>> messages = [{"messageId": "m-1", "body": '{"quantity": 1}'}, {"messageId": "m-2", "body": "{}"}]
        >>> handler({"Records": messages}, None)
        {'batchItemFailures': [{'itemIdentifier': 'm-2'}]}
    """
    begin_batch(event, record_handler, processor, context)
    with processor:
        processor.process()
    response: PartialItemFailureResponse = response_of(event, processor)
    return response


def async_process_partial_response(
    event: dict[str, Any],
    record_handler: Callable[..., Any],
    processor: AsyncBatchProcessor,
    context: Any = None,
) -> PartialItemFailureResponse:
    """Handle the records of an event concurrently; a plain function, to be called from a plain handler.

    Args:
        event: the event, or an event source data class of it.
        record_handler: a coroutine function, called as by `process_partial_response`.
        processor: says which service the event is from, and how its records are handled.
        context: the Lambda context.

    Raises:
        InvalidBatchEventError: the event is no mapping.
        UnexpectedBatchTypeError: it holds no records of the expected service.
        BatchProcessingError: every record failed.

    Example:
        >>> from lambda_powertools.batch import AsyncBatchProcessor, EventType, async_process_partial_response
        >>> processor = AsyncBatchProcessor(EventType.SQS)
        >>> async def handle(record):
        ...     return record.json_body["quantity"]
        >>> event = {"Records": [{"messageId": "m-1", "body": '{"quantity": 1}'}]}
        >>> async_process_partial_response(event, handle, processor)
        {'batchItemFailures': []}
    """
    begin_batch(event, record_handler, processor, context)
    with processor:
        processor.async_process()
    response: PartialItemFailureResponse = response_of(event, processor)
    return response


def begin_batch(event: Any, record_handler: Callable[..., Any], processor: Any, context: Any) -> None:
    """Give the records of an event to a processor.

    Raises:
        BatchConfigurationError: the processor can give no response.
    """
    if not callable(getattr(processor, "response", None)):
        raise BatchConfigurationError(
            f"{type(processor).__name__} has no response(): give it one, or derive it from BatchProcessor"
        )
    processor(records_of(event, getattr(processor, "event_type", None)), record_handler, context)


def response_of(event: Any, processor: Any) -> Any:
    """Return the response of a processor, with what of the event has to be in it."""
    response = processor.response()
    if getattr(processor, "event_type", None) is not EventType.S3Batch:
        return response
    return {
        "invocationSchemaVersion": event.get("invocationSchemaVersion", "1.0"),
        "invocationId": event.get("invocationId"),
        **response,
    }
